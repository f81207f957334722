"""The answers to the six principles, beside each other."""

import pytest

from samverka.collaborations.principles import KEYS, PRINCIPLES, distance, widest


@pytest.mark.parametrize(
    ("answers", "steps"),
    [(["1", "5"], 4), (["4", "4"], 0), (["0", "5"], 0), (["2"], 0), ([], 0), (["1", "3", "0", "2"], 2)],
)
def test_distance_is_between_those_who_know(answers: list[str], steps: int) -> None:
    assert distance([{"answer": answer} for answer in answers]) == steps


def test_comment_without_an_answer_has_no_distance() -> None:
    assert distance([{"comment": "Svårt att säga"}, {"answer": "5"}]) == 0


def test_widest_gap_is_marked_also_when_two_are_alike() -> None:
    apart, near, same = [{"answer": "1"}, {"answer": "4"}], [{"answer": "3"}, {"answer": "4"}], [{"answer": "2"}] * 2
    assert widest({"dialogue": apart, "quality": near, "openness": apart}) == {"dialogue", "openness"}
    assert widest({"dialogue": same}) == frozenset()
    assert widest({}) == frozenset()


def test_there_are_six_with_mirrored_statements() -> None:
    assert len(set(KEYS)) == 6
    for principle in PRINCIPLES:
        assert str(principle.statement("public")) != str(principle.statement("civil"))
        for said in (principle.public, principle.civil):
            assert str(said).count(".") == 1, "one claim"
