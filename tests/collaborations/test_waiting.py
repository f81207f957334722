"""What waits for a person at an organisation."""

from datetime import timedelta

from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.enums import PhaseAnswer, StepState
from samverka.collaborations.models import Commitment, Entry, Invitation, Meeting, Party
from samverka.collaborations.waiting import waiting_at
from samverka.kernel.waiting import Waiting, waiting_for
from samverka.organisations.models import Membership
from samverka.organisations.queries import acting_for
from tests.people import Together
from tests.world import seat_of

from .crowd import more_parties


def waits(together: Together, name: str) -> list[Waiting]:
    own = together.village.association if name in {"yusuf", "fatima"} else together.village.municipality
    return waiting_for(acting_for(together.village.people[name], own.public_id))


def texts(together: Together, name: str) -> list[str]:
    return [one.text for one in waits(together, name)]


def promise(together: Together, *, days: int, what: str = "Boka lokalen") -> Commitment:
    made = Commitment.objects.create(
        collaboration=together.collaboration,
        what=what,
        due_on=timezone.localdate() + timedelta(days=days),
        made_by=together.public_party,
    )
    made.owners.set([together.civil_party])
    return made


def test_nothing_waits_at_first(together: Together) -> None:
    assert waits(together, "yusuf") == []


def test_phase_waits_for_those_who_may_confirm_and_have_not_answered(together: Together) -> None:
    actions.answer_phase(by=seat_of(together, "karin"), phase=3, answer=PhaseAnswer.CONFIRMED)
    assert texts(together, "yusuf") == ["Säg om fas 3, Enas om målet, är klar"]
    assert texts(together, "fatima") == texts(together, "karin") == texts(together, "rut") == []
    actions.answer_phase(by=seat_of(together, "yusuf"), phase=3, answer=PhaseAnswer.NOT_YET, comment="Vi väntar")
    assert texts(together, "yusuf") == []


def test_phase_waits_again_after_a_step_was_opened_and_it_was_confirmed_anew(together: Together) -> None:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    actions.change_step(by=karin, step="3.2", state=StepState.DONE)
    for seat in (karin, yusuf):
        actions.answer_phase(by=seat, phase=3, answer=PhaseAnswer.CONFIRMED)
    actions.change_step(by=karin, step="3.2", state=StepState.REOPENED, reason="Nytt läge")
    assert texts(together, "yusuf") == []
    actions.answer_phase(by=karin, phase=3, answer=PhaseAnswer.CONFIRMED)
    assert texts(together, "yusuf") == ["Säg om fas 3, Enas om målet, är klar"]


def test_phase_does_not_wait_for_a_person_on_both_sides_in_vain(together: Together) -> None:
    """Such a person sees on the page why somebody else must answer; the list still tells that it waits."""
    actions.answer_phase(by=seat_of(together, "karin"), phase=3, answer=PhaseAnswer.CONFIRMED)
    village = together.village
    Membership.objects.create(user=village.yusuf, organisation=village.municipality, role="member")
    assert texts(together, "yusuf") == ["Säg om fas 3, Enas om målet, är klar"]


def test_each_silent_party_of_five_is_told(together: Together) -> None:
    seats = more_parties(together, 3)
    actions.answer_phase(by=seats[0], phase=1, answer=PhaseAnswer.CONFIRMED)
    assert waiting_for(seats[0].acting) == []
    assert len(waiting_for(seats[1].acting)) == len(waiting_for(seats[2].acting)) == 1


def test_promises_wait_when_late_or_due_within_two_weeks_for_those_who_promised(together: Together) -> None:
    promise(together, days=15, what="Långt bort")
    promise(together, days=14, what="Snart")
    promise(together, days=-1, what="Sent")
    assert [(one.text, one.late) for one in waits(together, "fatima")] == [
        ("Håll åtagandet: Sent", True),
        ("Håll åtagandet: Snart", False),
    ]
    assert texts(together, "karin") == texts(together, "rut") == []


