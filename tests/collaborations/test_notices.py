"""Who is told of what, when, and where nothing is left of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.collaborations import actions, notices, sending
from samverka.collaborations.actions.answering import Answer
from samverka.collaborations.enums import Circle, InvitationState, NoticeKind, NoticePace
from samverka.collaborations.models import (
    Commitment,
    Invitation,
    Notice,
    NoticeChoice,
    Party,
)
from samverka.collaborations.notices import due, next_morning, tell
from samverka.collaborations.personal_data import purge_notices
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage, OutboxState, SinkMail
from samverka.organisations.models import Membership, Organisation
from tests.people import Together, make_sensitive
from tests.web.answers import tables_holding
from tests.world import seat_of

from .telling import NOON, WORD, commitment_of, delivered, shared, told


@pytest.fixture(autouse=True)
def sink(settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    settings.REPLY_ADDRESS = ""


# Who


def test_contact_and_deputy_of_the_others_are_told(together: Together) -> None:
    Party.objects.filter(pk=together.civil_party.pk).update(deputy=together.village.fatima)
    shared(together)
    assert told() == {"Yusuf Provsson", "Fatima Provsson"}


def test_whoever_did_it_is_not_told_even_as_the_contact_of_another(together: Together) -> None:
    Membership.objects.create(user=together.village.karin, organisation=together.village.association, role="member")
    Party.objects.filter(pk=together.civil_party.pk).update(deputy=together.village.karin)
    shared(together)
    assert told() == {"Yusuf Provsson"}


@pytest.mark.parametrize("role", ["", "registrar"])
def test_contact_who_may_not_write_any_more_is_not_told(together: Together, role: str) -> None:
    held = Membership.objects.filter(user=together.village.yusuf)
    held.update(role=role) if role else held.update(until=timezone.now())
    shared(together)
    assert told() == set()


def test_contact_of_another_unit_is_not_told(together: Together) -> None:
    """Kim works for Fritidsnämnden only; the party is the whole municipality."""
    Party.objects.filter(pk=together.public_party.pk).update(contact=together.village.kim)
    shared(together, "yusuf")
    assert told() == set()


def test_person_with_an_ended_account_is_not_told(together: Together) -> None:
    together.village.yusuf.is_active = False
    together.village.yusuf.save()
    shared(together)
    assert told() == set()


def test_invited_party_is_not_told(together: Together) -> None:
    Party.objects.create(
        collaboration=together.collaboration, organisation=together.village.neighbour, contact=together.village.olle
    )
    shared(together)
    assert told() == {"Yusuf Provsson"}


def test_note_for_the_party_tells_nobody(together: Together) -> None:
    actions.write_entry(by=seat_of(together, "karin"), text="Bara vi", circle=Circle.PARTY)
    assert told() == set()


def test_promise_is_told_to_those_who_made_it(together: Together) -> None:
    neighbour = Party.objects.create(
        collaboration=together.collaboration, organisation=together.village.neighbour, contact=together.village.olle,
        state="active", joined_at=timezone.now(),
    )  # fmt: skip
    tell(NoticeKind.COMMITMENT_MADE, by=seat_of(together, "karin"), about=commitment_of(together, neighbour))
    assert told() == {"Olle Provsson"}


def test_moved_promise_is_told_to_every_other_party(together: Together) -> None:
    promise = commitment_of(together, together.public_party)
    tell(NoticeKind.COMMITMENT_MOVED, by=seat_of(together, "karin"), about=promise)
    assert told() == {"Yusuf Provsson"}


def test_yes_to_an_invitation_is_told_to_the_others_but_not_twice_to_who_asked(together: Together) -> None:
    village = together.village
    party = Party.objects.create(collaboration=together.collaboration, organisation=village.neighbour)
    invitation = Invitation.objects.create(
        party=party, inviting_party=together.public_party, invited_by=village.karin, email="x@grannby.example",
        token_hash="x", expires_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    answer = Answer(choice=InvitationState.ACCEPTED, name="Olle")
    actions.answer_invitation(by=village.olle, invitation=invitation, answer=answer)
    assert [(n.user.name, n.kind) for n in Notice.objects.all()] == [("Yusuf Provsson", "party_joined")]


# When

TABLE = [
    (NoticeKind.ENTRY_SHARED, NoticePace.USUAL, False, "now"),
    (NoticeKind.JOINT_CHANGED, NoticePace.USUAL, False, "now"),
    (NoticeKind.MEETING_HELD, NoticePace.USUAL, True, "now"),
    (NoticeKind.PHASE_ANSWERED, NoticePace.USUAL, True, "morning"),
    (NoticeKind.COMMITMENT_MADE, NoticePace.USUAL, True, "morning"),
    (NoticeKind.PARTY_JOINED, NoticePace.USUAL, False, "morning"),
    (NoticeKind.ENTRY_SHARED, NoticePace.DAILY, False, "morning"),
    (NoticeKind.GUEST_READS, NoticePace.AT_ONCE, False, "now"),
    (NoticeKind.COMMITMENT_MADE, NoticePace.ASKS, True, "now"),
    (NoticeKind.ENTRY_SHARED, NoticePace.ASKS, False, "never"),
    (NoticeKind.DECISION_RECORDED, NoticePace.ASKS, False, "never"),
]


@pytest.mark.parametrize(("kind", "pace", "asks", "expected"), TABLE)
def test_when_one_is_told(kind: NoticeKind, pace: NoticePace, asks: bool, expected: str) -> None:
    times = {"now": NOON, "morning": datetime(2027, 3, 13, 5, 0, tzinfo=UTC), "never": None}
    assert due(kind, pace, asks=asks, now=NOON) == times[expected]


def test_morning_follows_swedish_time_over_the_change_to_summer() -> None:
    assert next_morning(datetime(2027, 3, 28, 11, 0, tzinfo=UTC)) == datetime(2027, 3, 29, 4, 0, tzinfo=UTC)
    assert next_morning(datetime(2027, 3, 12, 4, 0, tzinfo=UTC)) == datetime(2027, 3, 12, 5, 0, tzinfo=UTC)


def test_choice_in_a_collaboration_goes_before_the_one_for_all(together: Together) -> None:
    yusuf = together.village.yusuf
    actions.choose_notices(by=yusuf, pace=NoticePace.ASKS)
    shared(together)
    assert told() == set()
    actions.choose_notices(by=yusuf, pace=NoticePace.AT_ONCE, collaboration=together.collaboration)
    shared(together)
    assert told() == {"Yusuf Provsson"}


def test_choice_is_kept_once_and_taken_back(together: Together) -> None:
    yusuf, here = together.village.yusuf, together.collaboration
    actions.choose_notices(by=yusuf, pace=NoticePace.DAILY, collaboration=here)
    actions.choose_notices(by=yusuf, pace=NoticePace.ASKS, collaboration=here)
    assert NoticeChoice.objects.get().pace == "asks"
    actions.choose_notices(by=yusuf, pace=None, collaboration=here)
    assert not NoticeChoice.objects.exists()


def test_joint_text_is_told_of_once_an_hour(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    karin, at = seat_of(together, "karin"), timezone.now()
    for version, minutes in enumerate((0, 5, 10, 30)):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: at + timedelta(minutes=minutes))
        actions.write_joint_note(by=karin, text=f"Text {version}", version=version)
        delivered()
    assert SinkMail.objects.count() == 1
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=61))
    assert "Text 3" in delivered()[-1].text
    assert SinkMail.objects.count() == 2


def test_day_is_gathered_into_one_mail_next_morning(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.choose_notices(by=together.village.yusuf, pace=NoticePace.DAILY)
    shared(together)
    tell(
        NoticeKind.COMMITMENT_MADE,
        by=seat_of(together, "karin"),
        about=commitment_of(together, together.civil_party),
    )
    assert delivered() == []
    tomorrow = next_morning(timezone.now()) + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    (mail,) = delivered()
    assert mail.subject == "[Läxhjälp på tre språk] 2 nyheter"
    assert "Exempelby kommun har delat en text" in mail.text
    assert "Ett åtagande är uppskrivet för er" in mail.text
    assert delivered() == [mail], "and not again"


# What it does not say, and where nothing is left


def test_text_is_in_no_table_but_the_diarys(together: Together) -> None:
    """Neither before the mail has left nor after; the sink stands for the receiver's mailbox."""
    shared(together)
    diary = {"collaborations_entry", "collaborations_entryversion"}
    assert tables_holding(WORD) == diary
    sending.send_due()
    assert tables_holding(WORD) == diary
    delivered()
    assert tables_holding(WORD) == diary | {"kernel_sinkmail"}


