"""Who is told of what, when, and what the mail says."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samverka.collaborations import actions, notices, sending
from samverka.collaborations.actions import Place, Present, Typed
from samverka.collaborations.actions.answering import Answer
from samverka.collaborations.enums import Circle, CommitmentState, InvitationState, NoticeKind, NoticePace, PhaseAnswer
from samverka.collaborations.models import (
    Commitment,
    Decision,
    Entry,
    Guest,
    Invitation,
    Notice,
    NoticeChoice,
    Outcome,
    Party,
    PhaseConfirmation,
)
from samverka.collaborations.notices import due, next_morning, tell
from samverka.collaborations.personal_data import purge_notices
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage, OutboxState, SinkMail
from samverka.organisations.models import Membership, Organisation, Unit
from tests.people import Together, make_sensitive
from tests.web.answers import tables_holding
from tests.world import seat_of

WORD = "qvellsinne"
NOON = datetime(2027, 3, 12, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sink(settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    settings.REPLY_ADDRESS = ""


def shared(together: Together, name: str = "karin", text: str = f"Vårt {WORD}", **options: Any) -> Entry:
    by = seat_of(together, name)
    entry = actions.write_entry(by=by, text=text, place=Place.of("3.2.1"))
    return actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=1, **options)


def delivered() -> list[SinkMail]:
    """Let the time come for what waits now, send it, and return the mails."""
    sending.send_due()
    for message in OutboxMessage.objects.filter(state="queued").exclude(kind__startswith="invitation"):
        outbox.deliver(message.pk)
    return list(SinkMail.objects.order_by("id"))


def commitment_of(together: Together, *owners: Party, **facts: Any) -> Commitment:
    made = Commitment.objects.create(
        collaboration=together.collaboration, what=f"Koka {WORD}", made_by=together.public_party, **facts
    )
    made.owners.set(owners)
    return made


def told() -> set[str]:
    return set(Notice.objects.values_list("user__name", flat=True))


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


# What the mail says


def test_mail_carries_the_question_the_text_and_the_other_sides_answer(together: Together) -> None:
    together.village.karin.phone = "0123-456 78"
    together.village.karin.save()
    Party.objects.filter(pk=together.civil_party.pk).update(diary_number="7/27")
    shared(together, "yusuf", "Vi har kaffe")
    Notice.objects.all().delete()
    shared(together)
    (mail,) = delivered()
    assert mail.subject == "[Läxhjälp på tre språk] Exempelby kommun har delat en text, dnr 7/27"
    text = " ".join(mail.text.split())
    for said in (
        "Frågan: Vad kan en utomstående se om ett år",
        f"Exempelby kommun: Vårt {WORD}",
        "Exempelby byalag: Vi har kaffe",
        "Svara på mejlet så läser Karin Provsson det.",
        "Ring Karin Provsson, Exempelby kommun: 0123-456 78",
        "Svaret blir en allmän handling hos Exempelby kommun",
        "/aviseringar/",
    ):
        assert said in text
    assert b"Reply-To: karin@example.se" in bytes(mail.raw)


def test_answer_goes_to_the_reply_box_too_and_the_mail_says_so(together: Together, settings: Any) -> None:
    settings.REPLY_ADDRESS = "svar@samverka.example"
    shared(together)
    (mail,) = delivered()
    message = OutboxMessage.objects.get()
    assert message.reply_to == [f"svar+{message.public_id}@samverka.example", "karin@example.se"]
    assert "Svaret kommer också till den som sköter" in mail.text


def test_public_bodys_draft_asks_for_comments_until_a_day(together: Together) -> None:
    until = timezone.localdate() + timedelta(days=14)
    shared(together, comments_until=until)
    (mail,) = delivered()
    assert "vill ha synpunkter" in mail.subject
    assert "Skriv era synpunkter senast" in mail.text


def kinds_and_rows(together: Together) -> list[tuple[NoticeKind, Any, str]]:
    """One of each act, and words of it."""
    collaboration, body = together.collaboration, together.public_party
    phase: dict[str, Any] = {"collaboration": collaboration, "party": body, "phase": 3}
    promise = commitment_of(together, together.civil_party, due_on=date(2027, 9, 1), person="Yusuf")
    settled = commitment_of(together, body, state="kept", settled_on=date(2027, 9, 1))
    decision = Decision.objects.create(
        collaboration=collaboration, party=body, what="Ja till läxhjälp", decided_by="Nämnden", decided_on="2027-04-03"
    )
    guest = Guest.objects.create(
        collaboration=collaboration, user=together.village.olle, role="Revisor", inviting_party=body, until="2027-06-30"
    )
    return [
        (NoticeKind.PHASE_ANSWERED, PhaseConfirmation.objects.create(answer="confirmed", **phase), "är klar"),
        (
            NoticeKind.PHASE_ANSWERED,
            PhaseConfirmation.objects.create(answer=PhaseAnswer.NOT_YET, comment="Lokalen saknas", **phase),
            "Lokalen saknas",
        ),
        (NoticeKind.COMMITMENT_MADE, promise, "Klart senast: 1 september 2027"),
        (NoticeKind.COMMITMENT_MOVED, promise, "annat datum: 1 september 2027"),
        (NoticeKind.COMMITMENT_SETTLED, settled, "avgjort: Hållet"),
        (NoticeKind.DECISION_RECORDED, decision, "Beslutsdag: 3 april 2027"),
        (NoticeKind.GUEST_READS, guest, "Läser till och med: 30 juni 2027"),
    ]


@pytest.mark.parametrize("number", range(7))
def test_each_act_is_told_in_its_words(together: Together, number: int) -> None:
    kind, row, words = kinds_and_rows(together)[number]
    row.refresh_from_db()
    if number == 0:
        PhaseConfirmation.objects.exclude(pk=row.pk).delete()
    actions.choose_notices(by=together.village.yusuf, pace=NoticePace.AT_ONCE)
    tell(kind, by=seat_of(together, "karin"), about=row)
    (mail,) = delivered()
    assert words in " ".join(mail.text.split())
    assert words in " ".join(mail.html.replace('<span class="small">', "").replace("</span>", "").split())


def test_party_that_is_added_to_a_promise_is_told_and_those_who_made_it_are_not_again(together: Together) -> None:
    village = together.village
    neighbour = Party.objects.create(
        collaboration=together.collaboration, organisation=village.neighbour, contact=village.olle, state="active",
        joined_at=timezone.now(),
    )  # fmt: skip
    promise = commitment_of(together, together.civil_party)
    owners = [party.public_id for party in (together.civil_party, neighbour)]
    actions.change_commitment(
        by=seat_of(together, "karin"), commitment_id=promise.public_id, version=1, what=promise.what, owners=owners
    )
    assert list(Notice.objects.values_list("kind", "user__name")) == [("commitment_made", "Olle Provsson")]


def test_promise_that_has_no_day_any_more_is_told_so(together: Together) -> None:
    promise = commitment_of(together, together.public_party, due_on=date(2027, 9, 1))
    actions.change_commitment(
        by=seat_of(together, "karin"), commitment_id=promise.public_id, version=1, what=promise.what,
        owners=[together.public_party.public_id], due_on=None, note="Vi vet inte när",
    )  # fmt: skip
    Notice.objects.update(due_at=timezone.now())
    (mail,) = delivered()
    assert "Ett åtagande har inget datum längre." in mail.text


def test_promise_is_not_asked_for_in_what_has_ended_meanwhile(together: Together) -> None:
    promise = commitment_of(together, together.civil_party, due_on=timezone.localdate() + timedelta(days=3))
    sending.note_due_commitments()
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Vi är klara")
    Notice.objects.update(due_at=timezone.now())
    assert Notice.objects.get().about == promise.pk
    assert delivered() == []


def test_promise_that_is_taken_up_again_to_the_same_day_has_not_moved(together: Together) -> None:
    promise = commitment_of(together, together.public_party, due_on=date(2027, 9, 1), state="awaiting")
    actions.settle_commitment(
        by=seat_of(together, "karin"), commitment_id=promise.public_id, version=1, state=CommitmentState.PROMISED,
        due_on=date(2027, 9, 1),
    )  # fmt: skip
    assert not Notice.objects.exists()


def test_word_on_a_phase_that_was_changed_is_not_told(together: Together) -> None:
    row = kinds_and_rows(together)[0][1]
    actions.choose_notices(by=together.village.yusuf, pace=NoticePace.AT_ONCE)
    tell(NoticeKind.PHASE_ANSWERED, by=seat_of(together, "karin"), about=row)
    assert delivered() == []


@pytest.mark.parametrize("joint", [False, True])
def test_file_beside_a_shared_text_is_told_as_what_it_is(together: Together, *, joint: bool) -> None:
    """Also to who wrote the joint text last, and with the name of who attached it."""
    entry = (
        actions.write_joint_note(by=seat_of(together, "yusuf"), text="Tillsammans", version=0)
        if joint
        else shared(together)
    )
    Notice.objects.all().delete()
    upload = SimpleUploadedFile("schema.txt", b"Tisdagar")
    actions.attach_file(by=seat_of(together, "karin"), entry_id=entry.public_id, upload=upload)
    (mail,) = delivered()
    assert (mail.to_addresses, "har bifogat en fil" in mail.subject) == ("yusuf@example.se", True)
    said = "Karin Provsson har bifogat en fil till en text som alla parter läser: schema.txt"
    assert said in " ".join(mail.text.split())


def test_file_that_was_struck_before_the_mail_left_is_not_told(together: Together) -> None:
    entry, karin = shared(together), seat_of(together, "karin")
    Notice.objects.all().delete()
    upload = SimpleUploadedFile("fel.txt", b"Fel")
    attachment = actions.attach_file(by=karin, entry_id=entry.public_id, upload=upload)
    actions.withdraw_attachment(by=karin, attachment_id=attachment.public_id, reason="Fel fil")
    assert delivered() == []


def goal_of(together: Together, name: str = "karin", version: int = 0, goal: str = f"Trettio {WORD}") -> Outcome:
    return actions.save_outcome(
        by=seat_of(together, name), step="3.2", values={"goal": goal}, joint=True, version=version
    )


def test_what_the_parties_have_come_to_is_told_with_its_text(together: Together) -> None:
    goal_of(together)
    (mail,) = delivered()
    text = " ".join(mail.text.split())
    assert mail.subject == "[Läxhjälp på tre språk] Exempelby kommun har skrivit vad ett steg gav"
    assert "Karin Provsson har skrivit vad ni tillsammans har kommit fram till." in text
    assert "Steg 3.2: Skriv ett gemensamt mål" in text
    assert f"Trettio {WORD}" in text
    assert tables_holding(WORD) == {"collaborations_outcome", "collaborations_outcomeversion", "kernel_sinkmail"}


def test_outcome_that_is_changed_again_is_told_of_once_in_an_hour(together: Together) -> None:
    goal_of(together)
    goal_of(together, version=1, goal="Fyrtio barn")
    (mail,) = delivered()
    assert "Fyrtio barn" in mail.text
    goal_of(together, version=2, goal="Femtio barn")
    assert len(delivered()) == 1
    assert Notice.objects.get(batch="").due_at > timezone.now() + timedelta(minutes=55)


def test_own_outcome_is_told_when_it_is_shared_and_not_before(together: Together) -> None:
    by, own = seat_of(together, "karin"), {"needs": f"Vårt {WORD}"}
    outcome = actions.save_outcome(by=by, step="3.1", values=own, joint=False, version=0)
    assert not Notice.objects.exists()
    actions.share_outcome(by=by, outcome_id=outcome.public_id, version=1)
    (mail,) = delivered()
    assert "Exempelby kommun har delat vad de har kommit fram till." in " ".join(mail.text.split())
    own["needs"] = "Något annat"
    actions.save_outcome(by=by, step="3.1", values=own, joint=False, version=1)
    Notice.objects.filter(batch="").update(due_at=timezone.now())
    assert "Exempelby kommun har ändrat vad de har kommit fram till." in " ".join(delivered()[1].text.split())


def test_outcome_that_the_person_has_changed_since_is_not_told(together: Together) -> None:
    goal_of(together)
    goal_of(together, "yusuf", version=1, goal="Fyrtio barn")
    assert [mail.to_addresses for mail in delivered()] == ["karin@example.se"]


def test_protected_organisation_that_says_no_is_not_named_in_a_mail(together: Together) -> None:
    """users.md R10: it is no party any more, and the collaboration is not sensitive by it."""
    shelter = Organisation.objects.create(name="Tjejjouren Testkällan", kind="association", protected=True)
    party = Party.objects.create(collaboration=together.collaboration, organisation=shelter, state="declined")
    tell(NoticeKind.PARTY_DECLINED, by=None, about=party)
    Notice.objects.update(due_at=timezone.now())
    mails = delivered()
    assert len(mails) == 2
    assert not any("Tjejjouren" in mail.subject + mail.text + mail.html for mail in mails)


def test_outcome_in_a_sensitive_field_is_told_without_its_text(together: Together) -> None:
    make_sensitive(together)
    goal_of(together)
    (mail,) = delivered()
    assert mail.subject == "Något nytt i en samverkan där ni är part"
    assert WORD not in mail.text + mail.html


def test_longest_names_of_body_and_unit_stop_no_mail(together: Together) -> None:
    unit = Unit.objects.create(organisation=together.village.municipality, name="N" * 200, kind="committee")
    Organisation.objects.filter(pk=together.village.municipality.pk).update(name="K" * 200)
    Party.objects.filter(pk=together.public_party.pk).update(unit=unit)
    shared(together)
    assert len(delivered()) == 1


def test_meeting_is_told_whole(together: Together) -> None:
    karin = seat_of(together, "karin")
    meeting = actions.start_meeting(by=karin, questions=["3.2.1"], people=[Present("Bo Gäst", email="bo@example.org")])
    boxes = {
        together.civil_party.public_id: Typed(f"Byalagets {WORD}"),
        actions.TOGETHER: Typed("Tillsammans"),
    }
    actions.write_at_meeting(by=karin, meeting_id=meeting.public_id, question="3.2.1", boxes=boxes)
    actions.end_meeting(by=karin, meeting_id=meeting.public_id)
    to_bo, to_yusuf = delivered()
    for mail in (to_bo, to_yusuf):
        text = " ".join(mail.text.split())
        assert f"Exempelby byalag: Byalagets {WORD}" in text
        assert "Det ni sa tillsammans: Tillsammans" in text
        assert "Bo Gäst" in text
    assert "Svara på det här mejlet, med ja eller med det som ska ändras" in " ".join(to_bo.text.split())
    assert f"/moten/{meeting.public_id}/" not in to_bo.text
    assert "Bekräfta det, eller rätta" in " ".join(to_yusuf.text.split())
    assert f"/moten/{meeting.public_id}/" in to_yusuf.text


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
