"""The first journey's main job by keyboard alone: every stop is seen, and nothing needs a mouse."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page, expect

from samverka.organisations.indexing import store_index
from samverka.organisations.models import Organisation
from tests.e2e.conftest import PHONE
from tests.e2e.steps import CODE, Site, enter_as, link_in, shot
from tests.made_world import MadeWorld
from tests.people import build_village
from tests.world import client_of

pytestmark = pytest.mark.browser
ASSOCIATION, TITLE, VOLUNTEER = "Norrby samhällsförening", "Läxhjälp på tre språk", "kassor@norrby.example"
MOST_STOPS = 60
#: Whether the focused thing is marked: by an outline or a shadow of its own, or of its label.
SEEN = """() => {
    const here = document.activeElement;
    const around = [here, here.closest('label'), here.id && document.querySelector(`label[for="${here.id}"]`)];
    return around.filter(Boolean).some(one => {
        const style = getComputedStyle(one);
        const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return outlined || style.boxShadow !== 'none';
    });
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus; every stop on the way must be seen."""
    wanted.wait_for(state="attached")
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), f"focus cannot be seen: {page.evaluate('document.activeElement.outerHTML')[:200]}"
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{MOST_STOPS} stops did not reach {wanted}")


def type_in(page: Page, label: str, text: str) -> None:
    """Go to the field and write."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def press(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Go to a button or link and press Enter; wait for the page it leads to."""
    target = page.get_by_role(role, name=name, exact=True).last  # type: ignore[arg-type]
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, label: str) -> None:
    """Go to a group of choices and take the one with `label`, with the arrow keys."""
    wanted = page.get_by_label(label, exact=True)
    group = wanted.get_attribute("name")
    first = page.locator(f'input[type=radio][name="{group}"]').first
    tab_to(page, first)
    page.keyboard.press("Space")
    for _press in range(10):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys did not reach {label}")


def sign_in_by_keyboard(page: Page, site: Site, address: str) -> None:
    tab_to(page, page.get_by_label("E-postadress", exact=True))
    page.keyboard.type(address)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found = CODE.search(site.mails(address)[0].text)
    assert found
    tab_to(page, page.get_by_label(re.compile("^Kod")).first)
    page.keyboard.type(found.group())
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_inviting_answering_and_writing_need_no_mouse(site: Site, open_page: Callable[..., Page]) -> None:
    build_village()
    store_index(Organisation.objects.create(name=ASSOCIATION, kind="association", invented=True))
    karin, volunteer = open_page(), open_page()

    karin.goto("/arbete/")
    sign_in_by_keyboard(karin, site, "karin@example.se")
    press(karin, "link", "Starta en samverkan")
    tab_to(karin, karin.get_by_label("Sök förening, kommun, region eller nätverk"))
    karin.keyboard.type("Norrby")
    with karin.expect_navigation():
        karin.keyboard.press("Enter")
    press(karin, "link", f"Bjud in {ASSOCIATION}")
    type_in(karin, "Vad ska vi göra tillsammans?", TITLE)
    type_in(karin, "Varför?", "Fler barn ska få hjälp med läxorna.")
    tab_to(karin, karin.get_by_role("group", name=ASSOCIATION).get_by_role("textbox"))
    karin.keyboard.type(VOLUNTEER)
    press(karin, "button", "Starta och skicka inbjudan")
    expect(karin.get_by_role("heading", level=1)).to_have_text(TITLE)

    volunteer.goto(link_in(site.mails(VOLUNTEER)[0], "/inbjudan/"))
    choose(volunteer, "Ja, vi är med")
    type_in(volunteer, "Ditt namn", "Yusuf Testberg")
    press(volunteer, "button", "Skicka svaret")
    press(volunteer, "link", "Logga in och börja")
    sign_in_by_keyboard(volunteer, site, VOLUNTEER)
    write_by_keyboard(volunteer)
    confirm_by_keyboard(volunteer)
    assert not site.complaints


def write_by_keyboard(page: Page) -> None:
    """Find the step that comes next, write a draft and share it; then begin the text for all."""
    press(page, "link", re.compile("Fortsätt: 1.1"))
    choose(page, "Bara jag (utkast)")
    type_in(page, "Anteckning", "Barnen i trean läser på tre språk.")
    press(page, "button", "Spara anteckningen")
    press(page, "link", "Dela med fler")
    press(page, "button", "Dela med alla parter")
    expect(page.get_by_text("Anteckningen är delad").first).to_be_visible()
    press(page, "link", "Skriv ett gemensamt svar")
    type_in(page, "Det vi skriver tillsammans", "Vi börjar på torsdagar.")
    press(page, "button", "Spara för alla parter")
    expect(page.get_by_text("Vi börjar på torsdagar.")).to_be_visible()


def confirm_by_keyboard(page: Page) -> None:
    """Say that the step is done, and that the phase is."""
    press(page, "button", "Steget är klart")
    press(page, "link", "Hela fas 1")
    choose(page, "Ja, klar")
    press(page, "button", "Svara")
    expect(page.get_by_text("Ni har sagt att fasen är klar")).to_be_visible()


def test_skip_link_comes_first_and_leads_to_the_content(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_menu_of_a_collaboration_is_seen_whole_on_a_phone(
    made_world: MadeWorld, site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    world, context = made_world.fresh(), open_context(PHONE)
    enter_as(context, site, client_of(world.together.village.karin).cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    page.goto(f"/arbete/{world.ids['municipality']}/samverkan/{world.ids['together']}/")
    shot(page, "sv-collaboration-phone")
    links = page.locator(".collaboration-nav a")
    for link in links.all():
        expect(link).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab_to(page, links.last)
    expect(links.last).to_be_in_viewport(ratio=1)
    shot(page, "sv-collaboration-phone-focus")
