"""An editor writes an article by keyboard alone: headings, a list, emphasis and a link; it is stored clean and shown.

Without scripts the same form takes plain text.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from samverka.accounts.second_factor import enrol_totp
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.models import Article
from samverka.knowledge.models import Page as Told
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import Village, build_village
from tests.world import client_of
from tests.world_publications import build_publications

pytestmark = pytest.mark.browser
LOOKED_AT = (
    "/publikationer/", "/publikationer/{publication}/", "/publikationer/{inspiration}/", "/artiklar/",
    "/artiklar/{article}/", "/sidor/{article}/hjalpte/{begun}/",
)  # fmt: skip
DESK = (
    "/redaktion/publikationer/", "/redaktion/publikationer/{publication}/",
    "/redaktion/publikationer/{publication}/fil/",
    "/redaktion/publikationer/{inspiration}/delar/", "/redaktion/artiklar/", "/redaktion/artiklar/{article}/",
    "/redaktion/sidor/{publication}/", "/redaktion/sidor/{publication}/andrat/2/", "/redaktion/sidor/{article}/las/",
    "/redaktion/synpunkter/sidor/", "/redaktion/synpunkter/sidor/{helped}/", "/redaktion/publikationer/avsandare/",
)  # fmt: skip


def _people() -> Village:
    village = build_village()
    enrol_totp(user=village.eva)
    return village


def _window(village: Village, site: Site, context: BrowserContext) -> Page:
    cookies = client_of(village.eva).cookies
    enter_as(context, site, cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    site.listen_to(page)
    return page


def test_article_is_written_by_keyboard(site: Site, open_context: Callable[..., BrowserContext]) -> None:
    page = _window(_people(), site, open_context(WIDE))
    page.goto("/redaktion/artiklar/ny/")
    page.get_by_label("Rubrik").first.fill("Nytt stöd")
    page.get_by_role("textbox", name="Text").focus()
    keys = page.keyboard
    keys.press("Control+Alt+2")
    keys.type("Vem")
    keys.press("Enter")
    keys.type("Alla ")
    keys.press("Control+b")
    keys.type("föreningar")
    keys.press("Control+b")
    keys.press("Enter")
    keys.press("Alt+F10")
    for _step in range(5):
        keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.tool") == "bullets"
    keys.press("Enter")
    keys.type("Punkt")
    keys.press("Shift+Home")
    page.wait_for_function("window.getSelection().toString() === 'Punkt'")
    page.wait_for_timeout(100)
    keys.press("Control+k")
    keys.type("javascript:alert(1)")
    keys.press("Enter")
    assert page.get_by_text("Skriv hela adressen").is_visible()
    keys.press("Control+a")
    keys.type("www.exempel.se")
    keys.press("Enter")
    shot(page, "sv-rich-text-1280")
    faults = [*frame_faults(page, "sv", settings.SITE_NAME), *axe_faults(page)]
    keys.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.rich-text')"), "Tab does not lead out of the text"
    with page.expect_navigation():
        page.get_by_role("button", name="Spara utkastet").press("Enter")
    assert Article.objects.get().html == (
        "<h2>Vem</h2><p>Alla <strong>föreningar</strong></p>"
        '<ul><li><p><a href="https://www.exempel.se">Punkt</a></p></li></ul>'
    )
    assert not faults + site.complaints


def test_pasted_script_is_nothing(site: Site, open_context: Callable[..., BrowserContext]) -> None:
    page = _window(_people(), site, open_context(WIDE))
    page.goto("/redaktion/artiklar/ny/")
    text = page.get_by_role("textbox", name="Text")
    text.focus()
    text.evaluate(
        """box => {
          const held = new DataTransfer();
          held.setData("text/html", "<p>Före<img src=x onerror='window.hit=1'><script>window.hit=1</scr" + "ipt></p>");
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
        }"""
    )
    page.wait_for_timeout(300)
    assert text.inner_html() == "<p>Före</p>"
    assert page.evaluate("window.hit") is None


def test_article_is_written_and_published_without_scripts(
    site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context(PHONE, java_script_enabled=False)
    page = _window(_people(), site, context)
    page.goto("/redaktion/artiklar/ny/")
    page.get_by_label("Rubrik").first.fill("Nytt stöd")
    page.locator("textarea[name=html]").fill("Första stycket.\n\n<b>Andra</b> stycket.")
    page.get_by_label("Roll").fill("Registrator")
    page.get_by_label("E-postadress").fill("registrator@exempelby.example")
    page.get_by_role("button", name="Spara utkastet").click()
    page.get_by_role("button", name="Publicera nu").click()
    assert Article.objects.get().html == "<p>Första stycket.</p><p>&lt;b&gt;Andra&lt;/b&gt; stycket.</p>"
    page.goto("/artiklar/")
    page.get_by_role("link", name="Nytt stöd").click()
    page.get_by_role("button", name="Nej").click()
    page.get_by_label("Vad saknade du?").fill("Sista dagen.")
    page.get_by_role("button", name="Skicka").click()
    assert page.get_by_role("heading", name="Tack!").is_visible()


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_pages_hold(site: Site, open_context: Callable[..., BrowserContext], *, english: bool) -> None:
    village = _people()
    ids = build_publications(village)
    page = _window(village, site, open_context(PHONE if english else WIDE, dark=english))
    language, prefix = ("en", "/en") if english else ("sv", "")
    faults = []
    for address in (*LOOKED_AT, *DESK):
        page.goto(prefix + address.format(**ids))
        name = address.strip("/").replace("/", "-").replace("{", "").replace("}", "")
        shot(page, f"{language}-knowledge-{name}")
        found = [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
        faults += [f"{language} {address}: {fault}" for fault in found]
    assert not faults + site.complaints


def test_report_is_put_in_order_by_keyboard(site: Site, open_context: Callable[..., BrowserContext]) -> None:
    village = _people()
    ids = build_publications(village)
    report = Told.objects.get(public_id=ids["inspiration"]).publication
    other = Told.objects.get(public_id=ids["article"])
    report.parts.create(page=other, position=2)
    page = _window(village, site, open_context(WIDE))
    page.goto(f"/redaktion/publikationer/{ids['inspiration']}/delar/")
    up = page.locator(f'button[value="up:{other.public_id}"]')
    with page.expect_navigation():
        up.press("Enter")
    assert report.parts.first().page_id == other.pk
    publish_page(by=village.eva, page_id=ids["inspiration"])
    page.goto(f"/publikationer/{ids['inspiration']}/")
    assert page.locator("nav.report__contents li").all_inner_texts() == ["Förord", other.title, "Läxhjälp på tre språk"]
