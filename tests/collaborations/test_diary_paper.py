"""The diary on paper: in the model's order, each circle respected."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle, PhaseAnswer
from samverka.collaborations.exports import OWN, SHARED, DiaryOnPaper, diary_on_paper
from samverka.collaborations.queries import Seat, version_of
from tests.people import Together
from tests.world import seat_of


def said(paper: DiaryOnPaper) -> list[str]:
    """Every text of the paper."""
    places = [paper.whole, *(place for step in paper.steps for place in step.places)]
    return [note.text for place in places for note in place.notes] + [p.joint.text for p in places if p.joint]


@pytest.fixture
def written(together: Together) -> Together:
    """A text in each circle, at three places, written out of order."""
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    for by, text, code in ((yusuf, "Byalagets delade", "4.2.1"), (karin, "Kommunens delade", "1.1.2")):
        entry = actions.write_entry(by=by, text=text, place=Place.of(code))
        actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    actions.write_entry(by=karin, text="Kommunens egen", circle=Circle.PARTY, place=Place.of("1.1.2"))
    actions.write_entry(by=yusuf, text="Byalagets egen", circle=Circle.PARTY, place=Place.of("1.1"))
    actions.write_entry(by=karin, text="Karins utkast", place=Place.of("1.1.2"))
    actions.write_joint_note(by=karin, text="Gemensamt", version=0, place=Place.of("1.1.2"))
    return together


def test_steps_come_in_the_order_of_the_model(written: Together) -> None:
    paper = diary_on_paper(seat_of(written, "karin"), SHARED)
    assert [step.code for step in paper.steps] == ["1.1", "4.2"]


def test_shared_paper_holds_what_all_read_and_nothing_else(written: Together) -> None:
    for name in ("karin", "yusuf", "rut"):
        paper = diary_on_paper(seat_of(written, name), SHARED)
        assert set(said(paper)) == {"Byalagets delade", "Kommunens delade", "Gemensamt"}


def test_own_paper_holds_the_partys_own_too_and_no_drafts(written: Together) -> None:
    assert set(said(diary_on_paper(seat_of(written, "karin"), OWN))) == {
        "Byalagets delade", "Kommunens delade", "Gemensamt", "Kommunens egen",
    }  # fmt: skip
    assert "Byalagets egen" in said(diary_on_paper(seat_of(written, "fatima"), OWN))


def printed(paper: DiaryOnPaper) -> str:
    """The paper's words, as one reads them from top to bottom."""
    html = render_to_string("pdf/collaboration.html", {"paper": paper, "title": "Läxläsning", "language": "sv"})
    return " ".join(unescape(strip_tags(html.partition("<main>")[2])).split())


def test_readers_are_named_once_for_what_all_read_and_at_each_text_that_they_do_not(written: Together) -> None:
    shared, own = (printed(diary_on_paper(seat_of(written, "karin"), which)) for which in (SHARED, OWN))
    parties = "Exempelby kommun och Exempelby byalag"
    assert f"Innehåller det som alla parter läser: {parties}." in shared
    assert "Läses av" not in shared
    assert f"alla parter läser ({parties}) och det som bara Exempelby kommun läser. Utkast" in own
    assert own.count("Läses av") == 1
    assert own.index("Läses av: Exempelby kommun. Kommunens egen") > own.index("Kommunens delade")


def test_who_and_when_stand_before_each_text(written: Together) -> None:
    words = printed(diary_on_paper(seat_of(written, "karin"), SHARED))
    assert re.search(r"Exempelby kommun, Karin Provsson, delad .{10,40}\. Kommunens delade", words)
    assert re.search(r"Det vi skriver tillsammans, senast ändrad av Karin Provsson, .{10,40}\. Gemensamt", words)


def test_note_of_the_step_stands_after_its_questions(written: Together) -> None:
    paper = diary_on_paper(seat_of(written, "yusuf"), OWN)
    assert [place.heading for place in paper.steps[0].places][-1] == "Anteckningar om steget"


def test_what_steps_left_behind_is_printed_with_their_circles(written: Together) -> None:
    karin, yusuf = seat_of(written, "karin"), seat_of(written, "yusuf")
    leave(karin, "3.2", joint=True, goal="Trettio barn")
    leave(karin, "3.1", joint=False, needs="Kommunens behov")
    leave(yusuf, "3.1", joint=False, needs="Byalagets behov")

    def left(name: str, which: str) -> set[str]:
        paper = diary_on_paper(seat_of(written, name), which)
        found = [outcome for step in paper.steps for outcome in step.outcomes]
        return {line for outcome in found for _label, lines in outcome.fields for line in lines}

    assert left("yusuf", SHARED) == {"Trettio barn"}
    assert left("karin", OWN) == {"Trettio barn", "Kommunens behov"}
    assert left("yusuf", OWN) == {"Trettio barn", "Byalagets behov"}


def leave(by: Seat, step: str, *, joint: bool, **values: str) -> None:
    view = by.model.step(step) if by.model else None
    assert view is not None
    actions.save_outcome(by=by, step=step, values=values, joint=joint, version=version_of(by, view, None, joint=joint))


def test_promises_mandates_and_decisions_are_printed(written: Together) -> None:
    karin = seat_of(written, "karin")
    actions.make_commitment(by=karin, what="Låsa upp", owners=[karin.party.public_id])
    actions.write_mandate(by=karin, person="Karin Provsson", may_promise="Lokal")
    actions.record_decision(by=karin, what="Lokal i ett år", decided_by="Nämnden", decided_on=timezone.localdate())
    paper = diary_on_paper(seat_of(written, "yusuf"), SHARED)
    assert [promise.commitment.what for promise in paper.promises] == ["Låsa upp"]
    assert [mandate.person for mandate in paper.mandates] == ["Karin Provsson"]
    assert [decision.what for decision in paper.decisions] == ["Lokal i ett år"]
    assert [step.said for step in paper.steps if step.code == "4.2"] == ["Pågår"]


def test_answers_on_phases_and_meetings_are_printed(together: Together) -> None:
    actions.answer_phase(by=seat_of(together, "yusuf"), phase=1, answer=PhaseAnswer.CONFIRMED, comment="Vi är överens")
    meeting = actions.start_meeting(by=seat_of(together, "karin"), questions=["1.1.1"], people=[])
    paper = diary_on_paper(seat_of(together, "rut"), SHARED)
    assert [(one.phase.number, [voice.party.side for voice in one.confirmed]) for one in paper.phases] == [
        (1, ["civil"])
    ]
    assert paper.meetings == (meeting,)
