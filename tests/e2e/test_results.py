"""Results in the browser, without scripts of their own: chosen by keyboard, on the map, both sides, on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, frame_faults, shot
from tests.surveys import pattern_2018
from tests.web.public.test_results import _associations, publish

pytestmark = pytest.mark.browser


def _look(page: Page, language: str, name: str) -> list[str]:
    shot(page, f"{language}-results-{name}")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [
        *frame_faults(page, language, settings.SITE_NAME),
        *axe_faults(page),
        *([f"{name}: too wide"] if wide else []),
    ]


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_figure_is_chosen_seen_on_the_map_and_compared(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path, *, english: bool
) -> None:
    publish(pattern_2018.read_in(tmp_path))
    _associations()
    page = open_context(PHONE if english else WIDE, dark=english).new_page()
    site.listen_to(page)
    language, start = ("en", "/en") if english else ("sv", "")
    page.goto(f"{start}/kartlaggning/")
    faults = _look(page, language, "rounds")
    page.goto(f"{start}/kartlaggning/2018/")
    faults += _look(page, language, "all")
    page.select_option("#fraga", "form_iop")
    page.select_option("#grupp", "slag")
    page.locator(".results__choice button").press("Enter")
    page.wait_for_url("**fraga=form_iop**")
    page.locator(".chart__table summary").first.press("Enter")
    page.locator(".chart__table table").first.wait_for()
    faults += _look(page, language, "figure")
    page.goto(f"{start}/kartlaggning/2018/karta/form_iop/")
    faults += _look(page, language, "map")
    page.goto(f"{start}/kartlaggning/jamfor/")
    faults += _look(page, language, "compare")
    page.goto(f"{start}/oppna-data/kartlaggning/2018/kodbok/")
    faults += _look(page, language, "code-book")
    assert not faults + site.complaints, "\n".join(faults + site.complaints)
