"""What an editor does in the browser to spread what others have told: a report of six, an issue about it, sending."""

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

from samverka.accounts.models import User
from samverka.knowledge.actions import drafting
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.actions.sending_in import send_in
from samverka.newsletters.actions.checking import run_checks
from samverka.newsletters.models import Issue
from samverka.newsletters.sending_tasks import send_share
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import axe_faults, frame_faults, shot
from tests.e2e.telling import Windows, press
from tests.knowledge.told import WHOLE, change, portrait
from tests.newsletters.test_domain_check import Names
from tests.people import Village

REPORT = "Sex orter berättar om samverkan"
SUBJECT = "Sex orter berättar om samverkan"
DOMAIN = "myndigheten.example"
OTHERS = ("Språkkafé i tre byar", "Bygdegården som mötesplats", "Natur på recept", "Ungas egna pengar")
#: A From domain that vouches for its mails.
VOUCHED = {DOMAIN: ["v=spf1 mx -all"], f"_dmarc.{DOMAIN}": ["v=DMARC1; p=reject"]}


class Spread(Windows):
    """The windows of this journey: what is told is looked at elsewhere, what is spread here, in both widths."""

    def look(self, page: Page, name: str) -> None:
        """Pass over: the pages of telling have a test of their own."""

    def see(self, page: Page, name: str) -> None:
        """Look at a page on a screen and on a phone."""
        for viewport in (PHONE, WIDE):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            shot(page, f"spread-{name}")
            found = [*frame_faults(page, "sv", settings.SITE_NAME), *axe_faults(page)]
            self.faults += [f"{name} {viewport['width']}: {fault}" for fault in found]

    def see_mail(self, html: str, name: str) -> None:
        """Look at a mail as it arrived, on a screen and on a phone."""
        page = self.of(None)
        page.set_content(html)
        for viewport in (PHONE, WIDE):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            shot(page, f"spread-mail-{name}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found = [*axe_faults(page), *([f"{wide} px too wide"] if wide > 0 else [])]
            self.faults += [f"mail {name} {viewport['width']}: {fault}" for fault in found]
        page.context.close()


# The report


def tell_five_more(village: Village) -> None:
    """Publish what five others have told: four examples and the portrait of a municipality."""
    for title in OTHERS:
        page = drafting.start_example(by=village.vera, title=title)
        drafting.add_party(by=village.vera, page_id=page.public_id, name="Norrby samhällsförening")
        change(page, village.vera, **WHOLE)
        send_in(by=village.vera, page_id=page.public_id)
        publish_page(by=village.eva, page_id=page.public_id)
    portrait(village)


def begin_report(windows: Spread, page: Page) -> None:
    """Start an inspiration report with a foreword."""
    page.goto("/redaktion/publikationer/")
    windows.see(page, "publications")
    page.locator('main a[href$="/ny/"]').first.click()
    page.get_by_label("Slag").select_option("inspiration")
    page.get_by_label("Rubrik").first.fill(REPORT)
    page.get_by_label("Sammanfattning").fill("Fem exempel och ett porträtt, med vem man ringer.")
    page.get_by_role("textbox", name="Text på webben").fill("De här sex har vi lärt oss av.")
    page.get_by_label("Vem som står för sidan").fill("Exempelmyndigheten")
    page.get_by_label("Roll").first.fill("Redaktör")
    page.get_by_label("E-postadress").first.fill("redaktion@myndigheten.example")
    windows.see(page, "report-head")
    press(page, "Spara utkastet")


def choose_six(windows: Spread, page: Page) -> None:
    """Take six, and put the last one first."""
    page.get_by_role("link", name="Välj exempel och porträtt").click()
    windows.see(page, "parts-empty")
    for _number in range(6):
        with page.expect_navigation():
            page.locator('button[value^="add:"]').first.press("Enter")
    expect(page.locator('button[value^="remove:"]')).to_have_count(6)
    last = page.locator('button[value^="up:"]').last
    wanted = str(last.get_attribute("value"))
    for _step in range(5):
        with page.expect_navigation():
            page.locator(f'button[value="{wanted}"]').press("Enter")
    expect(page.locator(f'button[value="{wanted}"]')).to_have_count(0)
    windows.see(page, "parts")
    page.get_by_role("link", name="Klar, tillbaka till skriften").click()


def publish_report(windows: Spread, page: Page) -> None:
    """Publish what has been put together."""
    windows.see(page, "report-desk")
    press(page, "Publicera nu")
    page.get_by_role("link", name="Sidan som alla ser den").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(REPORT)


def paper_of(page: Page, folder: Path) -> Path:
    """Fetch the report as PDF from its page."""
    address = page.get_by_role("link", name="Hämta som PDF").get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    file = folder / "skrift.pdf"
    file.write_bytes(answer.body())
    return file


# The issue


def say_who_sends(windows: Spread, page: Page) -> None:
    """Say who the host is, which comes before the first issue."""
    page.goto("/redaktion/utskick/")
    windows.see(page, "sender")
    fill(
        page, organisation="Exempelmyndigheten", from_name="Exempelmyndigheten", from_address=f"utskick@{DOMAIN}",
        reply_to=f"svar@{DOMAIN}", diary_pattern="{number:04}/{year:2}",
    )  # fmt: skip
    save(page)


def begin_issue(page: Page, template: str) -> Issue:
    """Start an issue from a template."""
    page.goto("/redaktion/utskick/nytt/")
    with page.expect_navigation():
        page.locator(f'main form button[value="template:{template}"]').press("Enter")
    return Issue.objects.latest("pk")


def begin_again(page: Page, earlier: Issue) -> Issue:
    """Start an issue from an earlier one, and give it what is never taken over."""
    page.goto("/redaktion/utskick/nytt/")
    with page.expect_navigation():
        page.locator(f'main form button[value="issue:{earlier.public_id}"]').press("Enter")
    made = Issue.objects.latest("pk")
    write_head(page, made)
    return made


def write_part(page: Page, issue: Issue, kind: str, /, **fields: str) -> None:
    """Write the first part of its kind that is empty."""
    block = next(one for one in issue.blocks.standing().filter(kind=kind) if not one.content.get("text"))
    page.goto(f"/redaktion/utskick/{issue.public_id}/del/{block.public_id}/")
    fill(page, **fields)
    save(page)


def write_head(page: Page, issue: Issue, *, matter: str = "") -> None:
    """Write the subject, until when answers are read, and what is to be done with it."""
    page.goto(f"{desk(issue)}rubrik/sv/")
    fill(page, subject=SUBJECT, preview="Fem exempel och ett porträtt.")
    save(page)
    page.goto(f"{desk(issue)}uppgifter/")
    page.locator(f"[name=matter][value='{matter}']").check()
    fill(page, reply_read_until="2099-06-30")
    save(page)


def check(windows: Spread, page: Page, issue: Issue, name: str) -> None:
    """Let the links and the domain be checked; the name system is the test's own."""
    page.goto(f"{desk(issue)}kontroll/")
    with page.expect_navigation():
        page.locator('main form button[value="check"]').press("Enter")
    run_checks(by=None, issue_id=issue.pk, resolver=Names(VOUCHED))
    page.reload()
    windows.see(page, f"checks-{name}")
    page.goto(f"{desk(issue)}titta/sv/")
    windows.see(page, f"preview-{name}")


def send(windows: Spread, page: Page, issue: Issue, name: str, *, kinds: Iterable[str] = ()) -> None:
    """Choose to whom, look a last time, and let it go; the worker's jobs are run here."""
    page.goto(f"{desk(issue)}mottagare/")
    for kind in kinds:
        page.get_by_label(kind, exact=True).check()
    windows.see(page, f"audience-{name}")
    press(page, "Räkna och visa")
    windows.see(page, f"send-{name}")
    go = page.get_by_role("button", name=re.compile(r"^Skicka till \d+ nu$"))
    with page.expect_navigation():
        go.press("Enter")
    send_share(issue.pk)
    issue.refresh_from_db()
    assert issue.state == "sent"
    page.reload()
    windows.see(page, f"progress-{name}")


def desk(issue: Issue) -> str:
    """Return how the addresses of the issue's desk begin."""
    return f"/redaktion/utskick/{issue.public_id}/"


def fill(page: Page, /, **fields: str) -> None:
    """Fill fields by their names."""
    for name, text in fields.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def save(page: Page) -> None:
    """Press the form's own button, which leads on."""
    before = page.url
    with page.expect_navigation():
        page.locator("main form .actions button[type=submit]").first.press("Enter")
    assert page.url != before, page.locator("main").inner_text()


def editor_window(windows: Spread, editor: User) -> Page:
    """Open the editor's window on a screen."""
    page = windows.of(editor)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return page
