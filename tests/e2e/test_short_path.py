"""Issue 3, journey (b): the short path, from the first need to the check-up and what comes after it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samverka.accounts.models import User
from samverka.organisations.models import Membership, Organisation
from tests.e2e.at_table import (
    MUNICIPALITY,
    confirm_phase,
    go,
    import_registers,
    leave_behind,
    mark_done,
    open_step,
    promise,
    say,
)
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.registers import BEST
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import Village, build_together, person
from tests.world import client_of

pytestmark = pytest.mark.browser
Open = Callable[..., BrowserContext]
PURPOSE = "Barn ska få hjälp med läxorna på ett språk de förstår."
GOAL = "På torsdagar sitter minst tjugo barn i byagården och läser."
KEPT, BROKEN = "Öppna byagården klockan 17", "Trycka upp en lapp på tre språk"


def faults(page: Page) -> list[str]:
    return [*axe_faults(page), *frame_faults(page, "sv", settings.SITE_NAME)]


def table(association: str) -> Village:
    """Two people who act for organisations of the imported register, and something they have begun."""
    municipality = Organisation.objects.get(name=MUNICIPALITY)
    other = Organisation.objects.get(name=association)
    people = {"karin": person("Karin"), "yusuf": person("Yusuf")}
    for name, organisation in (("karin", municipality), ("yusuf", other)):
        Membership.objects.create(user=people[name], organisation=organisation, role="administrator")
    unit = municipality.units.create(name="Bildningsnämnden", kind="committee")
    return Village(municipality, unit, other, municipality, people)


def window(open_context: Open, site: Site, who: User, size: dict[str, int], address: str) -> Page:
    context = open_context(size)
    enter_as(context, site, client_of(who).cookies[settings.SESSION_COOKIE_NAME].value)
    page = context.new_page()
    site.listen_to(page)
    page.goto(address)
    return page


def test_short_path_from_need_to_check_up(site: Site, open_context: Open, tmp_path: Path) -> None:
    association = import_registers(BEST, tmp_path).association
    village = table(association)
    collaboration = build_together(village).collaboration.public_id
    karin, yusuf = (
        window(open_context, site, who, size, f"/arbete/{ours.public_id}/samverkan/{collaboration}/")
        for who, size, ours in (
            (village.karin, PHONE, village.municipality),
            (village.yusuf, WIDE, village.association),
        )
    )
    agree_on_why_and_where(karin, yusuf)
    promise_and_decide(karin, yusuf, association)
    look_at_first_page(karin, yusuf)
    answer_what_was_heard(yusuf)
    check_up(karin, yusuf)
    go_on(karin)
    assert not site.complaints


def agree_on_why_and_where(karin: Page, yusuf: Page) -> None:
    """1.1, 3.2 and 3.3: why, where to, and what one does not promise."""
    say(karin, "1.1", "Lärarna har frågat tolv familjer.")
    leave_behind(karin, "1.1", {"Syfte": PURPOSE, "Målgrupp": "Barn i årskurs 4 till 6"})
    assert faults(karin) == []
    shot(karin, "short-purpose")
    goal = {
        "Om ett år kan en utomstående se att": GOAL,
        "Tecken på att vi är på väg, och vem som håller koll": "Tjugo barn till jul\nFyra språk",
        "Då ser vi efter": "2027-06-01",
    }
    leave_behind(yusuf, "3.2", goal)
    shot(yusuf, "short-goal")
    leave_behind(yusuf, "3.3", {"Det här gör vi inte, och varför": "Vi skjutsar inte barnen hem."})
    for code in ("1.1", "3.2", "3.3"):
        mark_done(karin, code)


def promise_and_decide(karin: Page, yusuf: Page, association: str) -> None:
    """4.2 and 4.5: who does what by when, and that each has said yes at home."""
    promise(yusuf, KEPT, owner=association, due="2097-02-04")
    promise(karin, BROKEN, owner=MUNICIPALITY, due="2097-02-01")
    shot(karin, "short-promise")
    open_step(karin, "4.5")
    karin.locator("#lamnar").get_by_role("link", name="Skriv upp ert beslut").click()
    karin.get_by_label("Vad är beslutat?").fill("Nämnden står för lokal och fika")
    karin.get_by_label("Vem har beslutat?").fill("Bildningsnämnden")
    karin.get_by_label("Beslutets datum").fill("2026-11-20")
    karin.get_by_label("Gäller till och med").fill("2027-12-31")
    shot(karin, "short-decision")
    karin.get_by_role("button", name="Skriv upp beslutet").click()
    expect(karin.get_by_text("Beslutet är uppskrivet")).to_be_visible()


def look_at_first_page(*pages: Page) -> None:
    """The first page tells why, where to, who has promised what, and what is decided."""
    for page in pages:
        go(page, "")
        for text in (PURPOSE, GOAL, KEPT, BROKEN, "Nämnden står för lokal och fika"):
            expect(page.get_by_text(text).first).to_be_visible()
        assert faults(page) == []
        shot(page, "short-first-page")


def answer_what_was_heard(page: Page) -> None:
    """5.3: what was heard, and what was answered."""
    heard = {"Det vi har hört": "Det är mörkt på parkeringen.", "Våra svar med skäl": "Lampan byts före jul."}
    leave_behind(page, "5.3", heard)
    shot(page, "short-answer")


def check_up(karin: Page, yusuf: Page) -> None:
    """6.1: one promise was kept and one was not."""
    open_step(yusuf, "6.1")
    shot(yusuf, "short-check-up")
    settle(yusuf, KEPT, "Hållet")
    settle(karin, BROKEN, "Brutet", "Tryckeriet blev sent.")
    shot(karin, "short-broken")
    leave_behind(karin, "6.1", {"Nästa avstämning": "2027-05-06"})
    mark_done(karin, "6.1")
    for page in (karin, yusuf):
        confirm_phase(page, 6)
    expect(yusuf.get_by_text("Klar enligt alla parter").first).to_be_visible()


def settle(page: Page, what: str, became: str, why: str = "") -> None:
    go(page, "ataganden/")
    page.get_by_role("link", name=what).first.click()
    page.get_by_label("Vad hände?").fill(why)
    page.get_by_role("button", name=became).click()
    expect(page.get_by_text("Sparat. Alla parter ser det.")).to_be_visible()


def go_on(page: Page) -> None:
    """7.1: decide to go on, with the reasons."""
    open_step(page, "7.1")
    page.locator("#lamnar").get_by_role("link", name="Skriv tillsammans").click()
    page.get_by_label("Fortsätta", exact=True).check()
    page.get_by_label("Skälen, och vem som har beslutat").fill("Barnen kommer, och lärarna märker det.")
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Barnen kommer, och lärarna märker det.")).to_be_visible()
    shot(page, "short-go-on")
    go(page, "")
    shot(page, "short-last-page")
