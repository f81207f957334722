"""What a step leaves behind, said in words: saved, shared, read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Outcome
from samverka.collaborations.queries import (
    goal_of,
    outcome_versions,
    outcomes_of,
    purpose_of,
    values_of,
    version_of,
)
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.kernel.search import search
from tests.people import Together, Village

from .seats import seat_alone, seat_of, seat_on_both_sides

GOAL = {"goal": "Trettio barn varje tisdag", "signs": "Närvaro\nKö", "check_on": "2027-09-01"}
DRIVERS = {"needs": "Nya medlemmar", "leave_if": "Ingen lokal"}


def save_goal(together: Together, name: str = "karin", version: int = 0, **values: str) -> Outcome:
    return actions.save_outcome(
        by=seat_of(together, name), step="3.2", values={**GOAL, **values}, joint=True, version=version
    )


def save_drivers(together: Together, name: str = "yusuf", version: int = 0, **values: str) -> Outcome:
    return actions.save_outcome(
        by=seat_of(together, name), step="3.1", values={**DRIVERS, **values}, joint=False, version=version
    )


def test_joint_outcome_is_read_by_all_at_once(together: Together) -> None:
    outcome = save_goal(together)
    assert (outcome.joint, outcome.circle, outcome.shared_at is None) == (True, Circle.ALL, False)
    assert outcome.values == {
        "goal": "Trettio barn varje tisdag", "signs": ["Närvaro", "Kö"], "check_on": "2027-09-01"
    }  # fmt: skip
    for name in ("karin", "rut", "yusuf", "fatima"):
        assert list(outcomes_of(seat_of(together, name))) == [outcome]


def test_own_outcome_is_read_by_the_party_until_it_is_shared(together: Together) -> None:
    outcome = save_drivers(together)
    assert outcome.circle == Circle.PARTY
    readers = {name for name in ("karin", "rut", "yusuf", "fatima") if outcomes_of(seat_of(together, name)).exists()}
    assert readers == {"yusuf", "fatima"}
    actions.share_outcome(by=seat_of(together, "fatima"), outcome_id=outcome.public_id, version=1)
    assert [found.pk for found in outcomes_of(seat_of(together, "rut"))] == [outcome.pk]


def test_registrar_does_not_read_the_own_partys_until_it_is_shared(together: Together) -> None:
    save_drivers(together, "karin")
    assert not outcomes_of(seat_of(together, "rut")).exists()


def test_sharing_what_was_changed_meanwhile_conflicts(together: Together) -> None:
    outcome = save_drivers(together)
    save_drivers(together, "fatima", version=1, needs="Något annat")
    with pytest.raises(Conflict):
        actions.share_outcome(by=seat_of(together, "yusuf"), outcome_id=outcome.public_id, version=1)
    outcome.refresh_from_db()
    assert outcome.circle == Circle.PARTY


def test_nobody_shares_what_is_anothers_or_shared(together: Together) -> None:
    outcome = save_drivers(together)
    with pytest.raises(NotVisible):
        actions.share_outcome(by=seat_of(together, "karin"), outcome_id=outcome.public_id, version=1)
    actions.share_outcome(by=seat_of(together, "yusuf"), outcome_id=outcome.public_id, version=1)
    for name in ("yusuf", "karin"):
        with pytest.raises(Refused):
            actions.share_outcome(by=seat_of(together, name), outcome_id=outcome.public_id, version=1)


def test_own_outcome_stays_shared_when_it_is_changed(together: Together) -> None:
    outcome = save_drivers(together)
    actions.share_outcome(by=seat_of(together, "yusuf"), outcome_id=outcome.public_id, version=1)
    changed = save_drivers(together, version=1, needs="Nya medlemmar och ro")
    assert (changed.circle, changed.shared_at) == (Circle.ALL, outcome.__class__.objects.get().shared_at)


def test_registrar_cannot_write(together: Together) -> None:
    with pytest.raises(NotAllowed):
        save_goal(together, "rut")


def test_step_that_the_model_lacks_is_not_found(together: Together) -> None:
    with pytest.raises(NotVisible):
        actions.save_outcome(by=seat_of(together, "karin"), step="9.9", values={"goal": "x"}, joint=True, version=0)


@pytest.mark.parametrize(("step", "joint"), [("3.1", True), ("3.2", False), ("2.2", True), ("2.2", False)])
def test_what_is_the_partys_own_and_what_is_written_together_is_not_mixed_up(
    together: Together, step: str, *, joint: bool
) -> None:
    with pytest.raises(Refused):
        actions.save_outcome(by=seat_of(together, "karin"), step=step, values={}, joint=joint, version=0)


def test_nothing_is_no_outcome(together: Together) -> None:
    with pytest.raises(Refused):
        actions.save_outcome(by=seat_of(together, "karin"), step="3.2", values={"goal": " "}, joint=True, version=0)
    assert not Outcome.objects.exists()


def test_fault_names_its_field(together: Together) -> None:
    with pytest.raises(Refused) as refused:
        save_goal(together, check_on="i höst")
    assert refused.value.details["field"] == "check_on"


def test_earlier_contents_are_kept(together: Together) -> None:
    outcome = save_goal(together)
    save_goal(together, "yusuf", version=1, goal="Fyrtio barn")
    said = [(version.number, version.values["goal"], version.party_id) for version in outcome.versions.all()]
    assert said == [
        (2, "Fyrtio barn", together.civil_party.pk),
        (1, "Trettio barn varje tisdag", together.public_party.pk),
    ]


def test_versions_from_before_the_sharing_are_for_the_party(together: Together) -> None:
    outcome = save_drivers(together)
    save_drivers(together, version=1, needs="Bättre sagt")
    shared = actions.share_outcome(by=seat_of(together, "yusuf"), outcome_id=outcome.public_id, version=2)
    numbers = {
        name: [version.number for version in outcome_versions(seat_of(together, name), shared)]
        for name in ("yusuf", "fatima", "karin", "rut")
    }
    assert numbers == {"yusuf": [2, 1], "fatima": [2, 1], "karin": [2], "rut": [2]}


def test_two_who_write_at_once_lose_nothing(together: Together) -> None:
    save_goal(together)
    save_goal(together, "yusuf", version=1, goal="Fyrtio barn")
    with pytest.raises(Conflict) as conflict:
        save_goal(together, "karin", version=1, goal="Tjugo barn")
    details = conflict.value.details
    assert (details["theirs"], details["yours"]) == ({"goal": "Fyrtio barn"}, {"goal": "Tjugo barn"})
    assert (details["version"], details["changed_by"]) == (2, "Yusuf Provsson")
    assert save_goal(together, "karin", version=2, goal="Tjugo barn").version == 3


def test_two_who_begin_at_once_lose_nothing(together: Together) -> None:
    save_goal(together)
    with pytest.raises(Conflict):
        save_goal(together, "yusuf", version=0, goal="Fyrtio barn")


def test_saving_the_same_again_is_no_conflict_and_no_version(together: Together) -> None:
    save_goal(together)
    assert save_goal(together, "yusuf", version=0).version == 1


def test_purpose_stands_on_the_collaboration_only(together: Together) -> None:
    karin = seat_of(together, "karin")
    step = karin.model.step("1.1")  # type: ignore[union-attr]
    version = version_of(karin, step, None, joint=True)
    values = {"purpose": "Barn ska klara läxan.", "target_group": "Årskurs 4 till 6"}
    outcome = actions.save_outcome(by=karin, step="1.1", values=values, joint=True, version=version)
    together.collaboration.refresh_from_db()
    assert together.collaboration.purpose == "Barn ska klara läxan."
    assert outcome.values == {"target_group": "Årskurs 4 till 6"}
    assert outcome.versions.get().values == values
    again = seat_of(together, "yusuf")
    assert values_of(again, step, outcome, joint=True) == values
    assert (purpose_of(again).text, purpose_of(again).target_group) == ("Barn ska klara läxan.", "Årskurs 4 till 6")
    assert [hit.title for hit in search("läxan", user=together.village.yusuf)] == ["Läxhjälp på tre språk"]


def test_purpose_changed_elsewhere_meanwhile_conflicts(together: Together) -> None:
    karin = seat_of(together, "karin")
    step = karin.model.step("1.1")  # type: ignore[union-attr]
    version = version_of(karin, step, None, joint=True)
    together.collaboration.purpose, together.collaboration.version = "Skrivet på en annan sida.", 2
    together.collaboration.save()
    with pytest.raises(Conflict) as conflict:
        actions.save_outcome(by=karin, step="1.1", values={"purpose": "Mitt"}, joint=True, version=version)
    assert conflict.value.details["theirs"] == {"purpose": "Skrivet på en annan sida."}


@pytest.mark.parametrize("purpose", ["", "x" * 2001])
def test_purpose_cannot_go_away_or_outgrow_its_place(together: Together, purpose: str) -> None:
    karin = seat_of(together, "karin")
    values = {"purpose": purpose, "target_group": "Alla"}
    with pytest.raises(Refused) as refused:
        actions.save_outcome(by=karin, step="1.1", values=values, joint=True, version=1)
    assert refused.value.details["field"] == "purpose"


def test_form_is_written_on_the_collaboration(together: Together) -> None:
    karin = seat_of(together, "karin")
    values = {"form": ["iop", "premises"], "reason": "Det räcker", "ends_on": "2028-12-31"}
    outcome = actions.save_outcome(by=karin, step="4.1", values=values, joint=True, version=1)
    together.collaboration.refresh_from_db()
    assert together.collaboration.forms == ["premises", "iop"]
    assert "form" not in outcome.values
    assert outcome.versions.get().values["form"] == ["premises", "iop"]


def test_preparation_is_the_partys_own_in_every_step(village: Village, together: Together) -> None:
    alone = seat_alone(village, together)
    outcome = actions.save_outcome(by=alone, step="3.2", values=GOAL, joint=False, version=0)
    assert (outcome.joint, outcome.circle) == (False, Circle.PARTY)
    with pytest.raises(Refused):
        actions.save_outcome(by=alone, step="3.3", values={"expected": "Allt"}, joint=True, version=0)
    goal = goal_of(alone)
    assert goal is not None
    assert goal.text == "Trettio barn varje tisdag"


def test_preparation_is_no_goal_of_all_when_another_has_joined(together: Together) -> None:
    Outcome.objects.create(
        collaboration=together.collaboration, party=together.public_party, step="3.2", values={"goal": "Vårt"}
    )
    assert goal_of(seat_of(together, "karin")) is None
    save_goal(together, "yusuf")
    for name in ("karin", "yusuf", "rut"):
        goal = goal_of(seat_of(together, name))
        assert goal is not None
        assert (goal.text, goal.signs, str(goal.check_on)) == (GOAL["goal"], ("Närvaro", "Kö"), "2027-09-01")


def test_own_answers_and_what_is_said_together_of_them_are_two(together: Together) -> None:
    yusuf, karin = seat_of(together, "yusuf"), seat_of(together, "karin")
    answers = {"answers": {"dialogue": {"answer": "2", "comment": "Vi hör inget."}}}
    own = actions.save_outcome(by=yusuf, step="6.3", values=answers, joint=False, version=0)
    both = actions.save_outcome(by=karin, step="6.3", values={"action": "Vi ringer"}, joint=True, version=0)
    assert (own.circle, both.circle) == (Circle.PARTY, Circle.ALL)
    assert list(outcomes_of(karin)) == [both]


def test_person_on_both_sides_writes_for_one_of_them(together: Together) -> None:
    karin = seat_on_both_sides(together)
    outcome = actions.save_outcome(by=karin, step="3.1", values=DRIVERS, joint=False, version=0)
    assert outcome.party == together.public_party
    assert not outcomes_of(seat_of(together, "yusuf")).exists()


def test_who_sits_for_another_party_too_does_not_read_its_own_here(together: Together) -> None:
    save_drivers(together, "yusuf")
    assert not outcomes_of(seat_on_both_sides(together)).exists()


def test_log_holds_no_text_and_goes_to_its_circle(together: Together) -> None:
    outcome = save_drivers(together)
    entry = AuditEntry.objects.get(action="outcome.saved")
    assert entry.organisation_id == together.village.association.public_id
    assert entry.changes["outcome"] == outcome.public_id
    assert "medlemmar" not in str(entry.changes)
    actions.share_outcome(by=seat_of(together, "yusuf"), outcome_id=outcome.public_id, version=1)
    assert AuditEntry.objects.filter(action="outcome.shared").count() == 2


@pytest.mark.parametrize("read", [goal_of, purpose_of])
def test_first_page_asks_once_for_each(together: Together, read, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    save_goal(together)
    seat = seat_of(together, "karin")
    assert seat.model
    with django_assert_num_queries(1):
        read(seat)


def test_sharing_waits_for_whoever_saves_the_same(together: Together) -> None:
    """Both lock the collaboration: otherwise what was saved in the meantime would be shared unseen."""
    outcome = save_drivers(together)
    with CaptureQueriesContext(connection) as asked:
        actions.share_outcome(by=seat_of(together, "yusuf"), outcome_id=outcome.public_id, version=1)
    writes = [query["sql"] for query in asked if "collaborations_outcome" in query["sql"]]
    lock = next(number for number, query in enumerate(asked) if "FOR NO KEY UPDATE" in query["sql"])
    assert 'FROM "collaborations_collaboration"' in asked[lock]["sql"]
    assert lock < [query["sql"] for query in asked].index(writes[0])


def test_nothing_is_shared_before_somebody_is_invited(village: Village, together: Together) -> None:
    """Whoever is invited later would read it at once, without its being chosen to go along."""
    alone = seat_alone(village, together)
    outcome = actions.save_outcome(by=alone, step="3.2", values=GOAL, joint=False, version=0)
    with pytest.raises(Refused):
        actions.share_outcome(by=alone, outcome_id=outcome.public_id, version=1)
    outcome.refresh_from_db()
    assert outcome.circle == Circle.PARTY