def test_settled_promise_does_not_wait(together: Together) -> None:
    made = promise(together, days=-1)
    made.state, made.settled_on = "kept", timezone.localdate()
    made.save()
    assert texts(together, "yusuf") == []


def test_text_waits_also_where_our_own_person_began_the_meeting(together: Together) -> None:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    meeting = actions.start_meeting(by=yusuf, questions=["3.2.1"], people=[])
    boxes = {together.civil_party.public_id: actions.Typed("Vi kokar kaffe")}
    actions.write_at_meeting(by=karin, meeting_id=meeting.public_id, question="3.2.1", boxes=boxes)
    assert texts(together, "yusuf") == ["Läs och bekräfta det som skrevs för er på mötet"]
    assert [one.text for one in waiting_at(yusuf, None, [])] == texts(together, "yusuf")
    assert texts(together, "karin") == []


def test_text_that_others_wrote_for_us_at_a_meeting_waits_until_it_is_confirmed(together: Together) -> None:
    meeting = Meeting.objects.create(collaboration=together.collaboration, party=together.public_party)
    written = Entry.objects.create(
        collaboration=together.collaboration,
        party=together.civil_party,
        meeting=meeting,
        circle="all",
        text="Vi vill ha torsdagar",
        shared_at=timezone.now(),
        author=together.village.karin,
    )
    assert texts(together, "yusuf") == ["Läs och bekräfta det som skrevs för er på mötet"]
    assert texts(together, "karin") == []
    written.confirmed_at = timezone.now()
    written.save()
    assert texts(together, "yusuf") == []


def test_what_is_late_stands_first(together: Together) -> None:
    actions.answer_phase(by=seat_of(together, "karin"), phase=3, answer=PhaseAnswer.CONFIRMED)
    promise(together, days=-3)
    assert [one.late for one in waits(together, "yusuf")] == [True, False]


def test_nothing_waits_in_what_has_ended(together: Together) -> None:
    """Nobody writes there, so that what waited could never be done."""
    promise(together, days=-1)
    meeting = Meeting.objects.create(collaboration=together.collaboration, party=together.public_party)
    Entry.objects.create(
        collaboration=together.collaboration, party=together.civil_party, circle="all", text="Det byalaget sa",
        shared_at=timezone.now(), meeting=meeting,
    )  # fmt: skip
    assert len(texts(together, "yusuf")) == 2
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Vi är klara")
    assert texts(together, "yusuf") == []


def asked(together: Together, **answer: str) -> Invitation:
    """An invitation from the municipality to Grannby, answered in that way."""
    return Invitation.objects.create(
        party=Party.objects.create(collaboration=together.collaboration, organisation=together.village.neighbour),
        inviting_party=together.public_party, email="a@grannby.example", token_hash="h",
        expires_at=timezone.now() + timedelta(days=60), answered_at=timezone.now(), answered_name="Olle", **answer,
    )  # fmt: skip


def test_question_about_an_invitation_waits_for_those_who_invited_until_it_is_answered(together: Together) -> None:
    invitation = asked(together, state="asked", reason="Gäller det hela länet,\neller bara oss som bor i Grannby nu?")
    said = "Svara på frågan från Grannby kommun: Gäller det hela länet, eller bara oss som…"
    (waiting,) = waits(together, "karin")
    assert (waiting.text, waiting.when) == (said, timezone.localdate())
    assert waiting.route[0] == "collaboration_about"
    assert [one.text for one in waiting_at(seat_of(together, "karin"), None, [])] == [said]
    assert texts(together, "yusuf") == texts(together, "rut") == []
    invitation.state = "declined"
    invitation.save()
    assert texts(together, "karin") == []


def test_who_wants_to_be_rung_waits_with_the_number_until_the_invitation_is_too_old(together: Together) -> None:
    invitation = asked(together, state="call_me", answered_phone="070-123 45 67")
    assert texts(together, "karin") == ["Grannby kommun vill bli uppringd: 070-123 45 67"]
    invitation.expires_at = timezone.now()
    invitation.save()
    assert texts(together, "karin") == []
