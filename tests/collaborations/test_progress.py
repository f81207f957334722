"""How far the parties have come: effects of the actions, and where phases stand as time goes."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.collaborations import actions
from samverka.collaborations.enums import PhaseAnswer, StepState
from samverka.collaborations.models import PhaseConfirmation, StepChange
from samverka.collaborations.queries import PhaseState, people_on_both_sides, phase_standing, progress_of
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.organisations.models import Membership
from tests.people import Together
from tests.world import seat_of

from .crowd import more_parties

DONE, UNDER_WAY, REOPENED = StepState.DONE, StepState.UNDER_WAY, StepState.REOPENED
CONFIRMED, NOT_YET = PhaseAnswer.CONFIRMED, PhaseAnswer.NOT_YET


def on(day: int, month: int = 3) -> time_machine.travel:
    return time_machine.travel(datetime(2027, month, day, 12, tzinfo=UTC), tick=False)


def test_step_is_done_at_once_in_any_order(together: Together) -> None:
    actions.change_step(by=seat_of(together, "yusuf"), step="7.5", state=DONE)
    assert progress_of(seat_of(together, "karin")).state_of("7.5") == DONE


def test_change_says_who_for_whom_and_is_in_both_logs(together: Together) -> None:
    change = actions.change_step(by=seat_of(together, "fatima"), step="3.2", state=DONE)
    assert change is not None
    assert (change.by, change.party) == (together.village.fatima, together.civil_party)
    rows = AuditEntry.objects.filter(action="step.done")
    assert {row.organisation_id for row in rows} == {
        together.village.municipality.public_id,
        together.village.association.public_id,
    }


def test_change_to_where_it_stands_adds_no_row(together: Together) -> None:
    for name in ("karin", "yusuf"):
        actions.change_step(by=seat_of(together, name), step="3.2", state=DONE)
    assert StepChange.objects.count() == 1


def test_way_that_is_not_in_the_table_is_refused(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.change_step(by=karin, step="3.2", state=DONE)
    with pytest.raises(Refused, match="Klart"):
        actions.change_step(by=karin, step="3.2", state=UNDER_WAY)


def test_opening_again_needs_a_reason(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.change_step(by=karin, step="3.2", state=DONE)
    with pytest.raises(Refused):
        actions.change_step(by=karin, step="3.2", state=REOPENED, reason="  ")
    change = actions.change_step(by=karin, step="3.2", state=REOPENED, reason="Målet höll inte")
    assert change is not None
    assert change.reason == "Målet höll inte"
    assert "Målet" not in str(AuditEntry.objects.filter(action="step.reopened").values_list("changes", flat=True))


def test_reopened_step_is_done_again(together: Together) -> None:
    karin = seat_of(together, "karin")
    for state in (DONE, REOPENED, DONE, REOPENED):
        actions.change_step(by=karin, step="3.2", state=state, reason="Nytt läge")
    assert progress_of(karin).state_of("3.2") == REOPENED


def test_step_the_model_lacks_is_not_visible(together: Together) -> None:
    with pytest.raises(NotVisible):
        actions.change_step(by=seat_of(together, "karin"), step="9.9", state=DONE)


def test_registrar_changes_no_step(together: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.change_step(by=seat_of(together, "rut"), step="3.2", state=DONE)


def test_ended_collaboration_changes_no_step(together: Together) -> None:
    together.collaboration.state, together.collaboration.ended_at = "ended", together.collaboration.created_at
    together.collaboration.save()
    with pytest.raises(NotAllowed):
        actions.change_step(by=seat_of(together, "karin"), step="3.2", state=DONE)


def test_change_moves_the_collaboration_up_in_the_list(together: Together) -> None:
    with on(12):
        actions.change_step(by=seat_of(together, "karin"), step="3.2", state=DONE)
    together.collaboration.refresh_from_db()
    assert together.collaboration.changed_at.date().isoformat() == "2027-03-12"


def test_activity_begins_a_step_once_and_never_opens_a_done_one(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.note_activity(by=karin, step="1.1")
    actions.note_activity(by=karin, step="1.1")
    assert [row.state for row in StepChange.objects.all()] == [UNDER_WAY]
    actions.change_step(by=karin, step="1.1", state=DONE)
    actions.note_activity(by=karin, step="1.1")
    assert progress_of(karin).state_of("1.1") == DONE


@pytest.mark.parametrize("step", ["", "9.9"])
def test_activity_outside_the_steps_is_left_alone(together: Together, step: str) -> None:
    actions.note_activity(by=seat_of(together, "karin"), step=step)
    assert not StepChange.objects.exists()


def test_confirming_needs_the_permission(together: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.answer_phase(by=seat_of(together, "fatima"), phase=1, answer=CONFIRMED)
    with pytest.raises(NotAllowed):
        actions.answer_phase(by=seat_of(together, "rut"), phase=1, answer=CONFIRMED)
    assert not PhaseConfirmation.objects.exists()


def test_permission_for_another_unit_confirms_nothing(together: Together) -> None:
    village = together.village
    Membership.objects.create(
        user=village.kim, organisation=village.municipality, unit=village.committee, role="decision_maker"
    )
    Membership.objects.create(user=village.kim, organisation=village.municipality, role="member")
    with pytest.raises(NotAllowed):
        actions.answer_phase(by=seat_of(together, "kim"), phase=1, answer=CONFIRMED)


def test_person_on_both_sides_confirms_for_neither(together: Together) -> None:
    village = together.village
    Membership.objects.create(user=village.karin, organisation=village.association, role="administrator")
    with pytest.raises(Refused, match="mer än en part"):
        actions.answer_phase(by=seat_of(together, "karin"), phase=1, answer=CONFIRMED)
    assert [(found.person, found.organisations) for found in people_on_both_sides(together.collaboration)] == [
        ("Karin Provsson", ("Exempelby byalag", "Exempelby kommun"))
    ]
    actions.change_step(by=seat_of(together, "karin"), step="1.1", state=DONE)
    assert AuditEntry.objects.filter(action="step.done", changes__both_sides=True).count() == 2


def test_registrar_of_both_sides_is_not_named(together: Together) -> None:
    Membership.objects.create(user=together.village.rut, organisation=together.village.association, role="registrar")
    assert people_on_both_sides(together.collaboration) == []


def test_not_yet_needs_a_comment(together: Together) -> None:
    with pytest.raises(Refused):
        actions.answer_phase(by=seat_of(together, "yusuf"), phase=1, answer=NOT_YET, comment=" ")


def test_phase_the_model_lacks_is_not_visible(together: Together) -> None:
    with pytest.raises(NotVisible):
        actions.answer_phase(by=seat_of(together, "yusuf"), phase=8, answer=CONFIRMED)


def test_nobody_confirms_alone(together: Together) -> None:
    together.civil_party.state = "invited"
    together.civil_party.save()
    with pytest.raises(Refused, match="när en part till"):
        actions.answer_phase(by=seat_of(together, "karin"), phase=1, answer=CONFIRMED)


def test_same_answer_twice_is_one_row(together: Together) -> None:
    karin = seat_of(together, "karin")
    first = actions.answer_phase(by=karin, phase=1, answer=CONFIRMED)
    assert actions.answer_phase(by=karin, phase=1, answer=CONFIRMED) == first
    assert PhaseConfirmation.objects.count() == 1


def test_phase_goes_from_not_begun_to_confirmed_by_all(together: Together) -> None:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    assert phase_standing(karin)[1].state == PhaseState.NOT_BEGUN
    actions.change_step(by=karin, step="1.1", state=DONE)
    standing = phase_standing(karin)[1]
    assert (standing.state, standing.done, standing.total) == (PhaseState.UNDER_WAY, 1, 4)
    actions.answer_phase(by=karin, phase=1, answer=CONFIRMED)
    assert phase_standing(karin)[1].state == PhaseState.ASKED
    actions.answer_phase(by=yusuf, phase=1, answer=CONFIRMED)
    assert phase_standing(karin)[1].state == PhaseState.CONFIRMED
    assert phase_standing(karin)[2].state == PhaseState.UNDER_WAY, "the association has said yes to its invitation"
    assert phase_standing(karin)[3].state == PhaseState.NOT_BEGUN


def test_silence_neither_confirms_nor_blocks(together: Together) -> None:
    karin = seat_of(together, "karin")
    with on(12):
        actions.answer_phase(by=karin, phase=1, answer=CONFIRMED)
    with on(12, month=9):
        standing = phase_standing(karin)[1]
        assert standing.state == PhaseState.ASKED
        assert [(voice.party.name, voice.asked_at.day) for voice in standing.silent if voice.asked_at] == [
            ("Exempelby byalag", 12)
        ]
        actions.change_step(by=karin, step="2.1", state=DONE)
        actions.answer_phase(by=karin, phase=2, answer=CONFIRMED)


def test_one_not_yet_is_heard_before_those_who_confirm(together: Together) -> None:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    actions.answer_phase(by=karin, phase=1, answer=CONFIRMED)
    actions.answer_phase(by=yusuf, phase=1, answer=NOT_YET, comment="Vi har inte frågat föräldrarna")
    standing = phase_standing(karin)[1]
    assert standing.state == PhaseState.NOT_YET
    assert [voice.said.comment for voice in standing.not_yet if voice.said] == ["Vi har inte frågat föräldrarna"]
    assert not standing.silent


def test_reopened_step_undoes_the_confirmations_of_its_phase_only(together: Together) -> None:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    with on(1):
        actions.change_step(by=karin, step="1.1", state=DONE)
        for phase in (1, 2):
            for seat in (karin, yusuf):
                actions.answer_phase(by=seat, phase=phase, answer=CONFIRMED)
    with on(2):
        actions.change_step(by=yusuf, step="1.1", state=REOPENED, reason="Vi hade glömt Sörby")
    with on(3):
        actions.change_step(by=yusuf, step="1.1", state=DONE)
        standing = phase_standing(karin)
        assert (standing[1].state, standing[2].state) == (PhaseState.UNDER_WAY, PhaseState.CONFIRMED)
        actions.answer_phase(by=karin, phase=1, answer=CONFIRMED)
        assert phase_standing(karin)[1].state == PhaseState.ASKED


def test_party_that_joined_later_is_asked_from_the_day_it_joined(together: Together) -> None:
    with on(1):
        actions.answer_phase(by=seat_of(together, "karin"), phase=1, answer=CONFIRMED)
    with on(20):
        more_parties(together, 1)
    silent = phase_standing(seat_of(together, "karin"))[1].silent
    assert {voice.party.name: voice.asked_at.day for voice in silent if voice.asked_at} == {
        "Exempelby byalag": 1,
        "Förening 01": 20,
    }


@pytest.mark.parametrize("count", [3, 38])
def test_standing_of_many_parties_asks_as_often(together: Together, count: int) -> None:
    seats = more_parties(together, count)
    actions.answer_phase(by=seats[0], phase=1, answer=CONFIRMED)
    karin = seat_of(together, "karin")
    with CaptureQueriesContext(connection) as asked:
        standing = phase_standing(karin)[1]
        assert len(standing.silent) == count + 1
    assert len(asked) == 2


def test_here_is_where_a_step_last_changed(together: Together) -> None:
    karin = seat_of(together, "karin")
    progress = progress_of(karin)
    assert progress.here is not None
    assert progress.here.phase.number == 1
    actions.change_step(by=karin, step="4.2", state=DONE)
    actions.change_step(by=karin, step="3.2", state=UNDER_WAY)
    here = progress_of(karin).here
    assert here is not None
    assert here.phase.number == 3


def test_here_goes_on_when_all_have_confirmed_the_phase(together: Together) -> None:
    for name in ("karin", "yusuf"):
        actions.answer_phase(by=seat_of(together, name), phase=1, answer=CONFIRMED)
    actions.change_step(by=seat_of(together, "karin"), step="1.1", state=DONE)
    here = progress_of(seat_of(together, "karin")).here
    assert here is not None
    assert here.phase.number == 2


def test_next_step_is_what_is_under_way_then_what_was_chosen_then_the_short_path(together: Together) -> None:
    karin = seat_of(together, "karin")
    codes = [step.code for stop in progress_of(karin).model.short_path for step in stop.steps]

    def following(*chosen: str) -> str:
        step = progress_of(karin).next_step(chosen)
        assert step is not None
        return step.code

    assert following() == codes[0]
    assert following("5.2", "6.1") == "5.2"
    actions.change_step(by=karin, step="5.2", state=DONE)
    assert following("5.2", "6.1") == "6.1"
    actions.change_step(by=karin, step="7.1", state=UNDER_WAY)
    assert following("5.2", "6.1") == "7.1"


def test_reason_may_be_given_to_any_change(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.change_step(by=karin, step="1.1", state=DONE, reason="Vi enades på mötet")
    assert StepChange.objects.get().reason == "Vi enades på mötet"
