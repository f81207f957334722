"""The first journey: a municipality finds an association in the register, and the two write together."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.registers import KINDS, functions_file, register
from tests.e2e.steps import Site, link_in, shot, sign_in

pytestmark = pytest.mark.browser
COORDINATOR, VOLUNTEER = "samordnare@falkoping.example", "kassor@forening.example"
TITLE = "Läxhjälp på tre språk"
BoxOpener = Callable[..., Page]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "360"])
@pytest.mark.parametrize("kind", KINDS)
def test_municipality_and_association_write_together(
    site: Site, open_page: BoxOpener, tmp_path: Path, kind: str, viewport: dict[str, int]
) -> None:
    found = register(kind, tmp_path)
    call_command("import_register", str(found.file), stdout=io.StringIO())
    call_command("import_functions", str(functions_file(tmp_path)), stdout=io.StringIO())
    coordinator, volunteer = open_page(viewport), open_page(PHONE)

    claim_municipality(coordinator, site)
    find_in_register(coordinator, found.association)
    invite(coordinator, found.association)
    answer_yes(volunteer, site, found.association)
    write_together(coordinator, volunteer)
    meet_in_conflict(coordinator, volunteer)
    share_a_draft(coordinator, volunteer)
    for page in (coordinator, volunteer):
        check_paper(take_out(page, tmp_path), found.association)
    assert not site.complaints


def claim_municipality(page: Page, site: Site) -> None:
    """Become the first who acts for Falköpings kommun, by the code that its registrar got."""
    page.goto("/organisationer/?q=Falköpings kommun")
    page.get_by_role("link", name="Falköpings kommun", exact=True).first.click()
    page.get_by_role("link", name="Jag representerar Falköpings kommun").click()
    sign_in(page, site, COORDINATOR, "Sara Samordnare", start="")
    page.get_by_label("Din roll där").fill("samordnare")
    shot(page, "journey-claim")
    page.get_by_role("button", name="Gå vidare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden")
    mail = site.mails("registrator@falkoping.example")[0]
    code = re.search(r"\b[2-9A-Z]{4}[- ]?[2-9A-Z]{4}\b", mail.text)
    assert code, mail.text
    page.get_by_label("Koden i mejlet").fill(code.group())
    page.get_by_role("button", name="Bekräfta").click()
    expect(page.get_by_text("Du kan nu handla för Falköpings kommun")).to_be_visible()
    shot(page, "journey-claimed")


def find_in_register(page: Page, association: str) -> None:
    """See the association in the public register, with where the facts come from."""
    page.goto("/organisationer/")
    page.get_by_role("searchbox").last.fill(association)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=association, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(association)
    expect(page.get_by_text("Källa:")).to_be_visible()
    shot(page, "journey-organisation")


def invite(page: Page, association: str) -> None:
    """Start the collaboration and invite the association."""
    page.goto("/arbete/")
    page.get_by_role("link", name="Starta en samverkan").first.click()
    page.get_by_label("Sök förening").fill(association)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=association, exact=True)).to_be_visible()
    shot(page, "journey-choose")
    page.get_by_role("link", name=association, exact=True).click()
    page.get_by_label("Vad ska vi göra tillsammans?").fill(TITLE)
    page.get_by_label("Varför?").fill("Fler barn ska få hjälp med läxorna på ett språk de förstår.")
    page.get_by_label("Vart ska inbjudan skickas?").fill(VOLUNTEER)
    page.get_by_label("En hälsning i mejlet").fill("Hej! Vi pratade om det här på höstmötet.")
    shot(page, "journey-start")
    page.get_by_role("button", name="Starta och skicka inbjudan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("inbjudan är på väg")).to_be_visible()


def answer_yes(page: Page, site: Site, association: str) -> None:
    """Open the mailed link without an account, say yes, and sign in with a code."""
    page.goto(link_in(site.mails(VOLUNTEER)[0], "/inbjudan/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    shot(page, "journey-invitation")
    page.get_by_label("Ja, vi är med").check()
    page.get_by_label("Ditt namn").fill("Yusuf Testberg")
    page.get_by_label("Din roll hos er").fill("kassör")
    page.get_by_label("Din e-postadress").fill(VOLUNTEER)
    page.get_by_label("Jag tar upp det på nästa styrelsemöte").check()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Ni är med")).to_be_visible()
    assert site.mails(COORDINATOR), "the one who asked hears the answer"
    page.get_by_role("link", name="Logga in och börja").click()
    sign_in(page, site, VOLUNTEER, start="")
    expect(page.get_by_text(association).first).to_be_visible()
    page.get_by_role("link", name=TITLE).click()
    shot(page, "journey-collaboration-volunteer")


def open_joint_note(page: Page) -> None:
    """Go to the shared note from the collaboration's page."""
    page.get_by_role("link", name=re.compile("Börja skriva tillsammans|Skriv vidare")).click()


