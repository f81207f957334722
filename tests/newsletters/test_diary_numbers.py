"""Diary numbers: how they look, typed, and drawn without a gap by two at once."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samverka.kernel.errors import NotAllowed, Refused
from samverka.newsletters.actions.senders import draw_diary_number, save_sender, set_diary_number
from samverka.newsletters.diary_numbers import drawn_number, pattern_fault
from samverka.newsletters.models import DiarySeries, Issue
from tests.newsletters.issues import issue_of
from tests.people import Village, build_village


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{number:04}/{year:2}", "0531/20"),
        ("KSN-{year}-{number}", "KSN-2020-531"),
        ("{year:4}/{number:05}", "2020/00531"),
    ],
)
def test_number_looks_as_the_pattern(pattern: str, said: str) -> None:
    assert drawn_number(pattern, 531, 2020) == said
    assert not pattern_fault(pattern)


@pytest.mark.parametrize(
    "pattern", ["{number}", "0001/{year}", "{number}/{year}/{unit}", "{number:4}/{year}", "{number}/{year:3}"]
)
def test_wrong_pattern_is_told(village: Village, pattern: str) -> None:
    assert pattern_fault(pattern)
    with pytest.raises(Refused):
        save_sender(by=village.karin, organisation=village.municipality, values={"diary_pattern": pattern})


def test_numbers_are_drawn_in_order(village: Village) -> None:
    year = f"{timezone.localdate():%y}"
    for said in (f"0001/{year}", f"0002/{year}"):
        issue = issue_of(village.municipality, diary_number="")
        assert draw_diary_number(by=village.karin, issue_id=issue.public_id).diary_number == said
        with pytest.raises(Refused):
            draw_diary_number(by=village.karin, issue_id=issue.public_id)


def test_number_that_is_undone_leaves_no_gap(village: Village) -> None:
    issue = issue_of(village.municipality, diary_number="")
    with pytest.raises(RuntimeError), transaction.atomic():
        draw_diary_number(by=village.karin, issue_id=issue.public_id)
        raise RuntimeError
    assert draw_diary_number(by=village.karin, issue_id=issue.public_id).diary_number.startswith("0001/")


def test_number_is_typed_by_those_who_may(village: Village) -> None:
    issue = issue_of(village.municipality, diary_number="")
    assert (
        set_diary_number(by=village.karin, issue_id=issue.public_id, number=" KS 2027-1 ").diary_number == "KS 2027-1"
    )
    with pytest.raises(NotAllowed):
        set_diary_number(by=village.olle, issue_id=issue.public_id, number="1")


def test_sender_without_series_draws_none(village: Village) -> None:
    issue = issue_of(village.municipality, diary_number="")
    village.municipality.sender.diary_pattern = ""
    village.municipality.sender.save()
    with pytest.raises(Refused):
        draw_diary_number(by=village.karin, issue_id=issue.public_id)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers() -> None:
    village = build_village()
    issues = [issue_of(village.municipality, diary_number="") for _turn in range(6)]
    gate, faults = threading.Barrier(len(issues)), list[Any]()

    def draw(issue: Issue) -> None:
        try:
            gate.wait(timeout=20)
            draw_diary_number(by=None, issue_id=issue.public_id)
        except BaseException as fault:  # the test tells of it
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=draw, args=(issue,)) for issue in issues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not faults
    drawn = sorted(Issue.objects.values_list("diary_number", flat=True))
    assert [number.partition("/")[0] for number in drawn] == [f"{number:04}" for number in range(1, 7)]
    assert DiarySeries.objects.get().last == 6
