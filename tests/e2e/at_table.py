"""What the parties of the journeys do in the browser, each thing by its name: claim, answer, write, share, promise."""

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdfium2
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.e2e.registers import Register, functions_file, register
from tests.e2e.steps import Site, shot, sign_in

COORDINATOR, VOLUNTEER = "samordnare@falkoping.example", "kassor@forening.example"
MUNICIPALITY = "Falköpings kommun"
TITLE = "Läxhjälp på tre språk"
WHY = "Fler barn ska få hjälp med läxorna på ett språk de förstår."
ME, ALL = "Bara jag (utkast)", "Alla parter"
PLACE = re.compile(r".*/arbete/[^/]+/samverkan/[^/]+/")


def import_registers(kind: str, folder: Path) -> Register:
    """Import the register of `kind` and the municipality's office address."""
    found = register(kind, folder)
    call_command("import_register", str(found.file), stdout=io.StringIO())
    call_command("import_functions", str(functions_file(folder)), stdout=io.StringIO())
    return found


# At the door


def claim_municipality(page: Page, site: Site, *, signed_in: bool = False) -> None:
    """Become the first who acts for Falköpings kommun, by the code that its registrar got."""
    page.goto(f"/organisationer/?q={MUNICIPALITY}")
    page.get_by_role("link", name=MUNICIPALITY, exact=True).first.click()
    page.get_by_role("link", name=f"Jag representerar {MUNICIPALITY}").click()
    if not signed_in:
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
    expect(page.get_by_text(f"Du kan nu handla för {MUNICIPALITY}")).to_be_visible()
    shot(page, "journey-claimed")


def choose_in_register(page: Page, association: str) -> None:
    """Search for the association on the page where one chooses whom to invite, and take it."""
    page.get_by_label("Sök förening").fill(association)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=f"Bjud in {association}", exact=True).click()
    expect(page.get_by_role("group", name=association)).to_be_visible()


def say_yes(page: Page) -> None:
    """Answer the invitation on its page, without an account."""
    page.get_by_label("Ja, vi är med").check()
    page.get_by_label("Ditt namn").fill("Yusuf Testberg")
    page.get_by_label("Din roll hos er").fill("kassör")
    page.get_by_label("Din e-postadress").fill(VOLUNTEER)
    page.get_by_label("Jag tar upp det på nästa styrelsemöte").check()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Ni är med")).to_be_visible()


def come_in(page: Page, site: Site) -> None:
    """Sign in from the answered invitation, which opens the collaboration."""
    page.get_by_role("link", name="Logga in och börja").click()
    sign_in(page, site, VOLUNTEER, start="")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def accept_terms(page: Page) -> None:
    """Accept the terms, on the page that came in between, which leads back to what one was about to do."""
    page.wait_for_url("**/villkor/**")
    expect(page.get_by_text("behöver villkoren för personuppgifter godkännas")).to_be_visible()
    shot(page, "journey-terms")
    page.get_by_label("Din roll").fill("samordnare")
    page.get_by_label(re.compile("Vi godkänner version")).check()
    page.get_by_role("button", name="Godkänn villkoren").click()
    expect(page.get_by_text(f"Villkoren är godkända för {MUNICIPALITY}")).to_be_visible()
    expect(page).not_to_have_url(re.compile("/villkor/"))


# At the table


def go(page: Page, path: str) -> None:
    """Open a page of the collaboration that one stands in."""
    here = PLACE.match(page.url)
    assert here, page.url
    page.goto(here.group() + path)


def open_step(page: Page, code: str) -> None:
    """Open a step's page in the diary."""
    go(page, f"dagbok/{code}/")
    expect(page.locator(".diary-head__step")).to_contain_text(code)


def save_note(page: Page, text: str, circle: str) -> None:
    """Write a note where one stands and choose who reads it; for all parties a page comes in between."""
    page.get_by_label(circle).check()
    page.get_by_label("Anteckning", exact=True).fill(text)
    page.get_by_role("button", name="Spara anteckningen").click()
    said = "Ingen fler läser den" if circle == ALL else "Anteckningen är sparad"
    expect(page.get_by_text(said).first).to_be_visible()


def share(page: Page) -> None:
    """Let all parties read, on the page that says what it means."""
    expect(page.get_by_text("Då blir det en allmän handling")).to_be_visible()
    page.get_by_role("button", name="Dela med alla parter").click()


def say(page: Page, code: str, text: str) -> None:
    """Answer a step's main question so that all parties read it."""
    open_step(page, code)
    save_note(page, text, ALL)
    share(page)
    expect(page.get_by_text("Anteckningen är delad").first).to_be_visible()


def open_joint_text(page: Page) -> None:
    """Go to the text that the parties write together where one stands."""
    page.locator("#gemensamt").get_by_role("link", name=re.compile("Skriv ett gemensamt svar|Skriv vidare")).click()
    page.wait_for_url(re.compile("/gemensamt/|/villkor/"))


def save_joint_text(page: Page, text: str) -> None:
    """Write the shared text anew and save."""
    page.get_by_label("Det vi skriver tillsammans").fill(text)
    page.get_by_role("button", name="Spara för alla parter").click()


def leave_behind(page: Page, code: str, said: Mapping[str, str]) -> None:
    """Fill in what the step leaves behind, and save it for all parties."""
    open_step(page, code)
    page.locator("#lamnar").get_by_role("link", name=re.compile("Skriv tillsammans|Ändra")).click()
    for label, text in said.items():
        page.get_by_label(re.compile(rf"^{re.escape(label)}(\s*\(frivilligt\))?$")).fill(text)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Sparat. Alla parter läser det.")).to_be_visible()


def promise(page: Page, what: str, *, owner: str, due: str) -> None:
    """Write down a promise, from the step where promises are shared out."""
    open_step(page, "4.2")
    page.locator("#lamnar").get_by_role("link", name="Skriv upp ett åtagande").click()
    page.get_by_label("Vad ska göras?").fill(what)
    page.get_by_label(owner, exact=True).check()
    page.get_by_label("Klart senast").fill(due)
    page.get_by_role("button", name="Skriv upp åtagandet").click()
    expect(page.get_by_text("Åtagandet är uppskrivet")).to_be_visible()


def mark_done(page: Page, code: str) -> None:
    """Say that a step is done."""
    open_step(page, code)
    page.get_by_role("button", name=re.compile("Steget är klart")).click()
    expect(page.get_by_text(f"Steg {code}: klar")).to_be_visible()


def confirm_phase(page: Page, number: int) -> None:
    """Say for one's party that the phase is done."""
    go(page, f"fas/{number}/")
    page.get_by_label("Ja, klar").check()
    page.get_by_role("button", name="Svara").click()
    expect(page.get_by_text("Ni har sagt att fasen är klar")).to_be_visible()


# On paper


def take_out(page: Page, folder: Path, which: str | re.Pattern[str] = "Det som är delat") -> Path:
    """Take the diary out as PDF, from the page about the collaboration."""
    go(page, "om/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=which).click()
    file = folder / f"{id(waiting)}.pdf"
    waiting.value.save_as(file)
    return file


def words_of(file: Path) -> str:
    """Return the text of a PDF, with single spaces."""
    document = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def assert_accessible(file: Path, title: str) -> None:
    """The paper is tagged, has a title, a language and headings that are headings."""
    with pikepdf.open(file) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "sv"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        tags = [
            str(item.S)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") and item.get("/P")
        ]
        assert tags.count("/H1") == 1
        assert "/H2" in tags
