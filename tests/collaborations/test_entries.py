"""What the parties write: effects of each action."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle
from samverka.collaborations.exports import OWN, SHARED, diary_on_paper
from samverka.collaborations.models import Collaboration, Entry, EntryVersion
from samverka.collaborations.queries import Seat, seat, versions_of
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.organisations.models import Membership
from samverka.organisations.queries import acting_for
from tests.people import Together


def seat_of(together: Together, name: str) -> Seat:
    person = together.village.people[name]
    own = together.village.association if name in {"yusuf", "fatima"} else together.village.municipality
    return seat(acting_for(person, own.public_id), together.collaboration.public_id)


def test_new_entry_is_a_draft_unless_said_otherwise(together: Together) -> None:
    entry = actions.write_entry(by=seat_of(together, "yusuf"), text="Vi vill börja på torsdagar")
    assert (entry.circle, entry.shared_at) == (Circle.AUTHOR, None)
    assert not AuditEntry.objects.filter(action__startswith="entry.").exists(), "a draft leaves no trace for others"


def test_entry_cannot_be_shared_with_all_in_the_same_breath(together: Together) -> None:
    with pytest.raises(Refused):
        actions.write_entry(by=seat_of(together, "yusuf"), text="Hej", circle=Circle.ALL)


def test_empty_entry_is_refused(together: Together) -> None:
    with pytest.raises(Refused):
        actions.write_entry(by=seat_of(together, "yusuf"), text="  \n ")


def test_registrar_cannot_write(together: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.write_entry(by=seat_of(together, "rut"), text="Hej")


def test_change_keeps_the_earlier_text(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Första")
    actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Andra")
    assert [version.text for version in entry.versions.all()] == ["Andra", "Första"]


def test_change_of_an_old_version_conflicts_and_keeps_both_texts(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Första")
    actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Andra")
    with pytest.raises(Conflict) as conflict:
        actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Tredje")
    assert (conflict.value.details["theirs"], conflict.value.details["yours"]) == ("Andra", "Tredje")
    entry.refresh_from_db()
    assert entry.text == "Andra"


def test_saving_the_same_text_again_is_no_conflict(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Första")
    actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Andra")
    again = actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Andra")
    assert again.version == 2


def test_colleague_cannot_reach_a_draft(together: Together) -> None:
    entry = actions.write_entry(by=seat_of(together, "yusuf"), text="Mitt utkast")
    with pytest.raises(NotVisible):
        actions.write_entry(by=seat_of(together, "fatima"), entry_id=entry.public_id, version=1, text="Mitt nu")


def test_colleague_goes_on_with_what_the_party_says(together: Together) -> None:
    """Whoever takes over finds the party's texts and can change them; who wrote the first one still shows."""
    entry = actions.write_entry(by=seat_of(together, "yusuf"), text="Vårt", circle=Circle.PARTY)
    changed = actions.write_entry(by=seat_of(together, "fatima"), entry_id=entry.public_id, version=1, text="Vårt nu")
    assert (changed.author, changed.changed_by) == (together.village.yusuf, together.village.fatima)


def test_other_party_does_not_change_what_is_shared(together: Together) -> None:
    entry = shared_by(together, "yusuf", "Delat")
    with pytest.raises(NotAllowed):
        actions.write_entry(by=seat_of(together, "karin"), entry_id=entry.public_id, version=1, text="Annat")


