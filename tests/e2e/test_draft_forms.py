"""Every kind of form that keeps what is typed, and the pages that need something to have happened first."""

import pytest
from playwright.sync_api import expect

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Draft, Entry
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, shot
from tests.e2e.typing_in import (
    BOX,
    FIRST,
    HERS,
    HIS,
    JOINT,
    KEPT,
    OFFLINE,
    Open,
    at,
    browser_of,
    faults_of,
    opened,
    status,
    write,
)  # fmt: skip
from tests.people import Together, build_together, build_village
from tests.world import seat_of

pytestmark = pytest.mark.browser


@pytest.fixture
def together(site: Site) -> Together:
    return build_together(build_village())


def test_promise_typed_offline_comes_back_whole(open_context: Open, site: Site, together: Together) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, "ataganden/ny/"))
    context.set_offline(True)
    page.get_by_label("Exempelby byalag").check()
    page.get_by_label("Klart senast").fill("2099-03-12")
    page.locator("[name=what]").fill("Boka biblioteket")
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, "ataganden/ny/"))
    expect(status(page)).to_contain_text(KEPT)
    page.reload()
    expect(page.get_by_label("Exempelby byalag")).to_be_checked()
    expect(page.get_by_label("Exempelby kommun")).not_to_be_checked()
    # Enter saves; it throws nothing away.
    page.locator("[name=what]").press("Enter")
    expect(page.get_by_text("Åtagandet är uppskrivet. Alla parter ser det.")).to_be_visible()
    assert together.collaboration.commitments.get().what == "Boka biblioteket"
    assert not Draft.objects.exists()


def test_what_a_step_leaves_behind_is_kept_and_both_are_seen(
    open_context: Open, site: Site, together: Together
) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, "dagbok/3.2/lamnar/"))
    context.set_offline(True)
    page.locator("[name=goal]").fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    yusuf = seat_of(together, "yusuf")
    actions.save_outcome(by=yusuf, step="3.2", values={"goal": HIS}, joint=True, version=0)
    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, "dagbok/3.2/lamnar/"))
    expect(status(page)).to_contain_text("Någon annan har sparat en ny text medan du skrev.")
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    expect(page.get_by_text(HIS).first).to_be_visible()
    expect(page.locator("[name=goal]")).to_have_value(HERS)
    assert not faults_of(page)
    shot(page, "draft-conflict-outcome")


def test_meeting_typed_offline_shows_both_texts(open_context: Open, site: Site, together: Together) -> None:
    karin, box = seat_of(together, "karin"), "Det vi säger tillsammans"
    meeting = actions.start_meeting(by=karin, questions=["3.2.1"], people=[])
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, f"moten/{meeting.public_id}/3.2.1/"))
    context.set_offline(True)
    page.get_by_role("textbox", name=box).fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    write(together, "yusuf", HIS)
    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, f"moten/{meeting.public_id}/3.2.1/"))
    expect(page.get_by_role("textbox", name=box)).to_have_value(HERS)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Någon annan har sparat medan ni skrev.")).to_be_visible()
    expect(page.get_by_text(HIS)).to_be_visible()
    assert Entry.objects.get().text == HIS


def test_pages_on_the_way_have_no_fault(open_context: Open, site: Site, together: Together) -> None:
    """The question about a personal identity number, and a text shared for comments."""
    karin = seat_of(together, "karin")
    entry = actions.write_entry(by=karin, text=FIRST, circle=Circle.PARTY, place=Place.of("3.2.1"))
    for size in (WIDE, PHONE):
        page = browser_of(open_context, site, together.village.karin, size)[1]
        page.goto(at(together, JOINT))
        page.get_by_label(BOX).fill("Ring 19121212-1212 om detta.")
        page.get_by_role("button", name="Spara för alla parter").click()
        expect(page.get_by_label("Spara ändå")).to_be_visible()
        assert not faults_of(page)
        shot(page, "draft-number")
        page.goto(at(together, f"anteckning/{entry.public_id}/dela/"))
        page.get_by_text("Är det ett utkast som ni vill ha synpunkter på?").click()
        expect(page.locator("[name=comments_until]")).to_be_visible()
        assert not faults_of(page)
        shot(page, "share-comments")
    assert not site.complaints
