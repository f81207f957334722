"""Every page of the table that somebody is given, in two looks: axe, frame, width, console.

Swedish, light and wide; English, dark and narrow: enough for both. One persona a page, the first that may read it.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.routes import Row, rows
from tests.world import World, build_world, client_of

pytestmark = pytest.mark.browser
#: Who looks at what nobody signed out may see, most telling first.
LOOKERS = ("none", "karin", "yusuf", "hanna", "vera", "olle", "rut")
#: Answers that are no pages of ours: files, and mails shown in a frame with their own style.
NO_PAGES = {"organisations_export", "our_log_export", "collaboration_pdf", "account_my_data_file",
            "mfa_download_recovery_codes", "model_pdf", "model_picture_pdf",
            "model_template_pdf", "editorial_import_report", "mail_sink_html",
            "editorial_message_preview_html"}  # fmt: skip
PARTS = 4


def pages_of(part: int) -> list[tuple[Row, str]]:
    """A part of the pages, each with who looks at it."""
    found = []
    for row in rows():
        looker = next((persona for persona in LOOKERS if row.answers[persona] == 200), None)
        if row.method == "GET" and looker and row.name not in NO_PAGES:
            found.append((row, looker))
    return found[part::PARTS]


def look_at(
    pages: list[tuple[Row, str]],
    site: Site,
    open_context: Callable[..., BrowserContext],
    world: World,
    *,
    english: bool,
) -> list[str]:
    """Open every page once and return its faults."""
    language, prefix, viewport = ("en", "/en", PHONE) if english else ("sv", "", WIDE)
    windows: dict[str, Page] = {}
    faults = []
    for row, looker in pages:
        if looker not in windows:
            context = open_context(viewport, dark=english)
            cookies = client_of(world.person(looker)).cookies
            if settings.SESSION_COOKIE_NAME in cookies:
                enter_as(context, site, cookies[settings.SESSION_COOKIE_NAME].value)
            windows[looker] = context.new_page()
            site.listen_to(windows[looker])
        page = windows[looker]
        page.goto(prefix + row.address(world.ids))
        shot(page, f"{language}-{row.name}")
        found = [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
        faults += [f"{language} {row} ({looker}): {fault}" for fault in found]
    return faults + site.complaints


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_pages_have_no_fault(
    site: Site, open_context: Callable[..., BrowserContext], part: int, *, english: bool
) -> None:
    pages = pages_of(part)
    assert pages
    faults = look_at(pages, site, open_context, build_world(), english=english)
    assert not faults, "\n".join(faults)
