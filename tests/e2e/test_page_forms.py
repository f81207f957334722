"""The long forms of the knowledge bank in a browser: what is typed outlives the page, tools by keyboard, sections."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samverka.knowledge.actions.publications import change_publication
from samverka.knowledge.models import Page as Told
from samverka.knowledge.models import PageDraft
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, frame_faults, keep_picture, shot
from tests.e2e.typing_in import KEPT, OFFLINE, browser_of, held, opened, status, unheard
from tests.knowledge import told
from tests.people import Village, build_together, build_village
from tests.world import enrol_totp
from tests.world_publications import article, publication

pytestmark = pytest.mark.browser
Open = Callable[..., BrowserContext]
#: where the focus is: a tool's name, or the name or id of a field
HERE = "(e => e.dataset.tool || e.name || e.id)(document.activeElement)"


@pytest.fixture
def village(site: Site) -> Village:
    made = build_village()
    enrol_totp(user=made.eva)
    return made


def text_of(page: Page, name: str = "Text på webben") -> Any:
    return page.get_by_role("textbox", name=name)


def faults_of(page: Page) -> list[str]:
    return [*frame_faults(page, "sv", settings.SITE_NAME), *axe_faults(page)]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_publication_typed_without_a_connection_comes_back(
    open_context: Open, site: Site, village: Village, size: dict[str, int]
) -> None:
    address = f"/redaktion/publikationer/{publication(village).public_id}/"
    context, page = browser_of(open_context, site, village.eva, size)
    page.goto(address)
    context.set_offline(True)
    text_of(page).press("Control+End")
    page.keyboard.type(" Och byagårdar.")
    page.locator("#del_numbers > summary").click()
    page.get_by_label("ISBN").fill("978-91")
    expect(status(page)).to_contain_text(OFFLINE)
    assert held(page)
    page.close()
    context.set_offline(False)
    page = opened(context, site)
    page.goto(address)
    expect(text_of(page)).to_contain_text("Kommunen lånar ut lokaler. Och byagårdar.")
    expect(page.get_by_label("ISBN")).to_be_visible()
    expect(status(page)).to_contain_text(KEPT)
    assert not held(page)
    assert PageDraft.objects.get().values["html"] == "<h2>Lokaler</h2><p>Kommunen lånar ut lokaler. Och byagårdar.</p>"
    assert "byagårdar" not in Told.objects.get().publication.html
    assert not faults_of(page)
    shot(page, "draft-publication")
    page.get_by_role("button", name="Spara utkastet").click()
    expect(page.get_by_text("Utkastet är sparat.")).to_be_visible()
    assert "byagårdar" in Told.objects.get().publication.html
    assert not PageDraft.objects.exists()
    assert not unheard(site)


def test_new_article_comes_back_after_the_page_was_closed(open_context: Open, site: Site, village: Village) -> None:
    context, page = browser_of(open_context, site, village.eva)
    page.goto("/redaktion/artiklar/ny/")
    page.get_by_label("Nyhet").check()
    page.get_by_label("Rubrik").fill("Nytt stöd")
    text_of(page, "Text").press("Control+b")
    page.keyboard.type("Sök nu")
    expect(status(page)).to_contain_text("Sparat ")
    expect(status(page)).to_contain_text(KEPT)
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('samverka.utkast'))")
    page.close()
    page = opened(context, site)
    page.goto("/redaktion/artiklar/ny/")
    expect(page.get_by_label("Rubrik")).to_have_value("Nytt stöd")
    expect(page.get_by_label("Nyhet")).to_be_checked()
    expect(text_of(page, "Text").locator("strong")).to_have_text("Sök nu")
    expect(status(page)).to_contain_text("Du har ett utkast från")
    page.get_by_role("button", name="Kasta utkastet").click()
    expect(page.get_by_label("Rubrik")).to_have_value("")
    assert not PageDraft.objects.exists()
    assert not site.complaints


def test_example_comes_back_and_a_newer_save_shows_both(open_context: Open, site: Site) -> None:
    together = build_together(build_village())
    page_id = told.begun(together).public_id
    context, page = browser_of(open_context, site, together.village.karin, PHONE)
    page.goto(f"/exempel/skriv/{page_id}/text/")
    page.get_by_label("Vad gick fel?").fill("Ingen kom.")
    expect(status(page)).to_contain_text(KEPT)
    page.close()
    told.change(Told.objects.get(), together.village.yusuf, went_wrong="Nyckeln kom bort.")
    page = opened(context, site)
    page.goto(f"/exempel/skriv/{page_id}/")
    page.get_by_role("link", name="Gå vidare med det").click()
    expect(page.get_by_label("Vad gick fel?")).to_have_value("Ingen kom.")
    expect(status(page)).to_contain_text("Någon annan har sparat en ny text medan du skrev.")
    assert not faults_of(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    expect(page.get_by_text("Nyckeln kom bort.")).to_be_visible()
    expect(page.get_by_label("Vad gick fel?")).to_have_value("Ingen kom.")
    assert not faults_of(page)
    shot(page, "draft-example-conflict")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Texten är sparad.")).to_be_visible()
    assert Told.objects.get().example.went_wrong == "Ingen kom."
    assert not site.complaints


def test_text_with_form_is_taken_from_another_device(open_context: Open, site: Site, village: Village) -> None:
    address = f"/redaktion/artiklar/{article(village).public_id}/"
    phone, computer = (browser_of(open_context, site, village.eva, size)[1] for size in (PHONE, WIDE))
    for page in (phone, computer):
        page.goto(address)
        expect(text_of(page, "Text")).to_be_visible()
    for page, said in ((phone, " Mobilen."), (computer, " Datorn.")):
        text_of(page, "Text").press("Control+End")
        page.keyboard.type(said)
        if page is phone:
            expect(status(page)).to_contain_text(KEPT)
    expect(computer.locator("[data-draft-other]")).to_have_text("Text: Nu går det att söka. Mobilen.")
    assert not faults_of(computer)
    shot(computer, "draft-article-elsewhere")
    computer.get_by_role("button", name="Ta den texten").click()
    expect(text_of(computer, "Text")).to_have_text("Nu går det att söka. Mobilen.")
    assert not site.complaints


def test_tools_are_one_stop_and_tab_leads_through_the_text(open_context: Open, site: Site, village: Village) -> None:
    page = browser_of(open_context, site, village.eva)[1]
    page.goto("/redaktion/artiklar/ny/")
    bar = page.get_by_role("toolbar")
    assert bar.get_attribute("aria-label")
    assert page.locator(f"#{bar.get_attribute('aria-controls')}").get_attribute("role") == "textbox"
    keys = page.locator(f"#{page.get_by_role('textbox', name='Text').get_attribute('aria-describedby')}")
    expect(keys).to_contain_text("Alt+F10 leder till knapparna")
    page.get_by_label("Sammanfattning").focus()
    assert press(page, "Tab") == "h2"
    assert press(page, "Tab") == "id_html_text"
    assert press(page, "Tab") == "owner_name"
    assert press(page, "Shift+Tab") == "id_html_text"
    assert press(page, "Shift+Tab") == "h2"
    assert press(page, "Shift+Tab") == "summary"
    page.keyboard.press("Tab")
    for key, tool in (
        ("ArrowRight", "h3"), ("End", "redo"), ("ArrowRight", "h2"), ("ArrowLeft", "redo"), ("Home", "h2"),
        ("ArrowRight", "h3"),
    ):  # fmt: skip
        assert press(page, key) == tool
    assert press(page, "Escape") == "id_html_text"
    assert press(page, "Alt+F10") == "h3"
    assert press(page, "Tab") == "id_html_text"
    # The tool that was used last is the one that Tab comes back to.
    page.get_by_role("button", name="Fet").click()
    assert press(page, "Shift+Tab") == "bold"
    assert not site.complaints


def press(page: Page, key: str) -> Any:
    page.keyboard.press(key)
    return page.evaluate(HERE)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_long_form_is_written_in_sections(
    open_context: Open, site: Site, village: Village, size: dict[str, int]
) -> None:
    page = browser_of(open_context, site, village.eva, size)[1]
    page.goto("/redaktion/publikationer/ny/")
    expect(page.get_by_role("button", name="Spara utkastet")).to_be_in_viewport()
    expect(page.get_by_label("Antaget av")).to_be_hidden()
    page.get_by_label("Slag").select_option("policy")
    expect(page.get_by_label("Antaget av")).to_be_visible()
    page.get_by_label("Slag").select_option("report")
    expect(page.get_by_label("Antaget av")).to_be_hidden()
    page.get_by_label("Rubrik").fill("Policy")
    expect(status(page)).to_contain_text(KEPT)
    assert not faults_of(page)
    shot(page, "publication-new")
    keep_picture(page, "publication-top", whole=False)
    page.get_by_label("Rubrik").fill("")
    page.locator("#del_find > summary").click()
    page.get_by_label("Kommun", exact=False).first.fill("Ingenstans")
    page.get_by_role("button", name="Spara utkastet").click()
    expect(page.get_by_role("heading", name="Två saker behöver rättas")).to_be_visible()
    page.locator("#del_find > summary").click()
    expect(page.locator("#id_place")).to_be_hidden()
    page.locator(".error-summary").get_by_role("link", name="Kommun").click()
    expect(page.locator("#id_place")).to_be_focused()
    expect(page.locator("#id_place")).to_be_in_viewport()
    assert not faults_of(page)
    shot(page, "publication-faults")
    assert not site.complaints


def test_field_that_has_the_focus_is_not_behind_the_button(open_context: Open, site: Site, village: Village) -> None:
    page = browser_of(open_context, site, village.eva, PHONE)[1]
    page.goto("/redaktion/publikationer/ny/")
    page.locator("#id_kind").focus()
    for _stop in range(30):
        page.keyboard.press("Tab")
        behind = page.evaluate(
            """() => {
                const one = document.activeElement, bar = document.querySelector(".save-bar");
                const [mine, its] = [one, bar].map((e) => e.getBoundingClientRect());
                return !bar.contains(one) && !one.closest("footer, .draft__drop") && mine.top >= its.top
                    && mine.bottom <= its.bottom ? one.outerHTML.slice(0, 200) : "";
            }"""
        )
        assert not behind


def test_policy_documents_facts_show_without_scripts(open_context: Open, site: Site, village: Village) -> None:
    page = browser_of(open_context, site, village.eva, PHONE, java_script_enabled=False)[1]
    page.goto("/redaktion/publikationer/ny/")
    expect(page.get_by_label("Antaget av")).to_be_hidden()
    page.get_by_label("Slag").select_option("policy")
    page.get_by_label("Antaget av").fill("Kommunfullmäktige")
    page.get_by_label("Rubrik").fill("Policy för samverkan")
    page.locator("#del_numbers > summary").click()
    page.get_by_label("Diarienummer").fill("KS 2027/12")
    page.get_by_role("button", name="Spara utkastet").click()
    made = Told.objects.get().publication
    assert (made.adopted_by, made.diary_number) == ("Kommunfullmäktige", "KS 2027/12")
    change_publication(by=village.eva, page_id=made.page.public_id, version=1, values={"kind": "report"})
    page.goto(f"/redaktion/publikationer/{made.page.public_id}/")
    expect(page.get_by_label("Antaget av")).to_be_visible()
