"""Meetings: effects of each action."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.actions import TOGETHER, Place, Present, Typed
from samverka.collaborations.enums import Circle, Stance
from samverka.collaborations.models import Attendee, Entry, Meeting, Notice, Party, StanceTaken
from samverka.collaborations.queries import agenda, meeting_under_way, people_at_table, said_at
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.organisations.models import Membership
from tests.people import Together, make_sensitive
from tests.world import seat_of

QUESTION = "3.2.1"


def started(together: Together, name: str = "karin", people: tuple[Present, ...] = ()) -> Meeting:
    return actions.start_meeting(by=seat_of(together, name), questions=[QUESTION, "1.1.1"], people=people)


def written(together: Together, meeting: Meeting, name: str = "karin", **boxes: Any) -> None:
    """Save boxes, named public, civil and joint, each a text or (text, version)."""
    keys = {
        "public": together.public_party.public_id,
        "civil": together.civil_party.public_id,
        "joint": TOGETHER,
    }
    typed = {keys[box]: Typed(*(said if isinstance(said, tuple) else (said,))) for box, said in boxes.items()}
    actions.write_at_meeting(by=seat_of(together, name), meeting_id=meeting.public_id, question=QUESTION, boxes=typed)


def said_by(party: Party) -> Entry:
    return Entry.objects.get(party=party, joint=False, withdrawn_at=None)


def test_meeting_begins_with_its_questions_and_people(together: Together) -> None:
    people = (Present("Yusuf", together.civil_party, user=together.village.yusuf), Present(" Bo ", email="Bo@X.se"))
    meeting = started(together, people=people)
    assert meeting.questions == [QUESTION, "1.1.1"]
    assert [(a.name, a.email_address) for a in meeting.attendees.all()] == [
        ("Yusuf", "yusuf@example.se"),
        ("Bo", "bo@x.se"),
    ]
    assert AuditEntry.objects.filter(action="meeting.started").count() == 2


def test_questions_that_the_model_lacks_are_left_out(together: Together) -> None:
    karin = seat_of(together, "karin")
    assert actions.start_meeting(by=karin, questions=["9.9.9", QUESTION], people=[]).questions == [QUESTION]


def test_meeting_without_questions_is_refused(together: Together) -> None:
    with pytest.raises(Refused):
        actions.start_meeting(by=seat_of(together, "karin"), questions=["9.9.9"], people=[])


def test_one_meeting_at_a_time(together: Together) -> None:
    started(together)
    with pytest.raises(Refused, match="pågår redan"):
        started(together, "yusuf")


def test_preparation_has_no_meeting(together: Together) -> None:
    Party.objects.filter(pk=together.civil_party.pk).update(state="withdrawn")
    with pytest.raises(Refused, match="arbetsboken"):
        started(together)


def test_registrar_holds_no_meeting(together: Together) -> None:
    with pytest.raises(NotAllowed):
        started(together, "rut")


def test_typed_words_are_shared_and_own_ones_confirmed(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, public="Vi lånar ut salen", civil="Vi kokar kaffe", joint="Vi börjar på tisdag")
    ours, theirs = said_by(together.public_party), said_by(together.civil_party)
    assert {ours.circle, theirs.circle} == {Circle.ALL}
    assert (ours.meeting, ours.question, ours.step) == (meeting, QUESTION, "3.2")
    assert ours.confirmed_by == together.village.karin
    assert (theirs.confirmed_at, theirs.author) == (None, together.village.karin)
    assert Entry.objects.get(joint=True).text == "Vi börjar på tisdag"


def test_words_are_in_the_log_without_their_text(together: Together) -> None:
    written(together, started(together), civil="Hemlighetsfullt kaffe")
    rows = AuditEntry.objects.filter(action="entry.said_at_meeting")
    assert rows.count() == 2
    assert "kaffe" not in str([row.changes for row in rows])


def test_empty_boxes_write_nothing(together: Together) -> None:
    written(together, started(together), public="  ", civil="", joint=" ")
    assert not Entry.objects.exists()


def test_saving_the_same_again_makes_no_new_version(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, civil="Rad ett\r\nRad två", joint="Ett\r\nTvå")
    written(together, meeting, civil=("Rad ett\nRad två", 1), joint=("Ett\nTvå", 1))
    assert set(Entry.objects.values_list("version", flat=True)) == {1}


def test_joint_text_with_line_ends_of_a_browser_is_left_alone(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.write_joint_note(by=karin, text="Ett\r\nTvå", version=0, place=Place.of(QUESTION))
    written(together, started(together), joint=("Ett\nTvå", 1))
    assert Entry.objects.get().version == 1


def test_emptied_box_is_struck_and_can_be_filled_again(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, civil="Fel")
    written(together, meeting, civil=("", 1))
    struck = Entry.objects.get()
    assert struck.withdrawn_reason
    written(together, meeting, civil=("Fel", 1))
    assert Entry.objects.count() == 1, "left as it was by who has not seen that it was struck"
    written(together, meeting, civil="Rätt")
    assert said_by(together.civil_party).text == "Rätt"


def test_two_who_type_in_different_boxes_lose_nothing(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, "karin", public="Kommunens ord", civil="", joint="")
    written(together, meeting, "yusuf", public="", civil="Byalagets ord", joint="")
    assert said_by(together.public_party).text == "Kommunens ord"
    assert said_by(together.civil_party).text == "Byalagets ord"


def test_two_who_type_in_the_same_box_meet_both_texts(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, "karin", joint="Karins text")
    with pytest.raises(Conflict) as clash:
        written(together, meeting, "yusuf", civil="Byalagets ord", joint="Yusufs text")
    found = clash.value.details["boxes"][TOGETHER]
    assert (found["theirs"], found["version"], found["changed_by"]) == ("Karins text", 1, "Karin Provsson")
    assert not Entry.objects.filter(joint=False).exists(), "nothing is written before both have been seen"
    written(together, meeting, "yusuf", civil="Byalagets ord", joint=("Båda texterna", 1))
    assert Entry.objects.get(joint=True).text == "Båda texterna"


def test_box_left_alone_does_not_undo_what_another_changed(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, "karin", civil="Först", joint="Först")
    written(together, meeting, "karin", civil=("Sedan", 1), joint=("Sedan", 1))
    written(together, meeting, "karin", public="Eget", civil=("Först", 1), joint=("Först", 1))
    assert said_by(together.civil_party).text == "Sedan"
    assert Entry.objects.get(joint=True).text == "Sedan"


def test_confirmed_words_are_changed_by_their_party_only(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, "karin", civil="Vi kokar kaffe")
    actions.confirm_entry(by=seat_of(together, "yusuf"), entry_id=said_by(together.civil_party).public_id)
    with pytest.raises(Refused, match="Exempelby byalag har bekräftat"):
        written(together, meeting, "karin", civil=("Vi kokar te", 1))
    written(together, meeting, "fatima", civil=("Vi kokar te", 1))
    assert said_by(together.civil_party).text == "Vi kokar te"


def test_party_confirms_what_was_typed_for_it(together: Together) -> None:
    yusuf = together.village.yusuf
    meeting = started(together, people=(Present("Yusuf", together.civil_party, user=yusuf),))
    written(together, meeting, civil="Vi kokar kaffe")
    entry = actions.confirm_entry(by=seat_of(together, "yusuf"), entry_id=said_by(together.civil_party).public_id)
    assert entry.confirmed_by == yusuf
    assert Attendee.objects.get().answered_at is not None
    assert AuditEntry.objects.filter(action="entry.confirmed", actor_id=yusuf.pk).count() == 2


def test_nobody_confirms_for_another_party(together: Together) -> None:
    written(together, started(together), civil="Vi kokar kaffe")
    with pytest.raises(NotAllowed):
        actions.confirm_entry(by=seat_of(together, "karin"), entry_id=said_by(together.civil_party).public_id)


def test_correcting_confirms(together: Together) -> None:
    written(together, started(together), civil="Vi kokar kaffe")
    entry = said_by(together.civil_party)
    actions.write_entry(by=seat_of(together, "yusuf"), entry_id=entry.public_id, version=1, text="Vi kokar te")
    entry.refresh_from_db()
    assert (entry.text, entry.confirmed_by) == ("Vi kokar te", together.village.yusuf)
    assert [version.text for version in entry.versions.all()] == ["Vi kokar te", "Vi kokar kaffe"]


def test_person_on_both_sides_confirms_for_neither(together: Together) -> None:
    """users.md R12."""
    village = together.village
    Membership.objects.create(user=village.karin, organisation=village.association, role="member")
    meeting = started(together)
    written(together, meeting, public="Vi lånar ut salen", civil="Vi kokar kaffe")
    assert said_by(together.public_party).confirmed_at is None
    with pytest.raises(Refused):
        actions.confirm_entry(by=seat_of(together, "karin"), entry_id=said_by(together.public_party).public_id)


def test_stance_is_noted_once_until_it_changes(together: Together) -> None:
    meeting, karin = started(together), seat_of(together, "karin")
    for stance in (Stance.DIFFERING, Stance.DIFFERING, Stance.AGREED):
        actions.write_at_meeting(by=karin, meeting_id=meeting.public_id, question=QUESTION, boxes={}, stance=stance)
    assert list(StanceTaken.objects.values_list("stance", flat=True)) == ["agreed", "differing"]
    log = AuditEntry.objects.filter(action="stance.taken", organisation_id=together.village.municipality.public_id)
    assert [row.changes for row in log.order_by("id")] == [
        {"question": QUESTION, "stance": ["", "differing"]}, {"question": QUESTION, "stance": ["differing", "agreed"]},
    ]  # fmt: skip


def test_question_outside_the_meeting_is_not_found(together: Together) -> None:
    meeting, karin = started(together), seat_of(together, "karin")
    with pytest.raises(NotVisible):
        actions.write_at_meeting(by=karin, meeting_id=meeting.public_id, question="7.1.1", boxes={})


def test_words_are_not_saved_without_the_stance_that_was_sent_with_them(
    together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, typed = started(together), {together.public_party.public_id: Typed("Vi lånar ut salen")}
    monkeypatch.setattr(StanceTaken.objects, "create", lambda **row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.write_at_meeting(
            by=seat_of(together, "karin"), meeting_id=meeting.public_id, question=QUESTION, boxes=typed,
            stance=Stance.AGREED,
        )  # fmt: skip
    assert not Entry.objects.exists()


def test_no_stance_is_taken_where_two_have_written_the_same(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, joint="Karins ord")
    with pytest.raises(Conflict):
        actions.write_at_meeting(
            by=seat_of(together, "yusuf"), meeting_id=meeting.public_id, question=QUESTION,
            boxes={TOGETHER: Typed("Yusufs ord")}, stance=Stance.AGREED,
        )  # fmt: skip
    assert not StanceTaken.objects.exists()


def test_ended_meeting_takes_no_more(together: Together) -> None:
    meeting = started(together)
    actions.end_meeting(by=seat_of(together, "yusuf"), meeting_id=meeting.public_id)
    with pytest.raises(Refused, match="avslutat"):
        written(together, meeting, public="För sent")
    with pytest.raises(Refused):
        actions.end_meeting(by=seat_of(together, "karin"), meeting_id=meeting.public_id)
    assert meeting_under_way(seat_of(together, "karin")) is None


def test_text_goes_to_each_address_once(together: Together) -> None:
    yusuf = together.village.yusuf
    people = (
        Present("Yusuf", together.civil_party, user=yusuf),
        Present("Yusuf igen", email="yusuf@example.se"),
        Present("Bo", email="bo@example.org"),
        Present("Utan adress"),
    )
    meeting = started(together, people=people)
    written(together, meeting, civil="Vi kokar kaffe")
    actions.end_meeting(by=seat_of(together, "karin"), meeting_id=meeting.public_id)
    mails = OutboxMessage.objects.filter(kind="meeting_text")
    assert sorted(mails.values_list("to_address", flat=True)) == ["bo@example.org", "yusuf@example.se"]
    assert {tuple(mail.reply_to) for mail in mails} == {("karin@example.se",)}
    assert not Notice.objects.filter(kind="meeting_held").exists(), "Yusuf was there and has it already"


@pytest.mark.parametrize(
    ("said", "told", "not_told"),
    [
        ({"joint": "Tillsammans"}, "Läs texten här:", "Bekräfta eller rätta"),
        ({"civil": "Vi kokar kaffe"}, "Bekräfta eller rätta på mötets sida:", "Läs texten här:"),
    ],
)
def test_mail_asks_to_confirm_only_what_waits_for_it(
    together: Together, said: dict[str, str], told: str, not_told: str
) -> None:
    meeting = started(together, people=(Present("Yusuf", together.civil_party, user=together.village.yusuf),))
    written(together, meeting, **said)
    actions.end_meeting(by=seat_of(together, "karin"), meeting_id=meeting.public_id)
    outbox.deliver(OutboxMessage.objects.get(kind="meeting_text").pk)
    mail = django_mail.outbox[0]
    html = str(mail.alternatives[0][0])
    assert told in mail.body
    assert not_told not in mail.body
    assert ("Bekräfta eller rätta" in html) is ("Bekräfta" in told)


def test_party_that_was_not_there_is_told(together: Together) -> None:
    meeting = started(together)
    written(together, meeting, public="Vi lånar ut salen")
    actions.end_meeting(by=seat_of(together, "karin"), meeting_id=meeting.public_id)
    assert Notice.objects.get(kind="meeting_held").user == together.village.yusuf


def test_meeting_where_nothing_was_written_sends_nothing(together: Together) -> None:
    people = (Present("Bo", email="bo@example.org"),)
    meeting = started(together, people=people)
    actions.end_meeting(by=seat_of(together, "karin"), meeting_id=meeting.public_id)
    assert not OutboxMessage.objects.exists()
    assert not Notice.objects.exists()


def test_words_at_a_meeting_are_told_with_its_text_and_not_one_by_one(together: Together) -> None:
    written(together, started(together), civil="Vi kokar kaffe", joint="Tillsammans")
    assert not Notice.objects.exists()


def test_what_was_said_together_stays_as_it_stood_at_the_end(together: Together) -> None:
    meeting, karin = started(together), seat_of(together, "karin")
    written(together, meeting, joint="Som det sas")
    actions.end_meeting(by=karin, meeting_id=meeting.public_id)
    actions.write_joint_note(by=karin, text="Ändrat efteråt", version=1, place=Place.of(QUESTION))
    meeting.refresh_from_db()
    asked = agenda(karin.model, meeting.questions)
    said = said_at(meeting, asked=asked, texts=karin.readable, parties=karin.parties)
    assert [one.joint for one in said] == ["Som det sas", ""]


def test_people_at_the_table_are_contacts_and_ones_own(together: Together) -> None:
    village = together.village
    Party.objects.filter(pk=together.public_party.pk).update(deputy=village.kim)
    from_yusuf = {user.name for user, _party in people_at_table(seat_of(together, "yusuf"))}
    assert from_yusuf == {"Karin Provsson", "Kim Provsson", "Yusuf Provsson", "Fatima Provsson"}
    from_karin = {user.name for user, _party in people_at_table(seat_of(together, "karin"))}
    assert from_karin == {"Karin Provsson", "Kim Provsson", "Yusuf Provsson"}, "Fatima is no contact; Rut no writer"


def test_sensitive_meeting_is_mailed_without_title(together: Together) -> None:
    make_sensitive(together)
    meeting = started(together, people=(Present("Bo", email="bo@example.org"),))
    written(together, meeting, civil="Vi kokar kaffe")
    actions.end_meeting(by=seat_of(together, "karin"), meeting_id=meeting.public_id)
    assert "Läxhjälp" not in OutboxMessage.objects.get().subject


def test_answer_goes_to_whoever_the_mail_says_reads_it(together: Together) -> None:
    """Karin began the meeting and is named; Yusuf only pressed the button that ended it."""
    meeting = started(together, people=(Present("Bo", email="bo@example.org"),))
    written(together, meeting, civil="Vi kokar kaffe")
    actions.end_meeting(by=seat_of(together, "yusuf"), meeting_id=meeting.public_id)
    message = OutboxMessage.objects.get(kind="meeting_text")
    outbox.deliver(message.pk)
    assert message.reply_to == ["karin@example.se"]
    assert "så läser Karin Provsson det" in django_mail.outbox[0].body


def test_mail_does_not_tell_who_speaks_for_a_protected_organisation(together: Together) -> None:
    """users.md R10."""
    together.village.association.protected = True
    together.village.association.save()
    meeting = started(together, "yusuf", people=(Present("Bo", email="bo@example.org"),))
    written(together, meeting, "yusuf", civil="Vi kokar kaffe")
    actions.end_meeting(by=seat_of(together, "yusuf"), meeting_id=meeting.public_id)
    message = OutboxMessage.objects.get(kind="meeting_text")
    outbox.deliver(message.pk)
    (mail,) = django_mail.outbox
    for told in (*message.reply_to, mail.body, mail.alternatives[0][0]):
        assert "yusuf" not in str(told).lower()


def test_one_more_who_is_there_stands_in_the_log_of_every_party(together: Together) -> None:
    """Who is written up with an address gets the text, so that the other parties can see who wrote the person up."""
    meeting = started(together)
    actions.add_attendee(by=seat_of(together, "karin"), meeting_id=meeting.public_id, person=Present("Bo"))
    rows = AuditEntry.objects.filter(action="meeting.attendee_added")
    assert [row.changes for row in rows] == [{"name": "Bo"}] * 2


def test_addresses_that_one_person_writes_up_in_a_day_are_limited(
    together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samverka.collaborations.actions.meetings.ADDRESSES_A_DAY", 2)
    meeting = started(together, people=(Present("Bo", email="bo@x.example"), Present("Utan adress")))
    karin = seat_of(together, "karin")
    actions.add_attendee(by=karin, meeting_id=meeting.public_id, person=Present("Mo", email="mo@x.example"))
    with pytest.raises(TooMany):
        actions.add_attendee(by=karin, meeting_id=meeting.public_id, person=Present("Lo", email="lo@x.example"))
    assert meeting.attendees.count() == 3


def forgotten(together: Together, *, hours: int) -> Meeting:
    people = (Present("Yusuf", together.civil_party, user=together.village.yusuf), Present("Bo", email="bo@x.example"))
    meeting = started(together, people=people)
    written(together, meeting, civil="Vi kokar kaffe")
    Meeting.objects.update(started_at=timezone.now() - timedelta(hours=hours))
    return meeting


def test_meeting_that_nobody_ended_ends_by_itself_and_mails_nobody(together: Together) -> None:
    meeting = forgotten(together, hours=25)
    assert [actions.end_forgotten_meetings() for _again in range(2)] == [1, 0]
    meeting.refresh_from_db()
    assert meeting.ended_at is not None
    assert not OutboxMessage.objects.exists()
    assert not Notice.objects.exists()
    assert [row.actor_label for row in AuditEntry.objects.filter(action="meeting.ended")] == ["Systemet"] * 2
    started(together, "yusuf")


def test_meeting_of_today_is_not_forgotten(together: Together) -> None:
    forgotten(together, hours=23)
    assert actions.end_forgotten_meetings() == 0
