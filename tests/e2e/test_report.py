"""An analyst writes a report by keyboard and publishes it; a visitor reads it and finds the figures on paper too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page

from samverka.surveys.actions.report_blocks import add_block
from samverka.surveys.enums import BlockKind
from samverka.surveys.models import BlockDraft, Report
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import build_village
from tests.surveys.reports import fill, published_round
from tests.world import client_of, enrol_totp

pytestmark = pytest.mark.browser


class _Window:
    """One window: what is pressed in it, and what is wrong with its pages."""

    def __init__(self, page: Page, *, english: bool) -> None:
        self.page, self.language = page, "en" if english else "sv"
        self.start = "/en" if english else ""
        self.faults: list[str] = []

    def press(self, what: Locator) -> None:
        """Press by keyboard, and wait for the page that it leads to."""
        what.first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def look(self, name: str) -> None:
        shot(self.page, f"{self.language}-report-{name}")
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found = [*frame_faults(self.page, self.language, settings.SITE_NAME), *axe_faults(self.page)]
        self.faults += [f"{name}: {fault}" for fault in [*found, *(["too wide"] if wide else [])]]

    def button(self, do: str) -> Locator:
        return self.page.locator(f'main form button[value="{do}"]:not([aria-hidden])')


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_report_is_written_published_and_read(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path, *, english: bool
) -> None:
    village, found = build_village(), published_round(tmp_path)
    enrol_totp(user=village.anna)
    context = open_context(PHONE if english else WIDE, dark=english)
    enter_as(context, site, client_of(village.anna).cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    site.listen_to(page)
    window = _Window(page, english=english)
    _start(window, found.pk)
    report = Report.objects.get()
    _write(window, report)
    _figure(window, report)
    _publish(window, report)
    _read(window)
    assert not window.faults + site.complaints, "\n".join(window.faults + site.complaints)


def _start(window: _Window, found: int) -> None:
    page = window.page
    page.goto(f"{window.start}/redaktion/rapporter/")
    window.look("list-empty")
    window.press(page.locator("main .actions a"))
    page.select_option("[name=round]", str(found))
    page.fill("[name=title]", "Så samverkade kommuner och föreningar 2018")
    window.look("start")
    window.press(page.locator("main form .actions button"))
    window.look("outline")


def _write(window: _Window, report: Report) -> None:
    page = window.page
    first = report.blocks.standing().first()
    assert first is not None
    for block in (first, report.blocks.get(role="method"), report.blocks.get(role="missing")):
        page.goto(f"{window.start}/redaktion/rapporter/{report.public_id}/del/{block.public_id}/")
        page.locator("textarea[name=text]").focus()
        page.keyboard.type("Var femte har ett partnerskap: {{form_iop:yes}}.")
        if block == first:
            page.locator("[data-draft-status]:not(:empty)").wait_for()
            window.look("text")
        window.press(window.button("save"))
    assert not BlockDraft.objects.filter(values__text="").exists()


def _figure(window: _Window, report: Report) -> None:
    page = window.page
    figure = report.blocks.get(variable="form_iop")
    page.goto(f"{window.start}/redaktion/rapporter/{report.public_id}/del/{figure.public_id}/")
    page.select_option("[name=by]", "slag")
    window.press(window.button("look"))
    window.look("figure")
    window.press(window.button("save"))
    window.press(window.button(f"up:{figure.public_id}"))
    page.goto(f"{window.start}/redaktion/rapporter/{report.public_id}/lagg-till/?efter={figure.public_id}")
    window.look("add")
    map_part = add_block(by=None, report_id=report.public_id, kind=BlockKind.MAP, after=figure.public_id)
    fill(map_part, variable="form_iop")
    quote = add_block(by=None, report_id=report.public_id, kind=BlockKind.QUOTE, after=figure.public_id)
    fill(quote, text="Vi lärde oss lyssna.", who="En samordnare i en mellanstor kommun", consent=True)
    page.goto(f"{window.start}/redaktion/rapporter/{report.public_id}/del/{map_part.public_id}/")
    window.look("map")
    page.goto(f"{window.start}/redaktion/rapporter/{report.public_id}/las/")
    window.look("preview")


def _publish(window: _Window, report: Report) -> None:
    window.page.goto(f"{window.start}/redaktion/rapporter/{report.public_id}/publicera/")
    window.look("publish")
    window.press(window.page.locator("main form .actions button"))


def _read(window: _Window) -> None:
    page = window.page
    page.goto(f"{window.start}/kartlaggning/2018/rapport/")
    # The fold-outs open by keyboard, and so do the tables within them.
    for summary in page.locator("main details > summary").all()[:4]:
        summary.press("Enter")
    window.look("read")
    page.locator(".report__contents a").nth(2).press("Enter")
    assert "#k-" in page.url
    page.emulate_media(media="print")
    shot(page, f"{window.language}-report-print")