def save_joint_note(page: Page, text: str) -> None:
    """Write the shared note anew and save."""
    page.get_by_label("Det vi skriver tillsammans").fill(text)
    page.get_by_role("button", name="Spara för alla parter").click()


def write_together(coordinator: Page, volunteer: Page) -> None:
    """The association begins, the municipality goes on."""
    open_joint_note(volunteer)
    expect(volunteer.get_by_text("Läses av:")).to_be_visible()
    save_joint_note(volunteer, "Vi börjar på torsdagar i byagården.")
    expect(volunteer.get_by_text("Den gemensamma anteckningen är sparad")).to_be_visible()
    coordinator.reload()
    expect(coordinator.get_by_text("Vi börjar på torsdagar i byagården.")).to_be_visible()
    open_joint_note(coordinator)
    save_joint_note(coordinator, "Vi börjar på torsdagar i byagården, klockan 17.")
    volunteer.reload()
    expect(volunteer.get_by_text("klockan 17.")).to_be_visible()


def meet_in_conflict(coordinator: Page, volunteer: Page) -> None:
    """Both open the note at once; who saves last sees both texts and loses neither."""
    open_joint_note(coordinator)
    open_joint_note(volunteer)
    save_joint_note(volunteer, "Vi börjar på onsdagar.")
    save_joint_note(coordinator, "Vi börjar på fredagar.")
    expect(coordinator.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    expect(coordinator.get_by_text("Vi börjar på onsdagar.")).to_be_visible()
    expect(coordinator.get_by_label("Det vi skriver tillsammans")).to_have_value(re.compile("fredagar"))
    shot(coordinator, "journey-conflict")
    save_joint_note(coordinator, "Vi börjar på onsdagar. Fredagar prövar vi i vår.")
    expect(coordinator.get_by_text("Fredagar prövar vi i vår.")).to_be_visible()


def share_a_draft(coordinator: Page, volunteer: Page) -> None:
    """A draft is the author's own until it is shared on a page that says what sharing means."""
    draft = "Kommunen kan stå för fika och lokal till jul."
    coordinator.get_by_label("Bara jag (utkast)").check()
    coordinator.get_by_label("Anteckning", exact=True).fill(draft)
    shot(coordinator, "journey-collaboration")
    coordinator.get_by_role("button", name="Spara anteckningen").click()
    expect(coordinator.get_by_text(draft)).to_be_visible()
    volunteer.reload()
    expect(volunteer.get_by_text(draft)).to_have_count(0)
    coordinator.get_by_role("link", name="Dela med fler").click()
    expect(coordinator.get_by_text("Då blir det en allmän handling")).to_be_visible()
    shot(coordinator, "journey-share")
    coordinator.get_by_role("button", name="Dela med alla parter").click()
    expect(coordinator.get_by_text("Anteckningen är delad")).to_be_visible()
    volunteer.reload()
    expect(volunteer.get_by_text(draft)).to_be_visible()
    shot(volunteer, "journey-shared")


def take_out(page: Page, folder: Path) -> Path:
    """Take out what is shared as PDF."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Det som är delat").click()
    file = folder / f"{id(page)}.pdf"
    waiting.value.save_as(file)
    return file


def check_paper(file: Path, association: str) -> None:
    """The paper is tagged, has a title, a language and headings that are headings, and holds what was shared."""
    with pikepdf.open(file) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "sv"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == TITLE
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        tags = [
            str(item.S)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") and item.get("/P")
        ]
        assert tags.count("/H1") == 1
        assert "/H2" in tags
    document = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    said = " ".join(text.split())
    for expected in (TITLE, association, "Fredagar prövar vi i vår.", "fika och lokal till jul"):
        assert expected in said, said
