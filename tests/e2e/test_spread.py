"""One example's way out: from a finished collaboration to every municipality's registrar and five hundred subscribers.

A real mail server takes the mails; what stands in them is followed as their receivers would.
"""

import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from samverka.knowledge.models import Page as KnowledgePage
from samverka.newsletters.models import Delivery, Issue, Receipt, Subscriber, Suppression
from samverka.organisations.models import Function, Organisation
from tests.e2e import spreading, telling
from tests.e2e.at_table import assert_accessible, words_of
from tests.e2e.spreading import Spread
from tests.e2e.steps import Site
from tests.newsletters.servers import MailServer, mail_server
from tests.newsletters.test_coming_back import DSN
from tests.newsletters.test_sending import subscribers
from tests.people import Together, build_together, build_village
from tests.world import enrol_totp

pytestmark = pytest.mark.browser
CALM, STOPPED, DEAD = "p0@lista0.example", "p1@lista1.example", "p2@lista2.example"


@pytest.fixture
def server(site: Site, settings: Any, tmp_path: Path) -> Iterator[MailServer]:
    """The relay, and a directory where what comes back is laid."""
    settings.BOUNCE_ADDRESS, settings.BOUNCE_DIRECTORY = "studs@samverka.example", str(tmp_path / "back")
    (tmp_path / "back").mkdir()
    with mail_server() as running:
        yield running
    assert site.address


def registrars() -> dict[str, str]:
    """Give each of the country's municipalities a registrar; return its address by name."""
    bodies = Organisation.objects.filter(kind="municipality", invented=False)
    made = [
        Function(organisation=body, kind="registrar", email=f"registrator@k{body.municipality_id}.example")
        for body in bodies
    ]
    Function.objects.bulk_create(made)
    return {function.organisation.name: function.email for function in made}


