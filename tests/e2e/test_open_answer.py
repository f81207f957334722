"""An association answers by the open link on a phone without an account; the desk shows the link and weights."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samverka.questionnaires.reading import published_version
from samverka.surveys.models import Answer, HeldResponse, Round
from samverka.web.public.surveys import open_form
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import build_village
from tests.surveys.answering import open_round
from tests.world import client_of

pytestmark = pytest.mark.browser


@pytest.fixture
def found() -> Round:
    made = open_round(
        published_version("foreningar"), "foreningar-2027", side="civil", access="open", closes_on="2027-04-30",
        title="Så samverkar det offentliga med er", contact_name="Anna Provsson", contact_phone="0123-456 70",
        contact_email="anna@exempel.example",
    )  # fmt: skip
    made.refresh_from_db()
    return made


def _faults(page: Page, language: str) -> list[str]:
    return [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]


def _press(page: Page, value: str) -> None:
    """Press the visible button of a form that does `value`, by keyboard."""
    button = page.locator(f"main form button[name=do][value='{value}']:not(.visually-hidden)").first
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_association_answers_on_a_phone_and_nobody_knows_who(
    site: Site, open_page: Callable[..., Page], found: Round, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_form, "FASTEST", datetime.timedelta(seconds=-1))
    path = ("/en" if language == "en" else "") + f"/kartlaggning/{found.slug}/svara/"
    page = open_page(PHONE)
    page.goto(path)
    shot(page, f"{language}-open-start")
    faults = _faults(page, language)
    _press(page, "start")
    page.locator("input[name=lan][value='20']").check()
    # A table's row decides whether a follow-up question is asked: it comes without a press.
    expect(page.locator("[name=kontakt_om]")).to_have_count(0)
    page.locator("input[name=kontakt_kommun][value=nagon]").focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=kontakt_om]").first).to_be_visible()
    expect(page.locator("input[name=kontakt_kommun][value=nagon]")).to_be_focused()
    shot(page, f"{language}-open-block")
    faults += _faults(page, language)
    _press(page, "next")
    page.locator("input[name=inbjudna][value=yes]").check()
    expect(page.locator("input[name=varfor_inbjudna]").first).to_be_visible()

    # The telephone locks and the page is gone: what was typed is in the browser and nowhere else.
    assert not HeldResponse.objects.exists() and not Answer.objects.exists()
    page.goto(path)
    expect(page.locator("[data-again]")).to_be_visible()
    shot(page, f"{language}-open-again")
    faults += _faults(page, language)
    page.locator("[data-continue]").click()
    expect(page.locator("input[name=inbjudna][value=yes]")).to_be_checked()
    _press(page, "review")
    expect(page.locator("main")).to_contain_text("Dalarna")
    shot(page, f"{language}-open-review")
    faults += _faults(page, language)
    _press(page, "send")
    expect(page.locator("[data-sent]")).to_be_visible(timeout=15_000)
    shot(page, f"{language}-open-sent")
    faults += _faults(page, language)
    expect(page.locator("[data-print]")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('samverka.svar')).length") == 0
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names <= {settings.CSRF_COOKIE_NAME}, names
    kept = HeldResponse.objects.get()
    assert kept.answers["lan"] == "20" and kept.answers["inbjudna"] == "yes"
    assert not faults + site.complaints, "\n".join(faults + site.complaints)


def test_what_was_typed_is_forgotten_on_demand(site: Site, open_page: Callable[..., Page], found: Round) -> None:
    path = f"/kartlaggning/{found.slug}/svara/"
    page = open_page(PHONE)
    page.goto(path)
    _press(page, "start")
    page.locator("input[name=lan][value='20']").check()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Glöm det jag skrivit").click()
    page.wait_for_load_state()
    expect(page.locator("[data-again]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('samverka.svar')).length") == 0
    assert not site.complaints


def test_without_script_the_pages_carry_what_was_typed(
    site: Site, open_context: Callable[..., BrowserContext], found: Round
) -> None:
    page = open_context(PHONE, java_script_enabled=False).new_page()
    page.goto(f"/kartlaggning/{found.slug}/svara/")
    page.get_by_role("button", name="Börja svara").click()
    page.locator("input[name=lan][value='20']").check()
    page.locator("input[name=kontakt_kommun][value=nagon]").check()
    page.get_by_role("button", name="Gå vidare").last.click()
    # What the answer brought stands on the page before one goes on.
    expect(page.get_by_text("Fler frågor kom fram")).to_be_visible()
    page.get_by_role("button", name="Gå vidare").last.click()
    page.get_by_role("button", name="Se igenom svaren").click()
    expect(page.locator("main")).to_contain_text("Dalarnas län")


def test_desk_shows_the_open_link_and_weights(
    site: Site, open_context: Callable[..., BrowserContext], found: Round
) -> None:
    village = build_village()
    for language, size in (("sv", WIDE), ("en", PHONE)):
        context = open_context(size)
        enter_as(context, site, client_of(village.anna).cookies[settings.SESSION_COOKIE_NAME].value)
        page = context.new_page()
        site.listen_to(page)
        base = ("/en" if language == "en" else "") + f"/redaktion/kartlaggningar/{found.slug}/"
        page.goto(base)
        shot(page, f"{language}-open-desk")
        faults = _faults(page, language)
        page.goto(base + "vikter/?fraga=lan")
        if language == "sv":
            page.get_by_label("Var kommer talen från?").fill("Registret den 1 mars 2027")
            page.get_by_label("Dalarnas län").fill("120")
            page.get_by_role("button", name="Spara vikterna").click()
            expect(page.locator("main")).to_contain_text("Antal som saknar svar")
        shot(page, f"{language}-open-weights")
        faults += _faults(page, language)
        assert not faults + site.complaints, "\n".join(faults + site.complaints)
    assert found.strata.get().variable == "lan"
