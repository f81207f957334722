"""A questionnaire in the browser, without scripts of its own: by keyboard, with follow-up questions and rows."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.made_world import MadeWorld
from tests.world import World, client_of

pytestmark = pytest.mark.browser
ADDRESS = "/redaktion/frageformular/offentliga-aktorer/"


def _window(world: World, site: Site, open_context: Callable[..., BrowserContext], *, english: bool) -> Page:
    context = open_context(PHONE if english else WIDE, dark=english)
    anna = client_of(world.person("anna"))
    enter_as(context, site, anna.cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    site.listen_to(page)
    return page


def _check(page: Page) -> None:
    page.locator('.actions button[value="check"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_questionnaire_is_filled_in_by_keyboard(
    made_world: MadeWorld, site: Site, open_context: Callable[..., BrowserContext], *, english: bool
) -> None:
    page = _window(made_world.fresh(), site, open_context, english=english)
    language = "en" if english else "sv"
    page.goto(("/en" if english else "") + ADDRESS)
    _check(page)
    page.get_by_role("alert").wait_for()
    shot(page, f"{language}-questionnaire-faults")
    faults = [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    # The link leads to the first choice; space takes it.
    page.locator('input[name="tackning"]').first.focus()
    page.keyboard.press("Space")
    page.locator('input[name="kontakt"]').fill("Kansliet, kansliet@exempelby.example")
    page.locator('input[name="form_iop"][value="yes"]').focus()
    page.keyboard.press("Space")
    page.locator('button[value="show"]').press("Enter")
    page.locator('input[name="iop:0:iop_enhet"]').fill("Fritidsnämnden")
    page.locator('button[value="add:iop"]').press("Enter")
    page.locator('input[name="iop:1:iop_enhet"]').wait_for()
    assert page.locator('input[name="iop:0:iop_enhet"]').input_value() == "Fritidsnämnden"
    page.locator('button[value="remove:iop:1"]').press("Enter")
    page.locator('input[name="iop:1:iop_enhet"]').wait_for(state="detached")
    _check(page)
    page.locator('.ds-alert[data-color="success"]').wait_for()
    shot(page, f"{language}-questionnaire-done")
    faults += [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
    assert not faults + site.complaints, "\n".join(faults + site.complaints)
