"""From the front page to a printed agenda, alone and without an account; then to an invitation."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samverka.organisations.indexing import store_index
from samverka.organisations.models import Organisation
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, frame_faults, shot, sign_in
from tests.e2e.test_keyboard import press, tab_to, type_in
from tests.people import build_village

pytestmark = pytest.mark.browser
TITLE, WHY, WHO = "Läxhjälp på tre språk", "Barnen får ingen hjälp i dag.", "Fritidsnämnden i Exempelby kommun"
#: Notes that the page asked to be printed, where a test cannot see the printer.
PRINTED = "window.print = () => { document.documentElement.dataset.printed = 'ja'; }"


def faults(page: Page) -> list[str]:
    return [*axe_faults(page), *frame_faults(page, "sv", settings.SITE_NAME)]


def fill_in(page: Page) -> None:
    page.get_by_label("Vad handlar det om?").fill(TITLE)
    page.get_by_label("Varför behövs det?").fill(WHY)
    page.get_by_label("Vilka är ni?").fill(WHO)
    page.get_by_label("Hur dags börjar det?").fill("18")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "360"])
def test_from_front_page_to_printed_agenda(
    site: Site, open_page: Callable[..., Page], tmp_path: Path, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.add_init_script(PRINTED)
    page.goto("/")
    page.get_by_role("link", name="Förbered ett möte").click()
    expect(page.locator("[data-length]")).to_have_text("6 frågor, 2 tim 40 min")
    page.get_by_label(re.compile("Om du är borta")).uncheck()
    page.locator("summary", has_text="Kom överens").click()
    page.get_by_label(re.compile("Vem gör vad till vilket datum")).check()
    expect(page).to_have_url(re.compile(r"\?steg=1\.1&steg=1\.3&steg=2\.2&steg=3\.2&steg=3\.3&steg=4\.2$"))
    fill_in(page)
    expect(page.get_by_text("Sparat")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Vilka är ni?")).to_have_value(WHO)
    expect(page.get_by_label(re.compile("Om du är borta"))).not_to_be_checked()
    shot(page, "prepare")

    page.get_by_role("button", name="Dagordning att skriva ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dagordning: {TITLE}")
    expect(page.get_by_text("18.10", exact=True)).to_be_visible()
    assert faults(page) == []
    shot(page, "prepare-agenda")
    page.get_by_role("button", name="Skriv ut").click()
    expect(page.locator("html[data-printed=ja]")).to_be_attached()
    with page.expect_download() as download:
        page.get_by_role("button", name="Dagordning, PDF").click()
    download.value.save_as(tmp_path / "dagordning.pdf")
    with pikepdf.open(tmp_path / "dagordning.pdf") as document:
        assert len(document.pages) <= 2

    page.get_by_role("button", name="Utkast till inbjudan").click()
    expect(page.get_by_text("Vi som skriver är Fritidsnämnden")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Ändra något").click()
    expect(page.get_by_label("Varför behövs det?")).to_have_value(WHY)
    assert TITLE.split(maxsplit=1)[0] not in page.url
    page.get_by_role("button", name="Rensa").click()
    page.reload()
    expect(page.get_by_label("Vilka är ni?")).to_have_value("")
    assert not site.complaints


def test_signing_in_loses_nothing_on_the_way_to_an_invitation(site: Site, open_page: Callable[..., Page]) -> None:
    build_village()
    store_index(Organisation.objects.create(name="Norrby samhällsförening", kind="association", invented=True))
    page = open_page(PHONE)
    page.goto("/forbered/?steg=1.1")
    fill_in(page)
    page.get_by_role("button", name="Spara eller bjud in här").click()
    assert faults(page) == []
    page.get_by_role("link", name="Logga in", exact=True).last.click()
    sign_in(page, site, "karin@example.se", start="")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spara eller bjud in")
    shot(page, "prepare-start")
    page.get_by_role("button", name="Bjud in någon direkt").click()
    page.get_by_label("Sök förening").fill("Norrby")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lägg till Norrby samhällsförening").click()
    expect(page.get_by_role("group", name="Norrby samhällsförening")).to_be_visible()
    expect(page.get_by_label("Vad ska vi göra tillsammans?")).to_have_value(TITLE)
    expect(page.get_by_label("Varför?")).to_have_value(WHY)
    expect(page.get_by_label("En hälsning i mejlet")).to_have_value(re.compile(f"Vilka vi är: {WHO}"))
    shot(page, "prepare-started")
    assert "steg" not in page.url
    page.goto("/forbered/")
    expect(page.get_by_label("Vilka är ni?")).to_have_value(WHO)
    assert not site.complaints


def test_agenda_by_keyboard_alone(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/forbered/")
    tab_to(page, page.get_by_label(re.compile("Om du är borta")))
    page.keyboard.press("Space")
    expect(page.locator("[data-length]")).to_have_text("5 frågor, 2 tim 25 min")
    tab_to(page, page.get_by_label("Vad handlar det om?"))
    page.keyboard.type(TITLE)
    type_in(page, "Vilka är ni?", WHO)
    press(page, "button", "Dagordning att skriva ut")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dagordning: {TITLE}")
    assert not site.complaints


def test_without_a_script_the_pages_carry_the_text(site: Site, open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(WIDE, java_script_enabled=False).new_page()
    page.goto("/forbered/")
    expect(page.get_by_text("Det du skriver sparas inte någonstans.")).to_be_visible()
    fill_in(page)
    page.get_by_label(re.compile("Om du är borta")).uncheck()
    page.get_by_role("button", name="Räkna om tiden").click()
    expect(page.locator("[data-length]")).to_have_text("5 frågor, 2 tim 25 min")
    page.get_by_role("button", name="Dagordning att skriva ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dagordning: {TITLE}")
    page.get_by_role("button", name="Ändra något").click()
    expect(page.get_by_label("Varför behövs det?")).to_have_value(WHY)
    expect(page.get_by_label(re.compile("Om du är borta"))).not_to_be_checked()
