"""Commitments, mandates and decisions: effects of each action, and what is read."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.enums import CommitmentState
from samverka.collaborations.models import Commitment, Decision, Mandate, Party
from samverka.collaborations.queries import (
    Seat,
    commitment_counts,
    commitment_of,
    commitments_of,
    decisions_of,
    late_commitments,
    mandates_of,
    open_commitments,
    our_open_commitments,
    owners_of,
    promises,
)
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.organisations.queries import acting_for
from tests.people import Together, Village

from .seats import seat_alone, seat_of, seat_on_both_sides

PAST, SOON = timezone.localdate() - timedelta(days=12), timezone.localdate() + timedelta(days=12)


def promise(together: Together, name: str = "karin", *, owner: Party | None = None, **parts: Any) -> Commitment:
    parts = {"what": "Öppna biblioteket på tisdagar", "due_on": SOON} | parts
    owners = [(owner or together.public_party).public_id]
    return actions.make_commitment(by=seat_of(together, name), owners=owners, **parts)


def change(by: Seat, commitment: Commitment, **parts: Any) -> Commitment:
    now = {
        "what": commitment.what, "owners": [party.public_id for party in commitment.owners.all()],
        "due_on": commitment.due_on, "version": commitment.version,
    }  # fmt: skip
    return actions.change_commitment(by=by, commitment_id=commitment.public_id, **(now | parts))


def settle(by: Seat, commitment: Commitment, state: CommitmentState, **parts: Any) -> Commitment:
    parts = {"version": commitment.version} | parts
    return actions.settle_commitment(by=by, commitment_id=commitment.public_id, state=state, **parts)


def test_same_open_promise_twice_is_refused(together: Together) -> None:
    made = promise(together, person="Karin")
    with pytest.raises(Refused, match="Det finns redan ett likadant åtagande"):
        promise(together, "yusuf", what="öppna  biblioteket på tisdagar", person="Karin")
    promise(together, person="Kim")
    promise(together, person="Karin", due_on=SOON + timedelta(days=7))
    promise(together, person="Karin", owner=together.civil_party)
    settle(seat_of(together, "karin"), made, CommitmentState.KEPT)
    promise(together, person="Karin")
    assert Commitment.objects.count() == 5


def test_commitment_says_who_what_and_when(together: Together) -> None:
    both = [together.public_party.public_id, together.civil_party.public_id]
    commitment = actions.make_commitment(
        by=seat_of(together, "yusuf"), what="Baka  bullar", owners=both, person="Fatima", due_on=SOON,
        volunteer_hours=6, premises="Bygdegården", question="4.2.1",
    )  # fmt: skip
    assert (commitment.what, commitment.state, commitment.question) == ("Baka bullar", "promised", "4.2.1")
    assert set(commitment.owners.all()) == {together.public_party, together.civil_party}
    change = commitment.changes.get()
    assert (change.state, change.due_on, change.party) == ("promised", SOON, together.civil_party)


def test_commitment_may_wait_for_a_decision_at_home(together: Together) -> None:
    commitment = promise(together, awaiting=True)
    assert commitment.state == CommitmentState.AWAITING
    assert settle(seat_of(together, "karin"), commitment, CommitmentState.PROMISED).state == "promised"


def test_question_that_the_model_lacks_is_left_out(together: Together) -> None:
    assert promise(together, question="9.9.9").question == ""


@pytest.mark.parametrize(
    ("parts", "field"), [({"what": "  "}, "what"), ({"owners": []}, "owners"), ({"owners": ["bcdfghjklm"]}, "owners")]
)
def test_commitment_without_what_or_who_is_refused(together: Together, parts: dict[str, Any], field: str) -> None:
    parts = {"what": "Något", "owners": [together.public_party.public_id]} | parts
    with pytest.raises(Refused) as refused:
        actions.make_commitment(by=seat_of(together, "karin"), **parts)
    assert refused.value.details["field"] == field


def test_party_that_has_not_joined_promises_nothing(together: Together) -> None:
    invited = Party.objects.create(collaboration=together.collaboration, organisation=together.village.neighbour)
    with pytest.raises(Refused):
        promise(together, owner=invited)


def test_alone_nothing_is_promised_decided_or_mandated(village: Village, together: Together) -> None:
    alone = seat_alone(village, together)
    for refused in (
        lambda: actions.make_commitment(by=alone, what="Något", owners=[alone.party.public_id]),
        lambda: actions.write_mandate(by=alone, person="Karin"),
        lambda: actions.record_decision(by=alone, what="Ja", decided_by="Nämnden", decided_on=PAST),
    ):
        with pytest.raises(Refused, match="tackat ja"):
            refused()


def test_registrar_writes_none_of_it(together: Together) -> None:
    commitment = promise(together)
    rut = seat_of(together, "rut")
    for refused in (
        lambda: promise(together, "rut"),
        lambda: change(rut, commitment, what="Nytt"),
        lambda: settle(rut, commitment, CommitmentState.KEPT),
        lambda: actions.write_mandate(by=rut, person="Rut"),
        lambda: actions.record_decision(by=rut, what="Ja", decided_by="Nämnden", decided_on=PAST),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_moving_the_day_asks_why(together: Together) -> None:
    commitment, karin = promise(together), seat_of(together, "karin")
    later = SOON + timedelta(days=7)
    with pytest.raises(Refused) as refused:
        change(karin, commitment, due_on=later)
    assert refused.value.details["field"] == "note"
    changed = change(karin, commitment, due_on=later, note="Snön")
    assert (changed.due_on, changed.version) == (later, 2)
    assert [(row.due_on, row.note) for row in changed.changes.all()] == [(later, "Snön"), (SOON, "")]


def test_first_day_needs_no_reason(together: Together) -> None:
    commitment = promise(together, due_on=None)
    assert change(seat_of(together, "karin"), commitment, due_on=SOON).due_on == SOON


def test_two_who_change_at_once_lose_nothing(together: Together) -> None:
    commitment = promise(together)
    change(seat_of(together, "yusuf"), commitment, what="Öppna på onsdagar")
    with pytest.raises(Conflict) as conflict:
        change(seat_of(together, "karin"), commitment, what="Öppna på torsdagar", version=1)
    details = conflict.value.details
    assert (details["theirs"], details["yours"]) == ({"what": "Öppna på onsdagar"}, {"what": "Öppna på torsdagar"})


def test_same_again_is_no_change(together: Together) -> None:
    commitment = promise(together)
    assert change(seat_of(together, "karin"), commitment, version=0).version == 1


@pytest.mark.parametrize("state", [CommitmentState.BROKEN, CommitmentState.DROPPED])
def test_broken_and_dropped_ask_why(together: Together, state: CommitmentState) -> None:
    commitment, karin = promise(together), seat_of(together, "karin")
    with pytest.raises(Refused) as refused:
        settle(karin, commitment, state)
    assert refused.value.details["field"] == "note"
    settled = settle(karin, commitment, state, note="Vi fick ingen nyckel")
    assert (settled.state, settled.settled_on) == (state, timezone.localdate())
    assert settled.changes.first().note == "Vi fick ingen nyckel"


def test_kept_needs_no_words_and_promised_again_opens(together: Together) -> None:
    commitment, yusuf = promise(together, due_on=PAST), seat_of(together, "yusuf")
    kept = settle(yusuf, commitment, CommitmentState.KEPT)
    assert (kept.state, kept.settled_on) == ("kept", timezone.localdate())
    with pytest.raises(Refused):
        change(yusuf, kept, what="Något annat")
    with pytest.raises(Refused):
        settle(yusuf, kept, CommitmentState.PROMISED, due_on=SOON)
    again = settle(yusuf, kept, CommitmentState.PROMISED, due_on=SOON, note="Vi tar det en gång till")
    assert (again.state, again.due_on, again.settled_on) == ("promised", SOON, None)


def test_two_who_settle_at_once_are_told(together: Together) -> None:
    commitment = promise(together)
    settle(seat_of(together, "yusuf"), commitment, CommitmentState.KEPT)
    with pytest.raises(Conflict):
        settle(seat_of(together, "karin"), commitment, CommitmentState.DROPPED, note="Nej", version=1)
    assert settle(seat_of(together, "karin"), commitment, CommitmentState.KEPT, version=1).version == 2


def test_nobody_goes_back_to_waiting(together: Together) -> None:
    with pytest.raises(Refused):
        settle(seat_of(together, "karin"), promise(together), CommitmentState.AWAITING)


def test_commitment_of_another_collaboration_is_not_found(village: Village, together: Together) -> None:
    commitment = promise(together)
    alone = seat_alone(village, together)
    Party.objects.create(
        collaboration=alone.collaboration, organisation=village.neighbour, state="active", joined_at=timezone.now()
    )
    elsewhere = seat_of(Together(village, alone.collaboration, alone.party, alone.party), "karin")
    for asked in (
        lambda: settle(elsewhere, commitment, CommitmentState.KEPT),
        lambda: change(elsewhere, commitment, what="Mitt"),
        lambda: commitment_of(elsewhere, commitment.public_id),
    ):
        with pytest.raises(NotVisible):
            asked()


def test_person_on_both_sides_promises_and_settles_for_the_own_party_only(together: Together) -> None:
    theirs = promise(together, "yusuf", owner=together.civil_party)
    shared = actions.make_commitment(
        by=seat_of(together, "yusuf"), what="Vi båda",
        owners=[together.public_party.public_id, together.civil_party.public_id],
    )  # fmt: skip
    karin = seat_on_both_sides(together)
    for refused in (
        lambda: actions.make_commitment(by=karin, what="Åt dem", owners=[together.civil_party.public_id]),
        lambda: settle(karin, theirs, CommitmentState.KEPT),
        lambda: settle(karin, shared, CommitmentState.KEPT),
        lambda: change(karin, theirs, owners=[together.public_party.public_id]),
    ):
        with pytest.raises(Refused, match="flera parter"):
            refused()
    own = actions.make_commitment(by=karin, what="Vårt", owners=[together.public_party.public_id])
    assert settle(karin, own, CommitmentState.KEPT).state == "kept"
    assert AuditEntry.objects.filter(action="commitment.settled", changes__both_sides=True).count() == 2


def test_person_on_both_sides_records_no_decision(together: Together) -> None:
    decision = actions.record_decision(
        by=seat_of(together, "karin"), what="Ja", decided_by="Fritidsnämnden", decided_on=PAST
    )
    karin = seat_on_both_sides(together)
    with pytest.raises(Refused, match="flera parter"):
        actions.record_decision(by=karin, what="Ja", decided_by="Nämnden", decided_on=PAST)
    with pytest.raises(Refused, match="flera parter"):
        actions.withdraw_decision(by=karin, decision_id=decision.public_id, reason="Fel")


def test_log_of_both_parties_tells_of_a_commitment_without_its_text(together: Together) -> None:
    change(seat_of(together, "karin"), promise(together), due_on=PAST, note="Vi hann före")
    for action in ("commitment.made", "commitment.changed"):
        entries = AuditEntry.objects.filter(action=action)
        assert {entry.organisation_id for entry in entries} == {
            together.village.municipality.public_id,
            together.village.association.public_id,
        }
        assert "biblioteket" not in str([entry.changes for entry in entries])
    assert AuditEntry.objects.filter(action="commitment.changed").first().changes["due_on"] == [
        SOON.isoformat(), PAST.isoformat()
    ]  # fmt: skip


def test_late_ones_come_first_and_settled_last(together: Together) -> None:
    karin = seat_of(together, "karin")
    soon = promise(together, what="Snart")
    undated = promise(together, what="När som helst", due_on=None)
    late = promise(together, what="Sent", due_on=PAST)
    kept = settle(karin, promise(together, what="Hållet", due_on=PAST), CommitmentState.KEPT)
    listed = [found.commitment for found in promises(commitments_of(karin), karin.parties)]
    assert listed == [late, soon, undated, kept]
    assert [found.days_late for found in late_commitments(karin)] == [12]
    assert [found.commitment for found in open_commitments(karin)] == [late, soon, undated]
    assert commitment_counts(karin) == {"oppna": 3, "forsenade": 1, "klara": 1, "alla": 4}
    assert {found.pk for found in commitments_of(karin, state="klara")} == {kept.pk}
    assert [found.what for found in commitments_of(karin, order="vad")] == ["Hållet", "När som helst", "Sent", "Snart"]


def test_due_today_is_not_late(together: Together) -> None:
    promise(together, due_on=timezone.localdate())
    assert late_commitments(seat_of(together, "karin")) == []


def test_list_of_one_party_still_names_all_owners(together: Together) -> None:
    karin = seat_of(together, "karin")
    both = [together.civil_party.public_id, together.public_party.public_id]
    actions.make_commitment(by=karin, what="Tillsammans", owners=both)
    promise(together, what="Bara kommunen")
    listed = promises(commitments_of(karin, party=together.civil_party.public_id), karin.parties)
    assert [(found.commitment.what, len(found.owners)) for found in listed] == [("Tillsammans", 2)]


@pytest.mark.parametrize("read", [late_commitments, open_commitments, decisions_of, mandates_of])
def test_first_page_asks_once_for_each(together: Together, read, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        promise(together, what=f"Löfte {number}", due_on=PAST)
        actions.write_mandate(by=seat_of(together, "karin"), person=f"Person {number}")
        actions.record_decision(by=seat_of(together, "karin"), what="Ja", decided_by="Nämnden", decided_on=PAST)
    seat = seat_of(together, "yusuf")
    with django_assert_num_queries(1):
        found = read(seat)
        said = [str(getattr(one, "party", None) or one.owners) for one in found]
    assert len(said) == 3


def test_our_tasks_are_the_partys_own_over_all_collaborations(village: Village, together: Together) -> None:
    ours, theirs = promise(together, due_on=PAST), promise(together, owner=together.civil_party)
    acting = acting_for(village.karin, village.municipality.public_id)
    assert [found.commitment for found in owners_of(our_open_commitments(acting))] == [ours]
    acting = acting_for(village.fatima, village.association.public_id)
    assert [found.commitment for found in owners_of(our_open_commitments(acting))] == [theirs]
    settle(seat_of(together, "karin"), theirs, CommitmentState.KEPT)
    assert not our_open_commitments(acting).exists()


def test_our_tasks_end_with_the_collaboration(village: Village, together: Together) -> None:
    promise(together)
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Projektet är klart.")
    assert not our_open_commitments(acting_for(village.karin, village.municipality.public_id)).exists()


def test_our_tasks_of_a_unit_are_for_who_reaches_it(village: Village, together: Together) -> None:
    promise(together)
    kim = acting_for(village.kim, village.municipality.public_id)
    assert not our_open_commitments(kim).exists()
    Party.objects.filter(pk=together.public_party.pk).update(unit=village.committee)
    assert our_open_commitments(kim).count() == 1


def test_mandate_is_written_changed_and_ended(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    mandate = actions.write_mandate(by=yusuf, person="Yusuf Provsson", may_promise="5 000 kr", valid_until=SOON)
    assert (mandate.party, mandate.user, mandate.version) == (together.civil_party, together.village.yusuf, 1)
    anew = actions.write_mandate(
        by=seat_of(together, "fatima"), mandate_id=mandate.public_id, version=1, person="Fatima", may_promise="Inget"
    )
    assert (anew.pk, anew.user, anew.version) == (mandate.pk, None, 2)
    assert [found.person for found in mandates_of(seat_of(together, "karin"))] == ["Fatima"]
    actions.withdraw_mandate(by=yusuf, mandate_id=mandate.public_id)
    assert mandates_of(yusuf) == []
    assert Mandate.objects.get().withdrawn_at


def test_mandate_is_the_partys_own_to_write(together: Together) -> None:
    mandate = actions.write_mandate(by=seat_of(together, "yusuf"), person="Yusuf")
    karin = seat_of(together, "karin")
    for refused in (
        lambda: actions.write_mandate(by=karin, mandate_id=mandate.public_id, version=1, person="Karin"),
        lambda: actions.withdraw_mandate(by=karin, mandate_id=mandate.public_id),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_mandate_names_somebody_and_conflicts_with_both_texts(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    with pytest.raises(Refused):
        actions.write_mandate(by=yusuf, person=" ")
    mandate = actions.write_mandate(by=yusuf, person="Yusuf", may_promise="A")
    actions.write_mandate(by=yusuf, mandate_id=mandate.public_id, version=1, person="Yusuf", may_promise="B")
    with pytest.raises(Conflict) as conflict:
        actions.write_mandate(by=yusuf, mandate_id=mandate.public_id, version=1, person="Yusuf", may_promise="C")
    assert conflict.value.details["theirs"] == {"may_promise": "B"}


def test_decision_is_recorded_and_struck_with_a_reason(together: Together) -> None:
    karin = seat_of(together, "karin")
    decision = actions.record_decision(
        by=karin, what="Vi är med", decided_by="Fritidsnämnden", decided_on=PAST, reference="FN 2026/12",
        valid_until=date(2031, 1, 1),
    )  # fmt: skip
    assert [found.reference for found in decisions_of(seat_of(together, "yusuf"))] == ["FN 2026/12"]
    with pytest.raises(NotAllowed):
        actions.withdraw_decision(by=seat_of(together, "yusuf"), decision_id=decision.public_id, reason="Nej")
    with pytest.raises(Refused):
        actions.withdraw_decision(by=karin, decision_id=decision.public_id, reason=" ")
    actions.withdraw_decision(by=karin, decision_id=decision.public_id, reason="Fel paragraf")
    assert decisions_of(karin) == []
    assert [found.withdrawn_reason for found in decisions_of(karin, withdrawn=True)] == ["Fel paragraf"]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"what": " "}, "what"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_on": SOON}, "decided_on"),
        ({"valid_until": PAST - timedelta(days=1)}, "valid_until"),
    ],
)
def test_decision_that_cannot_be_is_refused(together: Together, parts: dict[str, Any], field: str) -> None:
    parts = {"what": "Ja", "decided_by": "Nämnden", "decided_on": PAST} | parts
    with pytest.raises(Refused) as refused:
        actions.record_decision(by=seat_of(together, "karin"), **parts)
    assert refused.value.details["field"] == field
    assert not Decision.objects.exists()
