"""The first journey: a municipality finds an association in the register, and the two write together."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.at_table import (
    ALL,
    COORDINATOR,
    ME,
    TITLE,
    VOLUNTEER,
    WHY,
    accept_terms,
    assert_accessible,
    choose_in_register,
    claim_municipality,
    come_in,
    go,
    import_registers,
    open_joint_text,
    open_step,
    save_joint_text,
    save_note,
    say_yes,
    share,
    take_out,
    words_of,
)
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.registers import KINDS
from tests.e2e.steps import Site, link_in, shot

pytestmark = pytest.mark.browser
BoxOpener = Callable[..., Page]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "360"])
@pytest.mark.parametrize("kind", KINDS)
def test_municipality_and_association_write_together(
    site: Site, open_page: BoxOpener, tmp_path: Path, kind: str, viewport: dict[str, int]
) -> None:
    found = import_registers(kind, tmp_path)
    coordinator, volunteer = open_page(viewport), open_page(PHONE)

    claim_municipality(coordinator, site)
    find_in_register(coordinator, found.association)
    invite(coordinator, found.association)
    answer_yes(volunteer, site, found.association)
    write_together(coordinator, volunteer)
    meet_in_conflict(coordinator, volunteer)
    share_a_draft(coordinator, volunteer)
    for page in (coordinator, volunteer):
        check_paper(take_out(page, tmp_path), found.association)
    assert not site.complaints


def find_in_register(page: Page, association: str) -> None:
    """See the association in the public register, with where the facts come from."""
    page.goto("/organisationer/")
    page.get_by_role("searchbox").last.fill(association)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=association, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(association)
    expect(page.get_by_text("Källa:")).to_be_visible()
    shot(page, "journey-organisation")


def invite(page: Page, association: str) -> None:
    """Start the collaboration and invite the association."""
    page.goto("/arbete/")
    page.get_by_role("link", name="Starta en samverkan").first.click()
    shot(page, "journey-choose")
    choose_in_register(page, association)
    page.get_by_label("Vad ska vi göra tillsammans?").fill(TITLE)
    page.get_by_label("Varför?").fill(WHY)
    page.get_by_role("group", name=association).get_by_role("textbox").fill(VOLUNTEER)
    page.get_by_label("En hälsning i mejlet").fill("Hej! Vi pratade om det här på höstmötet.")
    shot(page, "journey-start")
    page.get_by_role("button", name="Starta och skicka inbjudan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("inbjudan är på väg")).to_be_visible()
    shot(page, "journey-waiting")


def answer_yes(page: Page, site: Site, association: str) -> None:
    """Open the mailed link without an account, say yes, and sign in with a code."""
    page.goto(link_in(site.mails(VOLUNTEER)[0], "/inbjudan/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    shot(page, "journey-invitation")
    say_yes(page)
    assert site.mails(COORDINATOR), "the one who asked hears the answer"
    come_in(page, site)
    expect(page.get_by_text(association).first).to_be_visible()
    shot(page, "journey-collaboration-volunteer")


def write_together(coordinator: Page, volunteer: Page) -> None:
    """The association begins at a question; the municipality goes on, once it has accepted the terms."""
    open_step(volunteer, "1.1")
    shot(volunteer, "journey-step-empty")
    open_joint_text(volunteer)
    expect(volunteer.get_by_text("Läses av:")).to_be_visible()
    save_joint_text(volunteer, "Vi börjar på torsdagar i byagården.")
    expect(volunteer.locator("#gemensamt")).to_contain_text("Vi börjar på torsdagar i byagården.")
    coordinator.reload()
    expect(coordinator.get_by_text("Började skriva tillsammans")).to_be_visible()
    expect(coordinator.get_by_text("Yusuf Testberg · ")).to_be_visible()
    open_step(coordinator, "1.1")
    open_joint_text(coordinator)
    accept_terms(coordinator)
    save_joint_text(coordinator, "Vi börjar på torsdagar i byagården, klockan 17.")
    expect(coordinator.locator("#gemensamt")).to_contain_text("klockan 17.")
    volunteer.reload()
    expect(volunteer.locator("#gemensamt")).to_contain_text("klockan 17.")


def meet_in_conflict(coordinator: Page, volunteer: Page) -> None:
    """Both open the text at once; who saves last sees both texts and loses neither."""
    open_joint_text(coordinator)
    open_joint_text(volunteer)
    save_joint_text(volunteer, "Vi börjar på onsdagar.")
    expect(volunteer.locator("#gemensamt")).to_contain_text("Vi börjar på onsdagar.")
    save_joint_text(coordinator, "Vi börjar på fredagar.")
    expect(coordinator.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    expect(coordinator.get_by_text("Vi börjar på onsdagar.")).to_be_visible()
    expect(coordinator.get_by_label("Det vi skriver tillsammans")).to_have_value(re.compile("fredagar"))
    shot(coordinator, "journey-conflict")
    save_joint_text(coordinator, "Vi börjar på onsdagar. Fredagar prövar vi i vår.")
    expect(coordinator.locator("#gemensamt")).to_contain_text("Fredagar prövar vi i vår.")


def share_a_draft(coordinator: Page, volunteer: Page) -> None:
    """A draft is the author's own until it is shared on a page that says what sharing means."""
    draft = "Kommunen kan stå för fika och lokal till jul."
    go(coordinator, "dagbok/")
    shot(coordinator, "journey-diary")
    save_note(coordinator, draft, ME)
    expect(coordinator.get_by_text(draft)).to_be_visible()
    go(volunteer, "dagbok/")
    expect(volunteer.get_by_text(draft)).to_have_count(0)
    coordinator.get_by_role("link", name="Dela med fler").click()
    shot(coordinator, "journey-share")
    share(coordinator)
    expect(coordinator.get_by_text("Anteckningen är delad").first).to_be_visible()
    expect(coordinator.get_by_label(ALL)).not_to_be_checked()
    volunteer.reload()
    expect(volunteer.get_by_text(draft)).to_be_visible()
    shot(volunteer, "journey-shared")


def check_paper(file: Path, association: str) -> None:
    """The paper is accessible and holds what was shared."""
    assert_accessible(file, TITLE)
    said = words_of(file)
    for expected in (TITLE, association, "Fredagar prövar vi i vår.", "fika och lokal till jul"):
        assert expected in said, said
