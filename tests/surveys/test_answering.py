"""Answers on the way: rows that are added, never over one another."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.surveys.actions import add_row, begin, confirm_answers, note_presence, remove_row
from samverka.surveys.actions.presence import THERE
from samverka.surveys.models import Answer, Asked, Presence
from samverka.surveys.personal_data import purge_presence
from samverka.surveys.sheet import progress_of, sheet_of
from tests.questionnaires.forms import agreements

from .answering import asked_in, holder, open_round, save, values, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Asked:
    return asked_in(open_round())


@pytest.fixture
def about_agreements(db: None) -> Asked:
    return asked_in(open_round(version_of(agreements())))


def test_answer_is_added_as_a_version_with_its_author(asked: Asked) -> None:
    assert save(holder(asked), "en_vag_in", "yes").version == 1
    assert save(holder(asked, "Yusuf"), "en_vag_in", "no", base=1).version == 2
    rows = Answer.objects.filter(asked=asked).order_by("version")
    assert [(row.version, row.value, row.author) for row in rows] == [(1, "yes", "Karin"), (2, "no", "Yusuf")]
    asked.refresh_from_db()
    assert (asked.state, bool(asked.begun_at), bool(asked.opened_at)) == ("begun", True, True)


def test_saving_is_one_statement_when_the_form_is_begun(asked: Asked) -> None:
    save(holder(asked), "en_vag_in", "yes")
    by = holder(asked)
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        save(by, "en_vag_in", "no", base=1)
    assert len(asked_for) == 1


def test_second_of_two_on_the_same_version_gets_the_others_text(asked: Asked) -> None:
    save(holder(asked), "kontakt", "Kansliet")
    lost = save(holder(asked, "Yusuf"), "kontakt", "Fritid")
    assert lost.theirs is not None
    assert (lost.theirs.value, lost.theirs.author, lost.version) == ("Kansliet", "Karin", 1)
    assert values(asked, "kontakt") == ["Kansliet"]


def test_same_answer_twice_is_one_version(asked: Asked) -> None:
    assert save(holder(asked), "kontakt", "Kansliet").version == 1
    again = save(holder(asked, "Yusuf"), "kontakt", "Kansliet")
    assert (again.version, again.theirs) == (1, None)
    assert save(holder(asked), "en_vag_in", None).version == 0
    assert values(asked, "en_vag_in") == []


def test_answer_can_be_taken_away(asked: Asked) -> None:
    save(holder(asked), "kontakt", "Kansliet")
    assert save(holder(asked), "kontakt", None, base=1).version == 2
    assert sheet_of(holder(asked).asked).answers().get("kontakt") is None


@pytest.mark.parametrize(
    ("of_round", "of_asked"), [({"state": "closed"}, {}), ({"state": "prepared"}, {}), ({}, {"state": "declined"})]
)
def test_form_that_takes_no_answers_says_why(of_round: dict[str, Any], of_asked: dict[str, Any]) -> None:
    asked = asked_in(open_round(**of_round), **of_asked)
    with pytest.raises(Refused):
        save(holder(asked), "kontakt", "Kansliet")
    assert not Answer.objects.exists()


def test_opened_is_noted_once_and_only_by_a_person(asked: Asked) -> None:
    begin(by=holder(asked))
    asked.refresh_from_db()
    first = asked.opened_at
    begin(by=holder(asked))
    asked.refresh_from_db()
    assert (asked.state, asked.opened_at, asked.begun_at) == ("opened", first, None)


def test_one_who_declined_may_take_part_after_all(db: None) -> None:
    asked = asked_in(open_round(), state="declined", declined_why="Ingen tid")
    begin(by=holder(asked))
    asked.refresh_from_db()
    assert (asked.state, asked.declined_why) == ("opened", "")
    assert AuditEntry.objects.filter(action="asked.takes_part_after_all").exists()


def test_suggestion_counts_first_when_somebody_says_yes(asked: Asked) -> None:
    Answer.objects.create(asked=asked, code="kontakt", version=1, value="Kansliet", origin="last_round",
                          is_confirmed=False)  # fmt: skip
    by = holder(asked)
    assert sheet_of(by.asked).answers(confirmed=True).get("kontakt") is None
    assert confirm_answers(by=by, places=[("kontakt", -1), ("en_vag_in", -1)]) == 1
    kept = sheet_of(by.asked).newest["kontakt", -1]
    assert (kept.is_confirmed, kept.origin, kept.version, kept.author) == (True, "last_round", 2, "Karin")
    assert sheet_of(by.asked).answers(confirmed=True)["kontakt"] == "Kansliet"


def test_rows_come_and_go_and_numbers_are_not_used_again(about_agreements: Asked) -> None:
    by = holder(about_agreements)
    save(by, "motpart", "Öby", row=0)
    add_row(by=by, group="avtal")
    remove_row(by=by, group="avtal", number=1)
    add_row(by=by, group="avtal")
    save(by, "motpart", "Åby", row=2)
    assert values(about_agreements, "avtal") == [[0, 1], [0], [0, 2]]
    assert sheet_of(by.asked).answers()["avtal"] == [{"motpart": "Öby"}, {"motpart": "Åby"}]


def test_row_that_somebody_writes_in_after_it_was_taken_away_is_there_again(about_agreements: Asked) -> None:
    by = holder(about_agreements)
    save(by, "motpart", "Öby", row=0)
    remove_row(by=by, group="avtal", number=0)
    assert sheet_of(by.asked).answers()["avtal"] == []
    save(holder(about_agreements, "Yusuf"), "belopp", "7", row=0)
    assert [row.get("motpart") for row in sheet_of(by.asked).answers()["avtal"]] == ["Öby"]


def test_only_repeated_groups_have_rows(about_agreements: Asked) -> None:
    for group in ("kommun", "saknas"):
        with pytest.raises(NotVisible):
            add_row(by=holder(about_agreements), group=group)


def test_what_is_typed_wrong_is_kept_and_never_counts(asked: Asked) -> None:
    by = holder(asked)
    save(by, "samordnare", "yes")
    save(by, "samordnare_tjanster", {"typed": ["många"], "beside": ""})
    sheet = sheet_of(by.asked)
    assert sheet.answers()["samordnare_tjanster"] is None
    assert "många" in sheet.faults()["samordnare_tjanster", None]


def test_table_is_one_question_in_the_count(asked: Asked) -> None:
    from samverka.questionnaires.reading import engine_of
    from samverka.surveys.blocks import block_with

    by = holder(asked)
    engine = engine_of(by.asked.round.version)
    block = block_with(engine.definition, "block_2")
    assert block is not None
    save(by, "djup_kultur", "inget")
    sheet = sheet_of(by.asked)
    today = by.asked.round.opened_at.date()
    assert progress_of(sheet, engine.evaluate(sheet.answers(), today=today), block) == (0, 5)
    for question in block.questions():
        if question.code.startswith("djup_"):
            save(by, question.code, "kontakt", base=sheet.version((question.code, -1)))
    sheet = sheet_of(by.asked)
    assert progress_of(sheet, engine.evaluate(sheet.answers(), today=today), block) == (1, 5)


def test_presence_tells_who_else_is_there_and_is_forgotten(asked: Asked) -> None:
    assert note_presence(by=holder(asked), key="a", block="block_1") == []
    (there,) = note_presence(by=holder(asked, "Yusuf"), key="b", block="block_2")
    assert (there.name, there.block) == ("Karin", "block_1")
    note_presence(by=holder(asked), key="a", block="block_3")
    assert Presence.objects.count() == 2
    old = Presence.objects.get(key="a").seen_at - THERE
    Presence.objects.filter(key="a").update(seen_at=old)
    assert note_presence(by=holder(asked, "Yusuf"), key="b", block="block_2") == []
    Presence.objects.update(seen_at=old.replace(year=old.year - 1))
    assert purge_presence() == 2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["Karin", "Yusuf"]), st.integers(0, 3), st.sampled_from(["a", "b", None]))))
def test_versions_are_whole_and_each_accepted_answer_is_one_of_them(
    asked: Asked, steps: list[tuple[str, int, str | None]]
) -> None:
    """However two people save from whatever version they saw, nothing is written over and nothing twice."""
    Answer.objects.all().delete()
    expected: list[str | None] = []
    for name, behind, value in steps:
        base = max(0, len(expected) - behind)
        done = save(holder(asked, name), "kontakt", value, base=base)
        standing = expected[-1] if expected else None
        if base == len(expected) and value != standing:
            expected.append(value)
        assert (done.theirs is None) == (value == (expected[-1] if expected else None))
        assert values(asked, "kontakt") == expected
    versions = Answer.objects.filter(asked=asked).order_by("version").values_list("version", flat=True)
    assert list(versions) == list(range(1, len(expected) + 1))
