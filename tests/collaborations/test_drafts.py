"""Drafts: kept while typing, by two devices and beside another's save, seen by nobody else."""

import pytest

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.actions.drafts import SavedDraft
from samverka.collaborations.models import Draft
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry
from tests.people import Together
from tests.world import seat_of

KEY = "q:3.2.1"


def save(together: Together, name: str, text: str, revision: int = 0, *, key: str = KEY, base: int = 0) -> SavedDraft:
    return actions.save_draft(
        by=seat_of(together, name), key=key, values={"text": text}, base_version=base, revision=revision
    )


def test_draft_is_kept_and_kept_again(together: Together) -> None:
    first = save(together, "yusuf", "Att föräldrarna")
    second = save(together, "yusuf", "Att föräldrarna vågar", first.revision)
    assert (first.revision, second.revision) == (1, 2)
    assert Draft.objects.get().values == {"text": "Att föräldrarna vågar"}


def test_draft_leaves_no_trace_in_the_log(together: Together) -> None:
    before = AuditEntry.objects.count()
    save(together, "yusuf", "Hemligt")
    assert AuditEntry.objects.count() == before


def test_two_devices_never_overwrite_each_other(together: Together) -> None:
    phone = save(together, "yusuf", "På telefonen")
    computer = save(together, "yusuf", "På datorn", revision=0)
    assert computer.elsewhere == {"text": "På telefonen"}
    assert Draft.objects.get().values == {"text": "På telefonen"}
    chosen = save(together, "yusuf", "På datorn", revision=phone.revision)
    assert chosen.elsewhere is None
    assert Draft.objects.get().values == {"text": "På datorn"}


def test_saving_what_is_already_there_is_no_clash(together: Together) -> None:
    save(together, "yusuf", "Samma")
    assert save(together, "yusuf", "Samma", revision=0).elsewhere is None


def test_each_person_and_each_form_has_a_draft_of_its_own(together: Together) -> None:
    save(together, "yusuf", "Yusufs")
    save(together, "fatima", "Fatimas")
    save(together, "yusuf", "Yusufs andra", key="q:3.2.2")
    assert Draft.objects.count() == 3


def test_draft_tells_when_somebody_has_changed_what_it_began_from(together: Together) -> None:
    karin = seat_of(together, "karin")
    note = actions.write_joint_note(by=karin, text="Ett", version=0, place=Place.of("3.2.1"))
    assert not save(together, "yusuf", "Ett och två", key="j:3.2.1", base=1).overtaken
    actions.write_joint_note(by=karin, text="Ett, tre", version=note.version, place=Place.of("3.2.1"))
    assert save(together, "yusuf", "Ett och två till", revision=1, key="j:3.2.1", base=1).overtaken


def test_dropping_leaves_what_another_device_has_saved_since(together: Together) -> None:
    first = save(together, "yusuf", "Ett")
    save(together, "yusuf", "Två", first.revision)
    actions.drop_draft(by=seat_of(together, "yusuf"), key=KEY, revision=first.revision)
    assert Draft.objects.count() == 1
    actions.drop_draft(by=seat_of(together, "yusuf"), key=KEY, revision=2)
    assert not Draft.objects.exists()


def test_registrar_keeps_no_draft(together: Together) -> None:
    with pytest.raises(NotAllowed):
        save(together, "rut", "Hej")


@pytest.mark.parametrize(("key", "text"), [("", "a"), ("q:3.2.1; drop", "a"), (KEY, "a" * 20_001)])
def test_what_is_no_draft_is_refused(together: Together, key: str, text: str) -> None:
    with pytest.raises(Refused):
        save(together, "yusuf", text, key=key)


@pytest.mark.parametrize("text", ["Klistrat\x00", "Halvt \ud83d"])
def test_what_no_row_can_hold_is_refused_and_not_an_error(together: Together, text: str) -> None:
    with pytest.raises(Refused, match="tecken"):
        save(together, "yusuf", text)