def test_sharing_widens_and_notes_when_and_who(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Nu delar vi")
    shared = actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    assert shared.shared_at is not None
    assert shared.shared_by == together.village.yusuf
    logs = AuditEntry.objects.filter(action="entry.shared")
    assert {row.organisation_id for row in logs} == {
        together.village.association.public_id,
        together.village.municipality.public_id,
    }
    assert "Nu delar vi" not in str([row.changes for row in logs])


def test_sharing_never_narrows(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Vårt", circle=Circle.PARTY)
    with pytest.raises(Refused):
        actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.AUTHOR, version=1)


def test_sharing_another_text_than_the_one_shown_conflicts(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Första")
    actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Andra, med ett namn")
    with pytest.raises(Conflict):
        actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    assert not Entry.objects.shared().exists()


def shared_by(together: Together, name: str, text: str) -> Entry:
    by = seat_of(together, name)
    entry = actions.write_entry(by=by, text=text)
    return actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=1)


def test_shared_entry_is_corrected_and_the_earlier_text_stays(together: Together) -> None:
    entry = shared_by(together, "yusuf", "Delat")
    assert not entry.corrected
    actions.write_entry(by=seat_of(together, "fatima"), entry_id=entry.public_id, version=1, text="Rättat")
    seen = Entry.objects.get(pk=entry.pk)
    assert seen.corrected
    assert [version.text for version in versions_of(seat_of(together, "karin"), seen)] == ["Rättat", "Delat"]


def test_withdrawn_entry_stays_readable_with_its_reason(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Fel datum")
    actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    actions.withdraw_entry(by=yusuf, entry_id=entry.public_id, reason="Fel datum")
    seen = seat_of(together, "karin").entries.get()
    assert (seen.text, seen.withdrawn_reason) == ("Fel datum", "Fel datum")


def test_withdrawing_needs_a_reason(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Fel")
    with pytest.raises(Refused):
        actions.withdraw_entry(by=yusuf, entry_id=entry.public_id, reason=" ")


def test_draft_versions_stay_the_authors_after_sharing(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Argt utkast")
    actions.write_entry(by=yusuf, entry_id=entry.public_id, version=1, text="Vänligare")
    entry = actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=2)
    assert [v.text for v in versions_of(seat_of(together, "karin"), entry)] == ["Vänligare"]
    assert [v.text for v in versions_of(yusuf, entry)] == ["Vänligare", "Argt utkast"]


def test_joint_note_is_written_by_both(together: Together) -> None:
    note = actions.write_joint_note(by=seat_of(together, "karin"), text="Vi börjar i mars.", version=0)
    note = actions.write_joint_note(by=seat_of(together, "yusuf"), text="Vi börjar i april.", version=note.version)
    assert (note.version, note.changed_by) == (2, together.village.yusuf)
    assert EntryVersion.objects.filter(entry=note).count() == 2


def test_joint_note_begun_by_two_at_once_conflicts(together: Together) -> None:
    actions.write_joint_note(by=seat_of(together, "karin"), text="Min början", version=0)
    with pytest.raises(Conflict) as conflict:
        actions.write_joint_note(by=seat_of(together, "yusuf"), text="Min början också", version=0)
    assert conflict.value.details["theirs"] == "Min början"


def test_joint_note_waits_for_a_second_party(together: Together) -> None:
    together.civil_party.state = "invited"
    together.civil_party.save()
    with pytest.raises(Refused):
        actions.write_joint_note(by=seat_of(together, "karin"), text="Ensam", version=0)


def test_drafts_go_with_the_account_and_what_was_shared_stays(together: Together) -> None:
    from samverka.accounts.hooks import follow_ending

    yusuf = seat_of(together, "yusuf")
    actions.write_entry(by=yusuf, text="Bara mitt")
    shared = actions.write_entry(by=yusuf, text="Först bara mitt")
    actions.share_entry(by=yusuf, entry_id=shared.public_id, circle=Circle.ALL, version=1)
    follow_ending(together.village.yusuf)
    assert [entry.text for entry in Entry.objects.all()] == ["Först bara mitt"]


def test_person_on_both_sides_reads_each_partys_notes_only_at_its_seat(together: Together) -> None:
    village = together.village
    Membership.objects.create(user=village.karin, organisation=village.association, role="member")
    ours = actions.write_entry(by=seat_of(together, "yusuf"), text="Byalagets egen", circle=Circle.PARTY)
    at_the_body = seat_of(together, "karin")
    at_the_association = seat(
        acting_for(village.karin, village.association.public_id), together.collaboration.public_id
    )
    assert at_the_body.both_sides
    assert list(at_the_body.entries) == []
    assert [entry.text for entry in at_the_association.entries] == ["Byalagets egen"]
    with pytest.raises(NotVisible):
        actions.withdraw_entry(by=at_the_body, entry_id=ours.public_id, reason="Fel")


def test_paper_of_one_party_holds_none_of_the_other(together: Together) -> None:
    Membership.objects.create(user=together.village.karin, organisation=together.village.association, role="member")
    actions.write_entry(by=seat_of(together, "yusuf"), text="Byalagets egen", circle=Circle.PARTY)
    actions.write_entry(by=seat_of(together, "karin"), text="Kommunens egen", circle=Circle.PARTY)
    paper = diary_on_paper(seat_of(together, "karin"), OWN)
    assert [note.text for note in paper.whole.notes] == ["Kommunens egen"]


def test_registrar_takes_out_only_what_is_shared(together: Together) -> None:
    actions.write_entry(by=seat_of(together, "karin"), text="Kommunens egen", circle=Circle.PARTY)
    assert diary_on_paper(seat_of(together, "rut"), SHARED).whole.notes == ()
    with pytest.raises(NotAllowed):
        diary_on_paper(seat_of(together, "rut"), OWN)


def test_entry_stands_at_its_question(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Tisdagar", place=Place.of("3.2.1"))
    assert (entry.step, entry.question) == ("3.2", "3.2.1")
    assert actions.write_entry(by=yusuf, text="Om steget", place=Place.of("3.2")).code == "3.2"


@pytest.mark.parametrize("code", ["9.9", "9.9.1", "3.2.77"])
def test_place_that_the_model_lacks_is_not_found(together: Together, code: str) -> None:
    with pytest.raises(NotVisible):
        actions.write_entry(by=seat_of(together, "yusuf"), text="Hej", place=Place.of(code))
    with pytest.raises(NotVisible):
        actions.write_joint_note(by=seat_of(together, "yusuf"), text="Hej", version=0, place=Place.of(code))


def test_each_question_has_a_joint_text_of_its_own(together: Together) -> None:
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    first = actions.write_joint_note(by=karin, text="Trettio barn", version=0, place=Place.of("3.2.1"))
    second = actions.write_joint_note(by=yusuf, text="Vi räknar", version=0, place=Place.of("3.2.2"))
    assert first.pk != second.pk
    with pytest.raises(Conflict):
        actions.write_joint_note(by=yusuf, text="Tjugo barn", version=0, place=Place.of("3.2.1"))


def test_nothing_is_shared_while_preparing_alone(together: Together) -> None:
    Collaboration.objects.update(state="preparing")
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Till oss själva")
    with pytest.raises(Refused):
        actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    assert actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.PARTY, version=1)


def test_public_body_sends_its_draft_out_for_comments(together: Together) -> None:
    karin, until = seat_of(together, "karin"), timezone.localdate() + timedelta(days=14)
    entry = actions.write_entry(by=karin, text="Förslag till överenskommelse", circle=Circle.PARTY)
    sent = actions.share_entry(by=karin, entry_id=entry.public_id, circle=Circle.ALL, version=1, comments_until=until)
    assert sent.takes_comments
    assert sent.comments_marked_by == together.village.karin
    ended = actions.end_comments(by=karin, entry_id=entry.public_id)
    assert not ended.takes_comments
    assert ended.comments_until == until
    with pytest.raises(NotAllowed):
        actions.end_comments(by=karin, entry_id=entry.public_id)


def test_association_cannot_send_out_for_comments(together: Together) -> None:
    yusuf, until = seat_of(together, "yusuf"), timezone.localdate() + timedelta(days=14)
    entry = actions.write_entry(by=yusuf, text="Vår budget")
    with pytest.raises(Refused):
        actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=1, comments_until=until)


def test_comments_end_by_themselves_after_the_last_day(together: Together) -> None:
    karin, today = seat_of(together, "karin"), timezone.localdate()
    entry = actions.write_entry(by=karin, text="Förslag", circle=Circle.PARTY)
    shared = actions.share_entry(by=karin, entry_id=entry.public_id, circle=Circle.ALL, version=1, comments_until=today)
    assert shared.takes_comments
    shared.comments_until = today - timedelta(days=1)
    assert not shared.takes_comments


@pytest.mark.parametrize("name", ["karin", "rut", "yusuf", "fatima"])
def test_what_a_seat_reads_is_what_the_person_may_see(together: Together, name: str) -> None:
    """The quick reading of a seat against the one rule, with a text in each circle of each party."""
    for writer in ("karin", "yusuf", "fatima"):
        by = seat_of(together, writer)
        actions.write_entry(by=by, text=f"{writer}s utkast")
        actions.write_entry(by=by, text=f"{writer}s part", circle=Circle.PARTY)
        shared_by(together, writer, f"{writer}s delade")
    read = set(seat_of(together, name).readable.values_list("pk", flat=True))
    assert read == set(Entry.objects.visible_to(together.village.people[name]).values_list("pk", flat=True))
    assert len(read) > 2


def test_draft_for_comments_goes_to_all_parties_only(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Utkast")
    until = timezone.localdate() + timedelta(days=7)
    with pytest.raises(Refused):
        actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.PARTY, version=1, comments_until=until)
