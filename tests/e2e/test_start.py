"""Starting with two at once, a question before the answer on a phone, and a sensitive field."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samverka.organisations.indexing import store_index
from samverka.organisations.models import Organisation
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, link_in, shot
from tests.people import build_village
from tests.world import client_of

pytestmark = pytest.mark.browser
TITLE, WARNING = "Grannhjälp", "Skriv inte om enskilda personer här."


def faults(page: Page) -> list[str]:
    return [*axe_faults(page), *frame_faults(page, "sv", settings.SITE_NAME)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_coordinator_starts_with_two_and_a_volunteer_asks_first(
    site: Site, open_context: Callable[..., BrowserContext], *, scripts: bool
) -> None:
    village = build_village()
    store_index(Organisation.objects.create(name="Norrby samhällsförening", kind="association", invented=True))
    mine = open_context(WIDE, java_script_enabled=scripts)
    enter_as(mine, site, client_of(village.karin).cookies[settings.SESSION_COOKIE_NAME].value)
    page = mine.new_page()
    page.goto(f"/arbete/{village.municipality.public_id}/samverkan/ny/")
    page.get_by_label("Sök förening").fill("Norrby")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Norrby samhällsförening").click()
    page.get_by_label("Vad ska vi göra tillsammans?").fill(TITLE)
    page.get_by_label("Varför?").fill("Ingen ska behöva vara ensam.")
    page.locator("summary", has_text="Lägg till ett nätverk").click()
    page.get_by_label("Nätverkets namn").fill("Nätverket Soppan")
    page.get_by_label("E-postadress till någon i nätverket").fill("nora@soppan.example")
    page.get_by_role("button", name="Lägg till nätverket").click()
    expect(page.get_by_role("group", name="Nätverket Soppan").get_by_role("textbox")).to_have_value(
        "nora@soppan.example"
    )
    expect(page.get_by_label("Vad ska vi göra tillsammans?")).to_have_value(TITLE)
    page.get_by_role("group", name="Norrby samhällsförening").get_by_role("textbox").fill("kassor@norrby.example")
    expect(page.get_by_text(WARNING).first).to_be_hidden()
    page.locator("summary", has_text="Mer om samverkan").click()
    page.get_by_label("Ofrivillig ensamhet").check()
    expect(page.get_by_text(WARNING).first).to_be_visible()
    page.get_by_label("Vad ska vi göra tillsammans?").press("Enter")
    expect(page.get_by_text("inbjudan är på väg till Norrby samhällsförening och Nätverket Soppan")).to_be_visible()

    phone = open_context(PHONE, java_script_enabled=scripts).new_page()
    phone.goto(link_in(site.mails("nora@soppan.example")[0], "/inbjudan/"))
    phone.get_by_label("Nej tack").check()
    expect(phone.get_by_label("Din roll hos er")).to_be_hidden()
    phone.get_by_label("Vi har en fråga först").check()
    phone.get_by_label("Ditt namn").fill("Nora Ny")
    phone.get_by_label("Er fråga, eller något annat").fill("Kan vi ses på kvällen?")
    if scripts:
        assert faults(phone) == []
        shot(phone, "start-question")
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_text("Er fråga är skickad")).to_be_visible()
    answered = site.mails("karin@example.se")[0]
    assert "Kan vi ses på kvällen?" in answered.text
    phone.get_by_label("Ja, vi är med").check()
    phone.get_by_label("Ditt namn").fill("Nora Ny")
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_role("heading", name="Ni är med")).to_be_visible()
