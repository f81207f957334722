"""An analyst builds a questionnaire in the browser, by keyboard: a copy of the shipped one becomes the host's own."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page

from samverka.questionnaires.reading import definition_of, published_version
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.made_world import MadeWorld
from tests.world import client_of

pytestmark = pytest.mark.browser


class _Analyst:
    """One window: what is pressed in it, and what is wrong with its pages."""

    def __init__(self, page: Page, *, english: bool) -> None:
        self.page, self.language = page, "en" if english else "sv"
        self.start = ("/en" if english else "") + "/redaktion/frageformular/"
        self.faults: list[str] = []

    def press(self, what: Locator, key: str = "Enter") -> None:
        """Press a button or a link by keyboard, and wait for the page that it leads to; space chooses on the page."""
        what.first.focus()
        if key != "Enter":
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def look(self, name: str) -> None:
        shot(self.page, f"{self.language}-builder-{name}")
        found = [*frame_faults(self.page, self.language, settings.SITE_NAME), *axe_faults(self.page)]
        self.faults += [f"{name}: {fault}" for fault in found]

    def open(self, address: str) -> None:
        self.page.goto(self.start + address)

    def button(self, do: str) -> Locator:
        return self.page.locator(f'main form button[value="{do}"]:not([aria-hidden])')


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_analyst_makes_the_shipped_questionnaire_the_hosts_own(
    made_world: MadeWorld, site: Site, open_context: Callable[..., BrowserContext], *, english: bool
) -> None:
    context = open_context(PHONE if english else WIDE, dark=english)
    anna = client_of(made_world.fresh().person("anna"))
    enter_as(context, site, anna.cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    site.listen_to(page)
    analyst = _Analyst(page, english=english)
    _copy(analyst)
    _add_question(analyst)
    _move_it(analyst)
    _change_list(analyst)
    _translate(analyst)
    _try_out(analyst)
    _publish_and_export(analyst)
    assert not analyst.faults + site.complaints, "\n".join(analyst.faults + site.complaints)


def _copy(analyst: _Analyst) -> None:
    page = analyst.page
    analyst.open("")
    analyst.look("list")
    analyst.press(page.locator(f'a[href="{analyst.start}nytt/"]'))
    page.locator("#id_title").fill("Vår kartläggning 2027")
    page.locator("#id_slug").fill("var-kartlaggning")
    analyst.press(page.locator('input[name="how"][value="copy"]'), "Space")
    page.locator("#id_original").select_option("offentliga-aktorer")
    analyst.look("new")
    analyst.press(page.locator("main form .actions button"))
    page.wait_for_url("**/utkast/")
    analyst.look("outline")


def _add_question(analyst: _Analyst) -> None:
    """A question with a condition that is wrong at first, and then inserted from the list of codes."""
    page = analyst.page
    analyst.press(page.locator('a[href$="?i=block_1"]'))
    analyst.look("add")
    analyst.press(page.locator('a[href$="typ=yes_no"]'))
    page.locator("#id_label_sv").fill("Har samordnaren en egen budget?")
    page.locator("#id_code").fill("egen_budget")
    page.locator("details:has(#id_visible_if) > summary").press("Enter")
    page.locator("#id_visible_if").fill("${samordnaren} = 'yes'")
    analyst.press(analyst.button("save"))
    page.get_by_role("alert").first.wait_for()
    analyst.look("question-faults")
    assert page.locator("#id_label_sv").input_value() == "Har samordnaren en egen budget?"
    page.locator("#id_visible_if").fill("")
    palette = page.locator("details:has([data-insert])").last
    palette.locator("summary").press("Enter")
    page.locator("#id_visible_if").focus()
    palette.locator('[data-insert="${samordnare}"]').press("Enter")
    assert page.locator("#id_visible_if").input_value() == "${samordnare}"
    page.keyboard.type(" = 'yes'")
    analyst.press(analyst.button("check"))
    page.locator('.ds-alert[data-color="success"]').first.wait_for()
    analyst.look("question-checked")
    analyst.press(analyst.button("save"))
    page.wait_for_url("**#i_egen_budget")


def _move_it(analyst: _Analyst) -> None:
    page = analyst.page
    analyst.press(page.locator('button[value="up:egen_budget"]'))
    page.wait_for_url("**#i_egen_budget")
    row = page.locator("#i_egen_budget")
    row.locator("summary").press("Enter")
    analyst.look("outline-more")
    analyst.press(row.locator('a[href$="/flytta/"]'))
    page.locator("#id_place").select_option("block_5|skyldigheter")
    analyst.look("move")
    analyst.press(page.locator("main form .actions button"))
    page.wait_for_url("**#i_egen_budget")
    assert page.locator("#i_block_5 #i_egen_budget").count() == 1
    page.locator("#i_sluta_fraga summary").press("Enter")
    analyst.press(page.locator('button[value="remove:sluta_fraga"]'))
    page.locator("#i_sluta_fraga").wait_for(state="detached")
    analyst.press(page.locator(".builder__latest button"))
    page.locator("#i_sluta_fraga").wait_for()


def _change_list(analyst: _Analyst) -> None:
    page = analyst.page
    page.goto(analyst.start + "var-kartlaggning/utkast/vallista/placering/")
    analyst.press(analyst.button("add"))
    page.locator("#id_o4-label_sv").fill("Ett kommunalt bolag")
    page.locator("#id_o4-value").fill("bolag")
    analyst.press(analyst.button("up:4"))
    analyst.look("choices")
    assert page.locator("#id_o3-value").input_value() == "bolag"
    analyst.press(analyst.button("save"))
    page.wait_for_url("**/vallistor/")
    analyst.look("lists")


def _translate(analyst: _Analyst) -> None:
    page = analyst.page
    page.goto(analyst.start + "var-kartlaggning/utkast/oversatt/")
    analyst.look("translate")
    english = page.locator('textarea[lang="en"]')
    for place in range(english.count()):
        english.nth(place).fill(f"In English {place}")
    analyst.press(page.locator("main form .actions button"))
    page.wait_for_load_state()
    assert page.locator('textarea[lang="en"]').count() == 0
    analyst.look("translated")


def _try_out(analyst: _Analyst) -> None:
    page = analyst.page
    page.goto(analyst.start + "var-kartlaggning/utkast/prova/")
    assert page.locator('input[name="egen_budget"]').count() == 0
    page.locator('input[name="samordnare"][value="yes"]').focus()
    page.keyboard.press("Space")
    page.locator('button[value="show"]').press("Enter")
    page.locator('input[name="egen_budget"]').first.wait_for()
    analyst.press(page.locator('a[href="?sprak=en"]'))
    page.get_by_text("Which functions", exact=False).or_(
        page.get_by_text("What does the answer cover?")
    ).first.wait_for()
    analyst.look("try")


def _publish_and_export(analyst: _Analyst) -> None:
    page = analyst.page
    page.goto(analyst.start + "var-kartlaggning/utkast/publicera/")
    analyst.look("publish")
    analyst.press(page.locator("main form .actions button"))
    page.wait_for_url("**/frageformular/")
    version = published_version("var-kartlaggning")
    assert version
    assert definition_of(version).by_code["egen_budget"].within[-1].code == "block_5"
    with page.expect_download() as waiting:
        page.locator('a[href$="/var-kartlaggning/version/1.xlsx"]').press("Enter")
    assert waiting.value.suggested_filename == "var-kartlaggning-1.xlsx"
    page.locator(f'form[action="{analyst.start}var-kartlaggning/andra/"] button').press("Enter")
    page.wait_for_url("**/var-kartlaggning/utkast/")
    page.goto(analyst.start + "var-kartlaggning/utkast/del/hinder/")
    page.locator("#id_label_sv").fill("Vad hindrar er? Välj högst tre.")
    analyst.look("question")
    analyst.press(analyst.button("save"))
    page.wait_for_url("**#i_hinder")
    page.locator("#i_nya_foreningar summary").press("Enter")
    analyst.press(page.locator('button[value="remove:nya_foreningar"]'))
    page.locator("#i_nya_foreningar").wait_for(state="detached")
    page.goto(analyst.start + "var-kartlaggning/utkast/publicera/")
    analyst.look("publish-changes")
    page.goto(analyst.start + "var-kartlaggning/utkast/kasta/")
    analyst.look("discard")
