"""How parties tell of a finished collaboration in the browser: written, agreed to, sent in and published."""

from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.models import Collaboration
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, link_in, shot
from tests.knowledge.told import photograph
from tests.people import Together
from tests.world import client_of, seat_of

DONE = "Vi öppnade biblioteket på torsdagar och bjöd på soppa."


class Windows:
    """A browser for each person, and what is wrong with the pages that are looked at."""

    def __init__(self, site: Site, open_context: Callable[..., BrowserContext], *, narrow: bool) -> None:
        self.site, self._open, self._narrow = site, open_context, narrow
        self.faults: list[str] = []

    def of(self, user: User | None) -> Page:
        context = self._open(PHONE if self._narrow else WIDE, dark=self._narrow)
        if user is not None:
            enter_as(context, self.site, client_of(user).cookies[settings.SESSION_COOKIE_NAME].value)
        page = context.new_page()
        self.site.listen_to(page)
        return page

    def look(self, page: Page, name: str) -> None:
        shot(page, f"example-{name}")
        found = [*frame_faults(page, "sv", settings.SITE_NAME), *axe_faults(page)]
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        self.faults += [f"{name}: {fault}" for fault in [*found, *(["too wide"] if wide else [])]]


def press(page: Page, name: str) -> None:
    """Press a button of the page's own by keyboard."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def finish(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.save_outcome(by=karin, step="3.2", values={"goal": "Trettio barn läser varje vecka"}, joint=True, version=0)
    actions.end_collaboration(by=karin, reason="Klart")
    assert Collaboration.objects.get().state == "ended"


def write(windows: Windows, page: Page, together: Together) -> None:
    body, matter = together.village.municipality.public_id, together.collaboration.public_id
    page.goto(f"/arbete/{body}/samverkan/{matter}/om/")
    page.get_by_role("link", name="Gör ett exempel av det här").click()
    windows.look(page, "start")
    press(page, "Börja med det som är delat")
    windows.look(page, "begun")
    page.get_by_role("link", name="Skriv", exact=True).click()
    expect(page.get_by_label("Vad gjorde ni?")).to_have_value("Trettio barn läser varje vecka")
    page.get_by_label("Vad gjorde ni?").fill(DONE)
    page.get_by_label("Vad kostade det?").fill("40 000 kronor och 200 ideella timmar.")
    page.get_by_label("Vad gick fel?").fill("Ingen kom de första veckorna. Då gick vi till skolgården.")
    page.get_by_label("Vad ledde det till?").fill("Trettio barn kom varje vecka.\n\n- Färre gav upp läxan")
    page.get_by_label("Vem ringer man? Roll eller funktion").fill("Föreningssamordnare")
    page.get_by_label("Telefon").fill("0123-456 78")
    windows.look(page, "text")
    press(page, "Spara")
    _voices(windows, page)
    press(page, "Be parterna läsa och godkänna")


def _voices(windows: Windows, page: Page) -> None:
    page.get_by_role("link", name="Lägg till citat").click()
    page.get_by_label("Citat", exact=False).first.fill("Barnen lärde mig lika mycket.")
    page.get_by_label("Vem säger det? Namn").fill("Mona Läxdahl")
    page.get_by_label("Personens e-postadress").fill("mona@example.se")
    windows.look(page, "quote")
    press(page, "Spara och fråga personen")
    page.get_by_role("link", name="Lägg till bild").click()
    picture = photograph()
    page.get_by_label("Bilden", exact=False).first.set_input_files(
        {"name": "bild.jpg", "mimeType": "image/jpeg", "buffer": picture.read()}
    )
    page.get_by_label("Vem tog eller gjorde bilden?").fill("Karin Provsson")
    page.get_by_label("Ingen person går att känna igen").check()
    press(page, "Spara")
    expect(page.get_by_role("alert").first).to_be_visible()
    windows.look(page, "picture-faults")
    page.get_by_label("Bilden", exact=False).first.set_input_files(
        {"name": "bild.jpg", "mimeType": "image/jpeg", "buffer": photograph().read()}
    )
    page.get_by_label("Bilden i ord").fill("Tre stolar vid ett bord i biblioteket.")
    press(page, "Spara")


def say_yes(windows: Windows) -> None:
    """Mona has no account: she opens the link in her mail, and only what she sends counts."""
    link = link_in(windows.site.mails("mona@example.se")[0], "/exempel/citat/")
    page = windows.of(None)
    page.goto(link)
    windows.look(page, "consent")
    page.get_by_label("Ja, så här får det stå").check()
    press(page, "Skicka svaret")
    windows.look(page, "consent-given")


def approve(windows: Windows, together: Together) -> None:
    page = windows.of(together.village.yusuf)
    page.goto(link_in(windows.site.mails("yusuf@example.se")[0], "/exempel/"))
    windows.look(page, "approve")
    page.get_by_label("Ja, vi godkänner texten och det som kommer från oss").check()
    press(page, "Skicka svaret")
    windows.look(page, "approved")


def send_in(windows: Windows, page: Page) -> None:
    page.reload()
    windows.look(page, "ready")
    page.get_by_role("link", name="Skicka till redaktören").click()
    windows.look(page, "send")
    press(page, "Skicka in")


def publish(windows: Windows, together: Together) -> None:
    page = windows.of(together.village.eva)
    page.goto("/redaktion/exempel/")
    windows.look(page, "desk")
    page.get_by_role("link", name="Läxhjälp på tre språk").click()
    windows.look(page, "desk-read")
    page.get_by_role("link", name="Publicera", exact=True).click()
    windows.look(page, "desk-publish")
    press(page, "Publicera")
    expect(page.get_by_text("Texten är publicerad.")).to_be_visible()