def test_an_example_spreads_to_the_whole_country(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    together = build_together(build_village())
    Organisation.objects.create(name="Exempelmyndigheten", kind="agency", invented=True)
    enrol_totp(user=together.village.eva)
    windows = Spread(site, open_context, narrow=False)
    eva = tell(windows, together)
    report = put_together(windows, eva, tmp_path)
    server = request.getfixturevalue("server")
    letter = to_registrars(windows, eva, server, report)
    answer_as_registrar(windows, eva, server, letter)
    magazine = to_subscribers(windows, eva, server, report)
    leave(windows, server, magazine)
    come_back(windows, eva, server, magazine, tmp_path / "back")
    assert not windows.faults + site.complaints, "\n".join(windows.faults + site.complaints)


def tell(windows: Spread, together: Together) -> Page:
    """The parties tell of what they did, and the editor publishes it beside five others."""
    telling.finish(together)
    karin = windows.of(together.village.karin)
    telling.write(windows, karin, together)
    telling.say_yes(windows)
    telling.approve(windows, together)
    telling.send_in(windows, karin)
    telling.publish(windows, together)
    spreading.tell_five_more(together.village)
    return spreading.editor_window(windows, together.village.eva)


def put_together(windows: Spread, page: Page, folder: Path) -> KnowledgePage:
    """The editor makes a report of the six, to be read on the web and on paper."""
    spreading.begin_report(windows, page)
    spreading.choose_six(windows, page)
    spreading.publish_report(windows, page)
    windows.see(page, "report")
    titles = page.locator("nav.report__contents li").all_inner_texts()
    assert sorted(titles) == sorted(["Förord", "Läxhjälp på tre språk", "Exempelby kommun", *spreading.OTHERS])
    paper = spreading.paper_of(page, folder)
    assert_accessible(paper, spreading.REPORT)
    on_paper, on_page = words_of(paper), page.locator("main").inner_text()
    for said in (
        "De här sex har vi lärt oss av.",
        "Barnen lärde mig lika mycket.",
        "Mona Läxdahl",
        "0123-456 78",
        *titles,
    ):
        assert said in on_paper, said
        assert said in on_page, said
    return KnowledgePage.objects.get(title=spreading.REPORT)


def to_registrars(windows: Spread, page: Page, server: MailServer, report: KnowledgePage) -> Issue:
    """One matter to each registrar, once, with what an office needs to see."""
    wanted = registrars()
    assert len(wanted) == 290
    spreading.say_who_sends(windows, page)
    issue = spreading.begin_issue(page, "information")
    spreading.write_part(page, issue, "lead", text="Vi har samlat sex orters egna ord om hur de samverkar.")
    spreading.write_part(
        page, issue, "item", heading=spreading.REPORT, for_whom="den som möter föreningar",
        text="Fem exempel och ett porträtt.", link_label="Läs skriften", link_url=f"/sidor/{report.public_id}/",
        contact_name="Eva Provsson", contact_phone="0123-456 78",
    )  # fmt: skip
    for kind in ("action", "pass_on"):
        spreading.write_part(page, issue, kind, text="Skicka vidare till en kollega.")
    spreading.write_head(page, issue, matter="information")
    page.goto(f"{spreading.desk(issue)}diarienummer/")
    with page.expect_navigation():
        page.locator('main form button[value="draw"]').press("Enter")
    spreading.check(windows, page, issue, "letter")
    spreading.send(windows, page, issue, "letter", kinds=["Kommun"])
    issue.refresh_from_db()
    got = Counter(mail.recipient for mail in server.mails)
    assert got == Counter([*wanted.values(), "registrator@exempelby.example"])
    for mail in server.mails:
        check_letter(mail.read, issue)
    own = mail_to(server, "registrator@exempelby.example")
    assert "Från Exempelby kommun finns 1 nytt exempel: ”Läxhjälp på tre språk”" in text_of(own)
    windows.see_mail(text_of(own, "html"), "letter")
    return issue


def check_letter(mail: EmailMessage, issue: Issue) -> None:
    """What each office's mail has at its head and in its text."""
    assert mail["Subject"] == f"[För kännedom] {spreading.SUBJECT}, dnr {issue.diary_number}"
    assert mail["From"] == f"Exempelmyndigheten <utskick@{spreading.DOMAIN}>"
    assert mail["Reply-To"] == f"svar@{spreading.DOMAIN}"
    assert mail["List-Unsubscribe"] is None and mail["Auto-Submitted"] == "auto-generated"
    said = text_of(mail)
    assert "Sluta få utskick" not in said, "an office says who gets it instead"
    assert f"dnr: {issue.diary_number}" in said and "/utskick/kvitto/" in said and "/utskick/vem-hos-er/" in said


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def link(mail: EmailMessage, containing: str) -> str:
    """Return the address in a mail's text that holds `containing`."""
    words = text_of(mail).split()
    return next(word.strip("().,<>") for word in words if containing in word and word.strip("(<").startswith("http"))


def mail_to(server: MailServer, address: str) -> EmailMessage:
    return next(mail.read for mail in reversed(server.mails) if mail.recipient == address)


def answer_as_registrar(windows: Spread, sender: Page, server: MailServer, issue: Issue) -> None:
    """The registrar of Falköping, who has no account, says what became of it; the sender sees it."""
    office = Function.objects.get(organisation__name="Falköpings kommun")
    page = windows.of(None)
    page.goto(link(mail_to(server, office.email), "/utskick/kvitto/"))
    assert not Receipt.objects.exists(), "opening the page says nothing"
    windows.see(page, "receipt")
    page.get_by_label("Diariefört hos oss").check()
    page.get_by_label("Diarienummer hos er").fill("KS 2026/417")
    telling.press(page, "Kvittera")
    expect(page.get_by_text("KS 2026/417").first).to_be_visible()
    windows.see(page, "receipt-given")
    page.get_by_label("Vidarebefordrat", exact=True).check()
    page.get_by_label("Vidarebefordrat till").fill("Kultur- och fritidsförvaltningen")
    telling.press(page, "Kvittera")
    sender.goto(f"{spreading.desk(issue)}lage/")
    expect(sender.get_by_role("listitem").filter(has_text="Falköpings kommun")).to_contain_text("Kultur- och fritids")
    windows.see(sender, "receipts")
    sender.goto(f"{spreading.desk(issue)}logg/")
    windows.see(sender, "log")
    row = sender.get_by_role("listitem").filter(has_text=office.email)
    expect(row).to_contain_text("Diariefört hos mottagaren, KS 2026/417")


def to_subscribers(windows: Spread, page: Page, server: MailServer, report: KnowledgePage) -> Issue:
    """The newsletter to those who have asked for it, with its one-click end."""
    subscribers(500)
    issue = spreading.begin_issue(page, "magazine")
    spreading.write_part(page, issue, "lead", text="En ny skrift, och ett exempel ur den.")
    spreading.write_part(
        page, issue, "item", heading=spreading.REPORT, for_whom="alla", text="Sex orter berättar.",
        link_label="Läs skriften", link_url=f"/sidor/{report.public_id}/", contact_name="Eva Provsson",
    )  # fmt: skip
    told = KnowledgePage.objects.get(title="Läxhjälp på tre språk")
    spreading.write_part(page, issue, "example", page=told.public_id, for_whom="alla", text="Läs om soppan.")
    spreading.write_part(page, issue, "action", heading="Visa den för en kollega", text="Det tar fem minuter.")
    remove_empty(page, issue)
    spreading.write_head(page, issue)
    spreading.check(windows, page, issue, "magazine")
    server.mails.clear()
    spreading.send(windows, page, issue, "magazine")
    got = Counter(mail.recipient for mail in server.mails)
    assert got == Counter(Subscriber.objects.values_list("email", flat=True)) and len(got) == 500
    keys = {str(mail.read["List-Unsubscribe"]) for mail in server.mails}
    assert len(keys) == 500, "each has a link of one's own"
    assert {str(mail.read["List-Unsubscribe-Post"]) for mail in server.mails} == {"List-Unsubscribe=One-Click"}
    assert {str(mail.read["Subject"]) for mail in server.mails} == {spreading.SUBJECT}
    windows.see_mail(text_of(server.mails[0].read, "html"), "magazine")
    return issue


def remove_empty(page: Page, issue: Issue) -> None:
    """Take away the template's parts that nothing was written in."""
    for block in [one for one in issue.blocks.standing() if not one.content.get("text")]:
        page.goto(spreading.desk(issue))
        page.locator(f"#b_{block.public_id} summary").press("Enter")
        with page.expect_navigation():
            page.locator(f'main form button[value="remove:{block.public_id}"]').press("Enter")


def leave(windows: Spread, server: MailServer, issue: Issue) -> None:
    """One leaves by the mail program's button, another by the page; a link that is only followed ends nothing."""
    calm, stopped = mail_to(server, CALM), mail_to(server, STOPPED)
    click = str(calm["List-Unsubscribe"]).strip("<>")
    with urllib.request.urlopen(click) as answer:
        assert answer.status == 200
    assert not Subscriber.objects.filter(state="ended").exists(), "a link that is followed ends nothing"
    posted = urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(click, posted) as answer:
        assert answer.status == 200
    assert Subscriber.objects.get(email=CALM).ended_how == "one_click"
    page = windows.of(None)
    page.goto(link(stopped, "/utskick/avregistrera/"))
    expect(page.get_by_text("Inget är ändrat än.")).to_be_visible()
    windows.see(page, "unsubscribe")
    assert Subscriber.objects.get(email=STOPPED).state == "confirmed"
    page.locator("main form button[type=submit]").first.press("Enter")
    expect(page.get_by_text("Du får inga fler utskick")).to_be_visible()
    windows.see(page, "unsubscribed")
    assert Subscriber.objects.get(email=STOPPED).ended_how == "page"
    assert Subscriber.objects.filter(state="ended").count() == 2


def come_back(windows: Spread, page: Page, server: MailServer, issue: Issue, folder: Path) -> None:
    """An address that does not exist comes back; the next issue leaves it out, and those who have left."""
    dead = next(mail for mail in server.mails if mail.recipient == DEAD)
    said = "550 5.1.1 User unknown"
    back = DSN.format(to=dead.sender, address=DEAD, status="5.1.1", said=said, number=0)
    (folder / "back.eml").write_text(back)
    call_command("fetch_bounces")
    assert Delivery.objects.get(issue=issue, address=DEAD).state == "bounced"
    assert Suppression.objects.get(address=DEAD).reason == "hard"
    page.goto("/redaktion/utskick/studsar/")
    expect(page.get_by_text(DEAD).first).to_be_visible()
    windows.see(page, "bounces")
    server.mails.clear()
    again = spreading.begin_again(page, issue)
    spreading.check(windows, page, again, "again")
    spreading.send(windows, page, again, "again")
    left = {mail.recipient for mail in server.mails}
    assert len(server.mails) == len(left) == 497
    assert not left & {CALM, STOPPED, DEAD}
