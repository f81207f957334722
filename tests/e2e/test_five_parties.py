"""The fourth journey: five parties, one silent. Silence is named with its day, reminded of, and blocks nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle, PhaseAnswer, StepState
from samverka.collaborations.models import Entry, Party
from samverka.collaborations.queries import Seat, seat
from samverka.collaborations.tasks import remind_of_phases
from samverka.organisations.models import Organisation
from samverka.organisations.queries import acting_for
from samverka.web.components.words import day as day_in_words
from tests.collaborations.crowd import more_parties
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import Together, accept_terms, build_together, build_village
from tests.world import client_of, seat_of

pytestmark = pytest.mark.browser
Open = Callable[..., BrowserContext]
SILENT, NOT_YET = "Förening 02", "Vi behöver fråga dem det gäller en gång till."
WORDS = {
    "karin": "De som inte har råd att åka någonstans. Vi har frågat fritidsgårdarna.",
    "yusuf": "De äldre som sitter ensamma när alla andra är på landet. Vi har frågat dem vid kaffet.",
    "neighbour": "Ungdomar i byarna på gränsen. De hör till oss på papper och till er på riktigt.",
    "first": "Barn som slutat med idrott. Vi har inte frågat dem, bara deras gamla tränare.",
}


@pytest.fixture
def together(site: Site) -> Together:
    return build_together(build_village())


def ago(days: int) -> time_machine.travel:
    """So many days ago. No browser is looked at meanwhile."""
    return time_machine.travel(timezone.now() - timedelta(days=days), tick=True)


def at_the_table(together: Together) -> dict[str, Seat]:
    """Two municipalities and three associations; the second of the associations that join will say nothing."""
    village = together.village
    accept_terms(village.neighbour, village.olle)
    Party.objects.create(
        collaboration=together.collaboration, organisation=village.neighbour, state="active",
        joined_at=timezone.now(), contact=village.olle,
    )  # fmt: skip
    first, silent = more_parties(together, 2)
    olle = seat(acting_for(village.olle, village.neighbour.public_id), together.collaboration.public_id)
    seats = {"karin": seat_of(together, "karin"), "yusuf": seat_of(together, "yusuf"), "neighbour": olle}
    return seats | {"first": first, "silent": silent}


def four_of_five_speak(seats: dict[str, Seat]) -> None:
    for name, words in WORDS.items():
        by = seats[name]
        entry = actions.write_entry(by=by, text=words, circle=Circle.PARTY, place=Place.of("1.1.1"))
        actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=entry.version)
    actions.change_step(by=seats["karin"], step="1.1", state=StepState.DONE)
    for name in ("karin", "neighbour", "first"):
        actions.answer_phase(by=seats[name], phase=1, answer=PhaseAnswer.CONFIRMED)
    actions.answer_phase(by=seats["yusuf"], phase=1, answer=PhaseAnswer.NOT_YET, comment=NOT_YET)


def page_of(open_context: Open, site: Site, person: User, size: dict[str, int]) -> Page:
    context = open_context(size)
    enter_as(context, site, client_of(person).cookies["sessionid"].value)
    page = context.new_page()
    site.listen_to(page)
    return page


def at(together: Together, path: str = "", organisation: Organisation | None = None) -> str:
    ours = organisation or together.village.municipality
    return f"/arbete/{ours.public_id}/samverkan/{together.collaboration.public_id}/{path}"


def look(page: Page, name: str) -> None:
    shot(page, f"five-{name}")
    assert not axe_faults(page) + frame_faults(page, "sv", "Samverka")


def test_five_parties_one_silent(open_context: Open, site: Site, together: Together) -> None:
    with ago(22):
        seats = at_the_table(together)
        four_of_five_speak(seats)
    asked = day_in_words(timezone.now() - timedelta(days=22))
    for size in (WIDE, PHONE):
        page = page_of(open_context, site, together.village.karin, size)
        sides_on_the_step(page, together)
        silence_on_the_phase(page, together, asked)
        silence_on_the_first_page(page, together, asked)
    reminded_twice_with_the_matter(open_context, site, together, seats["silent"])
    nothing_is_blocked(page_of(open_context, site, together.village.karin, WIDE), together)
    silent_party_answers(page_of(open_context, site, seats["silent"].user, PHONE), together, seats["silent"])
    assert not site.complaints


def sides_on_the_step(page: Page, together: Together) -> None:
    page.goto(at(together, "dagbok/1.1/"))
    public, civil = page.locator("section.side[data-color=public]"), page.locator("section.side[data-color=civil]")
    expect(public.locator(".side__name")).to_contain_text("2 av 2 har svarat")
    expect(civil.locator(".side__name")).to_contain_text("2 av 3 har svarat")
    expect(public).to_contain_text(WORDS["neighbour"])
    expect(civil).to_contain_text(WORDS["first"])
    expect(civil.locator(".side__silent")).to_have_text(f"Har inte delat något här än: {SILENT}")
    headings = page.locator("section.side :is(h2, h3)").evaluate_all("all => all.map(e => e.tagName)")
    assert headings == ["H2", "H3", "H3"] * 2
    look(page, "step")


def silence_on_the_phase(page: Page, together: Together, asked: str) -> None:
    page.goto(at(together, "fas/1/"))
    silent = page.locator(".voice-list > li", has_text=SILENT)
    expect(silent).to_contain_text(f"Inget svar sedan {asked}")
    expect(page.locator(".voice-list > li", has_text="Exempelby byalag")).to_contain_text("Inte klar än")
    expect(page.get_by_text(NOT_YET, exact=True)).to_be_visible()
    expect(page.locator(".voice-list").get_by_text("Klar", exact=True)).to_have_count(3)
    look(page, "phase")


def silence_on_the_first_page(page: Page, together: Together, asked: str) -> None:
    page.goto(at(together))
    expect(page.get_by_text(f"inget svar från {SILENT} sedan {asked}").first).to_be_visible()
    look(page, "first")


def reminded_twice_with_the_matter(open_context: Open, site: Site, together: Together, silent: Seat) -> None:
    """At 7 and at 21 days, to the silent party and nobody else, with what the others have said."""
    for days_ago in (16, 14, 2, 1):
        with ago(days_ago):
            remind_of_phases()
    mails = [mail for mail in site.mails() if "Är ni klara med" in mail.subject]
    assert [mail.to_addresses for mail in mails] == [silent.user.email] * 2
    for words in ("Exempelby kommun: klar", "Grannby kommun: klar", "Förening 01: klar", "1.1", "/fas/1/"):
        assert words in mails[0].text, words
    for size in (WIDE, PHONE):
        page = open_context(size).new_page()
        page.set_content(mails[0].html)
        shot(page, "five-reminder")


def nothing_is_blocked(page: Page, together: Together) -> None:
    """With one silent and one against, steps are done and the next phase is confirmed."""
    page.goto(at(together, "dagbok/2.2/"))
    page.get_by_role("button", name="Steget är klart").click()
    expect(page.get_by_text("Steg 2.2: klart.")).to_be_visible()
    page.goto(at(together, "fas/2/"))
    page.get_by_label("Ja, klar").check()
    page.get_by_role("button", name="Svara").click()
    expect(page.locator(".voice-list > li", has_text="Exempelby kommun").first).to_contain_text("Klar")
    look(page, "next-phase")


def silent_party_answers(page: Page, together: Together, silent: Seat) -> None:
    page.goto(at(together, "fas/1/", silent.party.organisation))
    page.get_by_label("Ja, klar").check()
    page.get_by_role("button", name="Svara").click()
    expect(page.locator(".voice-list > li", has_text=SILENT)).to_contain_text("Kontakt02 Provsson")
    expect(page.get_by_text("Inget svar sedan")).to_have_count(0)


def test_forty_parties_are_still_readable(open_context: Open, site: Site, together: Together) -> None:
    """Six voices of a side stand open; the rest unfolds, and the silent are named."""
    seats = more_parties(together, 38)
    for by in seats[:30]:
        Entry.objects.create(
            collaboration=together.collaboration, party=by.party, author=by.user, step="1.1", question="1.1.1",
            circle="all", text=f"Det {by.party.name} säger.", shared_at=timezone.now(),
        )  # fmt: skip
    for size in (WIDE, PHONE):
        page = page_of(open_context, site, together.village.karin, size)
        page.goto(at(together, "dagbok/1.1/"))
        civil = page.locator("section.side[data-color=civil]")
        expect(civil.locator(".side__name")).to_contain_text("30 av 39 har svarat")
        expect(civil.locator(".side__silent")).to_contain_text("Förening 38")
        expect(civil.get_by_text("Det Förening 30 säger.")).to_be_hidden()
        look(page, "forty-folded")
        civil.get_by_text("Visa 24 till").click()
        expect(civil.get_by_text("Det Förening 30 säger.")).to_be_visible()
        look(page, "forty-unfolded")
        for name, path in (("forty-phase", "fas/1/"), ("forty-first", "")):
            page.goto(at(together, path))
            look(page, name)
    assert not site.complaints
