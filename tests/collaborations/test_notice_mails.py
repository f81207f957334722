"""What the mail about a notice says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samverka.collaborations import actions, sending
from samverka.collaborations.actions import Present, Typed
from samverka.collaborations.enums import CommitmentState, NoticeKind, NoticePace, PhaseAnswer
from samverka.collaborations.models import (
    Decision,
    Guest,
    Notice,
    Outcome,
    Party,
    PhaseConfirmation,
)
from samverka.collaborations.notices import tell
from samverka.kernel.models import OutboxMessage
from samverka.organisations.models import Organisation, Unit
from tests.people import Together, make_sensitive
from tests.web.answers import tables_holding
from tests.world import seat_of

from .telling import WORD, commitment_of, delivered, shared


@pytest.fixture(autouse=True)
def sink(settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    settings.REPLY_ADDRESS = ""


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