def test_failing_mail_leaves_no_text_and_is_tried_again(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    shared(together)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "_hand_over", lambda *_: (_ for _ in ()).throw(ConnectionError(f"gone {WORD[:3]}")))
        assert delivered() == []
    assert "kernel_outboxmessage" not in tables_holding(WORD)
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    assert WORD in delivered()[0].text


def test_log_of_the_job_holds_no_text(together: Together, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    shared(together)
    delivered()
    assert WORD not in caplog.text
    assert "Läxhjälp" not in caplog.text


def test_struck_text_is_not_mailed(together: Together) -> None:
    entry = shared(together)
    sending.send_due()
    actions.withdraw_entry(by=seat_of(together, "karin"), entry_id=entry.public_id, reason="Fel")
    assert delivered() == []
    assert OutboxMessage.objects.get().state == OutboxState.CANCELLED


def test_person_who_lost_the_role_meanwhile_gets_nothing(together: Together) -> None:
    shared(together)
    sending.send_due()
    Membership.objects.filter(user=together.village.yusuf).update(until=timezone.now())
    assert delivered() == []


def test_sensitive_field_mails_neither_title_nor_text(together: Together) -> None:
    make_sensitive(together)
    shared(together)
    (mail,) = delivered()
    assert mail.subject == "Något nytt i en samverkan där ni är part"
    for word in ("Läxhjälp", WORD, "Vad kan en utomstående"):
        assert word not in mail.text + mail.html
    assert "Ring" not in mail.text or "Karin" in mail.text


def test_protected_party_makes_it_sensitive(together: Together) -> None:
    Organisation.objects.filter(pk=together.village.association.pk).update(protected=True)
    shared(together)
    assert "Läxhjälp" not in delivered()[0].subject


def test_who_wants_the_text_in_a_sensitive_field_gets_it_but_no_title_in_the_subject(together: Together) -> None:
    make_sensitive(together)
    actions.choose_notices(by=together.village.yusuf, pace=None, collaboration=together.collaboration, with_matter=True)
    shared(together)
    (mail,) = delivered()
    assert WORD in mail.text
    assert "Läxhjälp" not in mail.subject


def test_notice_that_is_undone_is_not_sent(together: Together) -> None:
    from django.db import transaction

    with transaction.atomic():
        shared(together)
        transaction.set_rollback(True)
    assert delivered() == []


# Promises that fall due


@pytest.mark.parametrize(("days", "expected"), [(0, 1), (7, 1), (8, 0), (-1, 0)])
def test_promise_is_reminded_of_a_week_before(together: Together, days: int, expected: int) -> None:
    commitment_of(together, together.civil_party, due_on=timezone.localdate() + timedelta(days=days))
    sending.note_due_commitments()
    sending.note_due_commitments()
    assert Notice.objects.filter(kind="commitment_due", user=together.village.yusuf).count() == expected


def test_settled_promise_is_not_reminded_of(together: Together) -> None:
    soon = timezone.localdate() + timedelta(days=3)
    commitment_of(together, together.civil_party, due_on=soon, state="kept", settled_on=soon)
    sending.note_due_commitments()
    assert not Notice.objects.exists()


def test_promise_in_what_has_ended_is_not_reminded_of(together: Together) -> None:
    commitment_of(together, together.civil_party, due_on=timezone.localdate() + timedelta(days=3))
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Vi är klara")
    sending.note_due_commitments()
    assert not Notice.objects.filter(kind="commitment_due").exists()


def test_promise_with_a_new_day_is_reminded_of_anew(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    promise = commitment_of(together, together.civil_party, due_on=timezone.localdate() + timedelta(days=3))
    sending.note_due_commitments()
    Commitment.objects.filter(pk=promise.pk).update(due_on=timezone.localdate() + timedelta(days=30))
    later = timezone.now() + timedelta(days=25)
    monkeypatch.setattr(timezone, "now", lambda: later)
    Notice.objects.update(batch="sent")
    sending.note_due_commitments()
    assert Notice.objects.count() == 2


def test_reminder_names_the_other_party_to_ring(together: Together) -> None:
    actions.choose_notices(by=together.village.yusuf, pace=NoticePace.AT_ONCE)
    commitment_of(together, together.civil_party, due_on=timezone.localdate() + timedelta(days=3))
    sending.note_due_commitments()
    (mail,) = delivered()
    assert "Svara på mejlet så läser Karin Provsson det." in mail.text


# Housekeeping


def test_old_notices_are_removed_and_waiting_ones_stay(together: Together) -> None:
    shared(together)
    Notice.objects.update(due_at=timezone.now() - timedelta(days=61))
    assert purge_notices() == 0
    Notice.objects.update(batch="sent")
    assert purge_notices() == 1


@pytest.mark.parametrize("parties", [3, 12])
def test_sharing_asks_as_often_with_three_parties_as_with_twelve(
    together: Together, parties: int, django_assert_num_queries: Any
) -> None:
    for number in range(parties - 2):
        body = Organisation.objects.create(name=f"Förening {number}", kind="association", invented=True)
        person = type(together.village.yusuf).objects.create_user(f"f{number}@example.se")
        Membership.objects.create(user=person, organisation=body, role="administrator")
        Party.objects.create(
            collaboration=together.collaboration, organisation=body, state="active", joined_at=timezone.now(),
            contact=person,
        )  # fmt: skip
    entry, by = shared(together), seat_of(together, "karin")
    Notice.objects.all().delete()
    with django_assert_num_queries(6):
        tell(NoticeKind.ENTRY_SHARED, by=by, about=entry)
    assert Notice.objects.count() == parties - 1
    assert notices.answering([]) == {}
