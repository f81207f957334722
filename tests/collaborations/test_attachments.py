"""Files beside texts: who may, who reads, what is struck, what is looked for in them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from samverka.collaborations import actions
from samverka.collaborations.actions.attachments import MOST_FILES, attachment_at, look_through
from samverka.collaborations.enums import Circle
from samverka.collaborations.hooks import forget_drafts
from samverka.collaborations.models import Entry
from samverka.collaborations.queries import files_of
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, StoredFile
from tests.people import Together
from tests.world import seat_of

#: An invented number with a right check digit, of the series that Skatteverket gives for tests.
NUMBER = "19900101-2385"


def upload(text: str = "Budget 2027", name: str = "budget.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def entry_by(together: Together, name: str, circle: Circle = Circle.PARTY) -> Entry:
    by = seat_of(together, name)
    entry = actions.write_entry(by=by, text="Se filen", circle=Circle.PARTY)
    if circle == Circle.ALL:
        return actions.share_entry(by=by, entry_id=entry.public_id, circle=circle, version=1)
    return entry


def test_file_is_read_by_the_circle_of_its_text(together: Together) -> None:
    entry = entry_by(together, "yusuf")
    attachment = actions.attach_file(by=seat_of(together, "fatima"), entry_id=entry.public_id, upload=upload())
    assert attachment_at(seat_of(together, "yusuf"), attachment.public_id).file.name == "budget.txt"
    for outsider in ("karin", "rut"):
        with pytest.raises(NotVisible):
            attachment_at(seat_of(together, outsider), attachment.public_id)
    actions.share_entry(by=seat_of(together, "yusuf"), entry_id=entry.public_id, circle=Circle.ALL, version=1)
    for reader in ("karin", "rut"):
        assert attachment_at(seat_of(together, reader), attachment.public_id)


def test_other_party_puts_no_file_beside_our_text(together: Together) -> None:
    entry = entry_by(together, "yusuf", Circle.ALL)
    with pytest.raises(NotAllowed):
        actions.attach_file(by=seat_of(together, "karin"), entry_id=entry.public_id, upload=upload())


def test_log_tells_of_the_file_but_not_its_name(together: Together) -> None:
    entry = entry_by(together, "yusuf")
    actions.attach_file(by=seat_of(together, "yusuf"), entry_id=entry.public_id, upload=upload(name="uppsägning.txt"))
    row = AuditEntry.objects.get(action="entry.file_attached")
    assert row.organisation_id == together.village.association.public_id
    assert "uppsägning" not in str(row.changes)


def test_struck_file_stays_with_its_reason(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = entry_by(together, "yusuf")
    attachment = actions.attach_file(by=yusuf, entry_id=entry.public_id, upload=upload())
    with pytest.raises(Refused):
        actions.withdraw_attachment(by=yusuf, attachment_id=attachment.public_id, reason=" ")
    struck = actions.withdraw_attachment(by=yusuf, attachment_id=attachment.public_id, reason="Fel fil")
    assert struck.withdrawn_reason == "Fel fil"
    assert attachment_at(yusuf, attachment.public_id)


def test_file_struck_before_the_text_was_shared_is_not_shared_with_it(together: Together) -> None:
    """As an earlier text is not: what was taken away while only we read it stays ours."""
    yusuf, entry = seat_of(together, "yusuf"), entry_by(together, "yusuf")
    wrong = actions.attach_file(by=yusuf, entry_id=entry.public_id, upload=upload(name="personakt.txt"))
    actions.withdraw_attachment(by=yusuf, attachment_id=wrong.public_id, reason="Fel fil")
    actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    later = actions.attach_file(by=yusuf, entry_id=entry.public_id, upload=upload())
    actions.withdraw_attachment(by=yusuf, attachment_id=later.public_id, reason="Gammal")
    karin = seat_of(together, "karin")
    assert [file.pk for file in karin.entries.get().attachments.all()] == [later.pk]
    assert [file.pk for file in files_of(karin.texts_at("")[0])] == [later.pk]
    assert attachment_at(karin, later.public_id)
    with pytest.raises(NotVisible):
        attachment_at(karin, wrong.public_id)
    for ours in (yusuf, seat_of(together, "fatima")):
        assert [file.pk for file in ours.entries.get().attachments.all()] == [wrong.pk, later.pk]
        assert attachment_at(ours, wrong.public_id)


def test_file_struck_in_a_draft_stays_its_authors(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    entry = actions.write_entry(by=yusuf, text="Utkast")
    file = actions.attach_file(by=yusuf, entry_id=entry.public_id, upload=upload())
    actions.withdraw_attachment(by=yusuf, attachment_id=file.public_id, reason="Fel fil")
    actions.share_entry(by=yusuf, entry_id=entry.public_id, circle=Circle.PARTY, version=1)
    assert attachment_at(yusuf, file.public_id)
    with pytest.raises(NotVisible):
        attachment_at(seat_of(together, "fatima"), file.public_id)


def test_not_more_files_than_one_looks_through(together: Together) -> None:
    yusuf, entry = seat_of(together, "yusuf"), entry_by(together, "yusuf")
    for number in range(MOST_FILES):
        actions.attach_file(by=yusuf, entry_id=entry.public_id, upload=upload(name=f"{number}.txt"))
    with pytest.raises(Refused):
        actions.attach_file(by=yusuf, entry_id=entry.public_id, upload=upload())


@pytest.mark.parametrize(("text", "found"), [("Budget 2027", False), (f"Deltagare: {NUMBER}", True)])
def test_file_is_looked_through_for_personal_identity_numbers(together: Together, text: str, *, found: bool) -> None:
    entry = entry_by(together, "yusuf")
    attachment = actions.attach_file(by=seat_of(together, "yusuf"), entry_id=entry.public_id, upload=upload(text))
    assert attachment.mentions_number is None
    look_through(by=None, attachment_id=attachment.pk)
    attachment.refresh_from_db()
    assert attachment.mentions_number is found


def test_files_of_drafts_go_with_the_account(
    together: Together, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """Only their author could read them; a file beside what the party reads stays."""
    yusuf, noted = seat_of(together, "yusuf"), entry_by(together, "yusuf")
    draft = actions.write_entry(by=yusuf, text="Mitt utkast", circle=Circle.AUTHOR)
    own = actions.attach_file(by=yusuf, entry_id=draft.public_id, upload=upload()).file
    kept = actions.attach_file(by=yusuf, entry_id=noted.public_id, upload=upload()).file
    with django_capture_on_commit_callbacks(execute=True):
        forget_drafts(together.village.yusuf)
    assert list(StoredFile.objects.all()) == [kept]
    assert default_storage.exists(kept.path)
    assert not default_storage.exists(own.path)
