"""The newsletter of the seed as mail, text and page in four looks; an issue composed by keyboard, sent to oneself."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page

from samverka.newsletters.merging import all_leading_to, merge
from samverka.newsletters.models import Block, BlockDraft, Issue
from samverka.newsletters.rendering import render_issue
from samverka.organisations.models import Organisation
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, keep_picture, shot
from tests.newsletters.seed_newsletter import seed_newsletter
from tests.people import build_village
from tests.world import client_of, enrol_totp
from tests.world_newsletters import send

pytestmark = pytest.mark.browser
TABLET = {"width": 800, "height": 1000}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, TABLET], ids=["360", "800"])
def test_seed_newsletter_as_mail_and_page(
    site: Site, open_context: Callable[..., BrowserContext], viewport: dict[str, int], *, dark: bool
) -> None:
    village = build_village()
    issue = send(seed_newsletter(), village)
    page = open_context(viewport, dark=dark).new_page()
    site.listen_to(page)
    name = f"seed-{'dark' if dark else 'light'}"
    letter = merge(render_issue(issue), all_leading_to(site.address, why="Ni prenumererar.", lines=["Nytt från er."]))
    page.set_content(letter.html)
    faults = [f"mail: {fault}" for fault in [*_too_wide(page), *axe_faults(page)]]
    _shot(page, f"{name}-mail")
    page.set_content(
        f"<!doctype html><html lang=sv><title>Text</title><main><h1>Text</h1><pre>{letter.text}</pre></main>"
    )
    _shot(page, f"{name}-text")
    page.goto(f"/utskick/{issue.public_id}-{issue.slug}/")
    shot(page, f"{name}-web")
    faults += [*frame_faults(page, "sv", settings.SITE_NAME), *axe_faults(page)]
    assert not faults, "\n".join(faults)


def _too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


def _shot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    keep_picture(page, name)


class _Window:
    """One window: what is pressed in it, and what is wrong with its pages."""

    def __init__(self, page: Page, *, english: bool) -> None:
        self.page, self.language = page, "en" if english else "sv"
        self.start = "/en" if english else ""
        self.faults: list[str] = []

    def press(self, what: Locator) -> None:
        """Press by keyboard, and wait for the page that it leads to."""
        what.first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def look(self, name: str) -> None:
        shot(self.page, f"{self.language}-issue-{name}")
        found = [*frame_faults(self.page, self.language, settings.SITE_NAME), *axe_faults(self.page)]
        self.faults += [f"{name}: {fault}" for fault in found]

    def type_in(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").first.focus()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)

    def button(self, do: str) -> Locator:
        return self.page.locator(f'main form button[value="{do}"]')

    def save(self) -> None:
        self.press(self.page.locator("main form .actions button[type=submit]"))


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_issue_is_composed_by_keyboard(
    site: Site, open_context: Callable[..., BrowserContext], *, english: bool
) -> None:
    village = build_village()
    Organisation.objects.create(name="Exempelmyndigheten", kind="agency", invented=True)
    enrol_totp(user=village.eva)
    context = open_context(PHONE if english else WIDE, dark=english)
    enter_as(context, site, client_of(village.eva).cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    site.listen_to(page)
    window = _Window(page, english=english)
    _say_who_sends(window)
    _begin(window)
    issue = Issue.objects.get()
    _write(window, issue)
    _move(window, issue)
    _head(window, issue)
    _look_through(window, issue)
    assert site.mails("eva@example.se")[0].subject.startswith("[Prov] [")
    assert not window.faults + site.complaints, "\n".join(window.faults + site.complaints)


def _say_who_sends(window: _Window) -> None:
    window.page.goto(f"{window.start}/redaktion/utskick/")
    window.look("sender")
    window.type_in(
        organisation="Exempelmyndigheten", from_name="Exempelmyndigheten", reply_to="svar@myndigheten.example",
        diary_pattern="{number:04}/{year:2}",
    )  # fmt: skip
    window.save()


def _begin(window: _Window) -> None:
    window.look("list-empty")
    window.press(window.page.locator("main .actions a"))
    window.look("start")
    window.press(window.button("template:information"))
    window.look("outline-empty")


def _open(window: _Window, issue: Issue, block: Block) -> None:
    window.page.goto(f"{window.start}/redaktion/utskick/{issue.public_id}/del/{block.public_id}/")


def _write(window: _Window, issue: Issue) -> None:
    lead, item = issue.blocks.get(kind="lead"), issue.blocks.get(kind="item")
    _open(window, issue, lead)
    window.type_in(text="Vi har skrivit en vägledning för den som möter föreningar.")
    window.page.locator("[data-draft-status]:not(:empty)").wait_for()
    assert BlockDraft.objects.get(block=lead).values["text"].startswith("Vi har")
    window.look("lead")
    window.save()
    _open(window, issue, item)
    window.type_in(
        heading="Vägledningen", for_whom="den som möter föreningar", text="Den är kort och går att skriva ut.",
        link_label="Läs den", link_url="/modeller/", contact_name="Karin Provsson", contact_phone="0123-456 78",
    )  # fmt: skip
    window.look("item")
    window.save()
    for block in issue.blocks.filter(kind__in=["action", "pass_on"]):
        _open(window, issue, block)
        window.type_in(text="Skicka vidare det här till en kollega.")
        window.save()


def _move(window: _Window, issue: Issue) -> None:
    item = issue.blocks.get(kind="item")
    window.press(window.button(f"down:{item.public_id}"))
    item.refresh_from_db()
    assert item.position == 3
    window.press(window.button(f"up:{item.public_id}"))
    action = issue.blocks.get(kind="action")
    window.page.locator(f"#b_{action.public_id} summary").press("Enter")
    window.press(window.button(f"remove:{action.public_id}"))
    assert issue.blocks.standing().count() == 3
    window.look("removed")
    window.press(window.button(f"back:{action.public_id}"))
    assert issue.blocks.standing().count() == 4
    window.press(window.page.locator(".outline__add a"))
    window.look("add")
    window.press(window.button("figure"))
    window.type_in(value="34 av 192", heading="kommuner har ett partnerskap", base="192 kommuner", source="SOU 2019:56")
    window.save()


def _head(window: _Window, issue: Issue) -> None:
    base = f"{window.start}/redaktion/utskick/{issue.public_id}"
    window.page.goto(f"{base}/rubrik/sv/")
    window.type_in(subject="Ny vägledning om samverkan med föreningar", preview="Kort och att skriva ut.")
    window.look("text")
    window.save()
    window.page.goto(f"{base}/uppgifter/")
    window.page.locator("[name=matter][value=information]").press("Space")
    window.page.locator("[name=reply_read_until]").fill("2099-06-30")
    window.look("facts")
    window.save()
    window.page.goto(f"{base}/diarienummer/")
    window.look("number")
    window.press(window.button("draw"))
    issue.refresh_from_db()
    assert issue.diary_number.startswith("0001/")
    window.page.goto(f"{base}/ren-text/sv/")
    window.look("plain")


def _look_through(window: _Window, issue: Issue) -> None:
    base = f"{window.start}/redaktion/utskick/{issue.public_id}"
    for query in ("visa=mejl", "visa=mejl&bredd=mobil", "visa=mejl&farger=mork", "visa=text", "visa=webb"):
        window.page.goto(f"{base}/titta/sv/?{query}")
        window.look("preview-" + query.replace("&", "-").replace("=", "-"))
    window.save()
    window.page.goto(f"{base}/kontroll/")
    window.look("checks")
    window.press(window.button("check"))
    window.page.goto(f"{base}/")
    window.look("outline")
    window.press(window.page.locator('button[value="language:en"]'))
    window.look("outline-english")
    assert issue.blocks.filter(language="en").count() == 5
