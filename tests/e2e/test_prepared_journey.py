"""Issue 3, journey (a): a coordinator prepares alone, an association joins by telephone, both get through a phase.

Nothing is known but the address: no account, no organisation, nobody to write with.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.e2e.at_table import (
    COORDINATOR,
    MUNICIPALITY,
    TITLE,
    VOLUNTEER,
    WHY,
    accept_terms,
    assert_accessible,
    choose_in_register,
    claim_municipality,
    come_in,
    confirm_phase,
    go,
    import_registers,
    mark_done,
    open_step,
    promise,
    save_note,
    say,
    say_yes,
    take_out,
    words_of,
)
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.registers import BEST
from tests.e2e.steps import Site, axe_faults, frame_faults, link_in, shot, sign_in

pytestmark = pytest.mark.browser
GOES_ALONG = "Lärarna säger att trettio barn i Mössebergsskolan saknar någon att läsa läxor med."
STAYS = "Vi vet inte om nämnden har pengar efter nyår."
OUR_GOAL = "Biblioteket är fullt på torsdagar."
THEIR_GOAL = "Föräldrarna vågar komma in och sätta sig."
OUR_NEED, THEIR_NEED = "Barn i årskurs fyra till sex.", "Barnens mammor, de frågar oss varje vecka."
THEIR_OWN = "Vi orkar bara en kväll i veckan."
PROMISE = "Låna ut samlingssalen på torsdagar"


def faults(page: Page) -> list[str]:
    return [*axe_faults(page), *frame_faults(page, "sv", settings.SITE_NAME)]


def test_from_preparing_alone_to_a_confirmed_phase(site: Site, open_page: Callable[..., Page], tmp_path: Path) -> None:
    association = import_registers(BEST, tmp_path).association
    coordinator, volunteer = open_page(WIDE), open_page(PHONE)

    prepare_signed_out(coordinator, tmp_path)
    save_for_the_municipality(coordinator, site)
    write_alone(coordinator)
    invite_and_take_along(coordinator, association)
    answer_on_a_telephone(volunteer, site)
    write_out_of_order(coordinator, volunteer, association)
    promise_something(coordinator, volunteer, association)
    confirm_one_after_the_other(coordinator, volunteer, association)
    check_papers(coordinator, volunteer, association, tmp_path)
    assert not site.complaints


def prepare_signed_out(page: Page, folder: Path) -> None:
    """Choose questions on the public page and take the agenda out as PDF."""
    page.goto("/")
    page.get_by_role("link", name="Förbered ett möte").click()
    page.get_by_label("Vad handlar det om?").fill(TITLE)
    page.get_by_label("Varför behövs det?").fill(WHY)
    page.get_by_label("Vilka är ni?").fill(MUNICIPALITY)
    with page.expect_download() as download:
        page.get_by_role("button", name="Dagordning, PDF").click()
    download.value.save_as(folder / "dagordning.pdf")
    said = words_of(folder / "dagordning.pdf")
    for expected in (TITLE, WHY, "Vems vardag ska bli bättre"):
        assert expected in said, said
    page.get_by_role("button", name="Spara eller bjud in här").click()
    expect(page.get_by_text("Du behöver logga in först")).to_be_visible()


def save_for_the_municipality(page: Page, site: Site) -> None:
    """Sign in as a new person, become the first who acts for the municipality, and find the preparation again."""
    page.get_by_role("link", name="Logga in", exact=True).last.click()
    sign_in(page, site, COORDINATOR, "Sara Samordnare", start="")
    expect(page.get_by_text("Du företräder ingen organisation än")).to_be_visible()
    shot(page, "prepared-no-organisation")
    page.get_by_role("button", name="Leta upp er organisation").click()
    page.wait_for_url("**/organisationer/")
    claim_municipality(page, site, signed_in=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Spara eller bjud in")
    shot(page, "prepared-save")
    page.get_by_role("button", name=re.compile("Spara som en egen förberedelse")).click()
    expect(page.get_by_text("Förberedelsen är sparad")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert faults(page) == []
    shot(page, "prepared-first-page")


def write_alone(page: Page) -> None:
    """Write two notes that only the municipality reads: one will go along, the other will not."""
    page.get_by_role("link", name=re.compile("Se på de .* frågor ni har valt")).click()
    page.get_by_role("link", name=re.compile("Vems vardag ska bli bättre")).first.click()
    for text in (GOES_ALONG, STAYS):
        save_note(page, text, f"Bara vi i {MUNICIPALITY}")
        expect(page.get_by_text(text)).to_be_visible()
    shot(page, "prepared-step")


def invite_and_take_along(page: Page, association: str) -> None:
    """Invite the association; of the two notes one goes along, once the terms are accepted."""
    go(page, "")
    page.get_by_role("link", name="Bjud in den ni vill göra det med").click()
    choose_in_register(page, association)
    page.get_by_role("group", name=association).get_by_role("textbox").fill(VOLUNTEER)
    shot(page, "prepared-invite")
    page.get_by_role("button", name="Skicka inbjudan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad ska följa med?")
    page.get_by_label(re.compile(GOES_ALONG)).check()
    assert faults(page) == []
    shot(page, "prepared-take-along")
    page.get_by_role("button", name="Dela det jag har kryssat för").click()
    accept_terms(page)
    expect(page.get_by_label(re.compile(GOES_ALONG))).to_be_checked()
    page.get_by_role("button", name="Dela det jag har kryssat för").click()
    expect(page.get_by_text("Delat med alla parter: 1")).to_be_visible()
    shot(page, "prepared-invited")


def answer_on_a_telephone(page: Page, site: Site) -> None:
    """Read the mail, answer without an account, and come in."""
    page.goto(link_in(site.mails(VOLUNTEER)[0], "/inbjudan/"))
    expect(page.get_by_text(WHY)).to_be_visible()
    assert faults(page) == []
    shot(page, "prepared-invitation")
    say_yes(page)
    assert faults(page) == []
    shot(page, "prepared-answered")
    come_in(page, site)
    assert faults(page) == []
    shot(page, "prepared-volunteer")


def write_out_of_order(coordinator: Page, volunteer: Page, association: str) -> None:
    """The goal before the need; and of the need they say different things, which stand beside each other."""
    say(volunteer, "3.2", THEIR_GOAL)
    say(coordinator, "3.2", OUR_GOAL)
    open_step(volunteer, "1.1")
    expect(volunteer.get_by_text(GOES_ALONG)).to_be_visible()
    save_note(volunteer, THEIR_OWN, f"Bara vi i {association}")
    say(volunteer, "1.1", THEIR_NEED)
    say(coordinator, "1.1", OUR_NEED)
    volunteer.reload()
    for page, own, others in ((coordinator, STAYS, THEIR_OWN), (volunteer, THEIR_OWN, STAYS)):
        voices = page.locator(".voices")
        for text in (OUR_NEED, THEIR_NEED, GOES_ALONG, own):
            expect(voices.get_by_text(text)).to_be_visible()
        expect(page.get_by_text(others)).to_have_count(0)
        expect(voices.locator("h2, h3").filter(has_text=association).first).to_be_visible()
        assert faults(page) == []
        shot(page, "prepared-voices")


def promise_something(coordinator: Page, volunteer: Page, association: str) -> None:
    """The association promises; the municipality finds it on the first page."""
    promise(volunteer, PROMISE, owner=association, due="2097-03-12")
    shot(volunteer, "prepared-promised")
    go(coordinator, "")
    expect(coordinator.get_by_role("region", name="Åtaganden").get_by_role("link", name=PROMISE)).to_be_visible()
    shot(coordinator, "prepared-standing")


def confirm_one_after_the_other(coordinator: Page, volunteer: Page, association: str) -> None:
    """One confirms; until the other has answered the phase is done according to one. Silence confirms nothing."""
    mark_done(coordinator, "1.1")
    confirm_phase(coordinator, 1)
    between = re.compile(rf"Klar enligt {MUNICIPALITY}; {re.escape(association)} har inte svarat än")
    expect(coordinator.get_by_text(between).first).to_be_visible()
    shot(coordinator, "prepared-phase")
    go(volunteer, "")
    expect(volunteer.get_by_text(between).first).to_be_visible()
    waiting = volunteer.get_by_role("region", name="Väntar på er")
    shot(volunteer, "prepared-waiting")
    waiting.get_by_role("link").first.click()
    expect(volunteer).to_have_url(re.compile("/fas/1/"))
    assert faults(volunteer) == []
    shot(volunteer, "prepared-phase")
    confirm_phase(volunteer, 1)
    expect(volunteer.get_by_text("Klar enligt alla parter").first).to_be_visible()


def check_papers(coordinator: Page, volunteer: Page, association: str, folder: Path) -> None:
    """What is shared stands in every paper; what one party wrote for itself in its own paper and in no other."""
    shared = (TITLE, WHY, association, GOES_ALONG, OUR_NEED, THEIR_NEED, OUR_GOAL, THEIR_GOAL)
    both = re.compile("Det delade och det som är bara för")
    for page, which, own in (
        (coordinator, "Det som är delat", set()),
        (coordinator, both, {STAYS}),
        (volunteer, "Det som är delat", set()),
        (volunteer, both, {THEIR_OWN}),
    ):
        file = take_out(page, folder, which)
        assert_accessible(file, TITLE)
        said = words_of(file)
        assert [text for text in shared if text not in said] == []
        assert {text for text in (STAYS, THEIR_OWN) if text in said} == own
    shot(coordinator, "prepared-about")
