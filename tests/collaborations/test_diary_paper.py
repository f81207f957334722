"""The diary on paper: in the model's order, each circle respected."""

import pytest

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle
from samverka.collaborations.exports import OWN, SHARED, DiaryOnPaper, diary_on_paper
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


def test_note_of_the_step_stands_after_its_questions(written: Together) -> None:
    paper = diary_on_paper(seat_of(written, "yusuf"), OWN)
    assert [place.heading for place in paper.steps[0].places][-1] == "Anteckningar om steget"
