"""Every page of the table that somebody is given, in two looks: axe, frame, width, console.

Swedish, light and wide; English, dark and narrow: enough for both. One persona a page, the first that may read it.
"""

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.made_world import MadeWorld
from tests.routes import Row, patterns, rows
from tests.world import World, client_of

pytestmark = pytest.mark.browser
#: Who looks at what nobody signed out may see, most telling first.
LOOKERS = ("none", "karin", "yusuf", "hanna", "vera", "olle", "rut", "anna", "eva")
#: Answers that are no pages of ours: files, and mails shown in a frame with their own style.
NO_PAGES = {"organisations_export", "our_log_export", "collaboration_pdf", "meeting_pdf", "account_my_data_file",
            "mfa_download_recovery_codes", "model_pdf", "model_picture_pdf",
            "model_template_pdf", "editorial_import_report", "mail_sink_html",
            "editorial_message_preview_html", "terms_pdf", "dpia_template", "our_terms_pdf",
            "our_collaborations_export", "commitments_export", "attachment",
            "editorial_panel_export", "editorial_invite_html", "editorial_open_code", "editorial_report_paper",
            "editorial_terms_export", "editorial_questionnaire_export", "our_survey_own_pdf", "survey_blank_form",
            "survey_codebook_csv", "survey_data", "survey_data_all", "survey_own_pdf", "survey_receipt_pdf",
            "survey_report_pdf", "editorial_issue_preview_html", "our_issue_preview_html", "issues_feed",
            "issue_calendar", "issue_picture", "editorial_issue_log_export", "our_issue_log_export",
            "editorial_parts_paper", "examples_export", "portraits_export", "feed_all", "feed_field", "feed_form",
            "feed_place", "search_feed", "page_picture", "page_qr", "publication_cover", "publication_file",
            "publication_paper"}  # fmt: skip
PARTS = 8


def pages_of(part: int) -> list[tuple[Row, str]]:
    """A part of the pages, each with who looks at it; a page with the same question stands once."""
    found: dict[tuple[object, str], tuple[Row, str]] = {}
    views = {route.name: route.path for route in patterns()}
    for row in rows():
        looker = next((persona for persona in LOOKERS if row.answers[persona] == 200), None)
        if row.method == "GET" and looker and row.name not in NO_PAGES:
            found.setdefault((views[row.name], row.query), (row, looker))
    return list(found.values())[part::PARTS]


def window_of(
    looker: str, site: Site, open_context: Callable[..., BrowserContext], world: World, *, english: bool
) -> Page:
    """Return a window in which the persona is signed in."""
    context = open_context(PHONE if english else WIDE, dark=english)
    cookies = client_of(world.person(looker)).cookies
    if settings.SESSION_COOKIE_NAME in cookies:
        enter_as(context, site, cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    # Put into each page as it is opened: the browser then keeps the compiled script.
    page.add_init_script(AXE_SCRIPT)
    site.listen_to(page)
    return page


def look_at(
    pages: list[tuple[Row, str]],
    site: Site,
    open_context: Callable[..., BrowserContext],
    world: World,
    *,
    english: bool,
) -> list[str]:
    """Open every page once and return its faults."""
    language, prefix = ("en", "/en") if english else ("sv", "")
    windows: dict[str, Page] = {}
    faults = []
    for row, looker in pages:
        if looker not in windows:
            windows[looker] = window_of(looker, site, open_context, world, english=english)
        page = windows[looker]
        page.goto(prefix + row.address(world.ids))
        shot(page, f"{language}-{row.name}")
        found = [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
        faults += [f"{language} {row} ({looker}): {fault}" for fault in found]
    return faults + site.complaints


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_pages_have_no_fault(
    made_world: MadeWorld, site: Site, open_context: Callable[..., BrowserContext], part: int, *, english: bool
) -> None:
    pages = pages_of(part)
    assert pages
    faults = look_at(pages, site, open_context, made_world.fresh(), english=english)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_pages_of_faults_have_no_fault(
    made_world: MadeWorld, site: Site, open_context: Callable[..., BrowserContext], *, english: bool
) -> None:
    """What is not there, what is not allowed, and forms that come back with what is missing."""
    world, prefix, language = made_world.fresh(), "/en" if english else "", "en" if english else "sv"
    page = window_of("karin", site, open_context, world, english=english)
    ours = f"{prefix}/arbete/{world.ids['municipality']}"
    together = f"{ours}/samverkan/{world.ids['together']}"
    faults = []

    def look(name: str) -> None:
        shot(page, f"{language}-{name}")
        found = [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
        faults.extend(f"{language} {name}: {fault}" for fault in found)

    for name, path in (("404", "/finns-inte/"), ("403", "/redaktion/")):
        page.goto(prefix + path)
        look(name)
    for name, path, form in (
        ("fault-entry", f"{together}/dagbok/", "form:has(textarea)"),
        ("fault-joint-note", f"{together}/gemensamt/", "form:has(textarea)"),
        ("fault-start", f"{ours}/samverkan/ny/?med={world.ids['unclaimed']}", "form:has(textarea)"),
        ("fault-invitation", f"{prefix}/inbjudan/{world.ids['token']}/", "form:has(textarea)"),
        ("fault-facts", f"{ours}/organisation/uppgifter/", "main form"),
        ("fault-correction", f"{prefix}/organisationer/{world.ids['association']}/stammer-inte/", "form:has(textarea)"),
    ):
        page.goto(path)
        written = page.locator(form).first
        for field in written.locator("input[type=text], textarea").all():
            if field.is_visible():
                field.fill("")
        written.locator("button").last.click()
        page.get_by_role("alert").or_(page.locator(".ds-validation-message")).first.wait_for()
        look(name)
    assert not faults + site.complaints, "\n".join(faults + site.complaints)
