"""Files as answers: each is kept under the one who is asked, and the answer holds its name and id like any other."""

from datetime import timedelta

from django.core.files.base import File
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.files import DOCUMENTS, MOST_ATTACHMENT_BYTES, remove_stored, store_upload
from samverka.kernel.ratelimit import allow
from samverka.questionnaires.values import Named, to_json

from ..enums import ANSWERING, RoundState
from ..files import OWNER, file_codes
from ..holders import Holder
from ..kept import Place
from .answering import Change, Saved, save_answers
from .trail import closed_words

#: So many an hour for one who is asked: everybody who has the link together.
MOST_AN_HOUR = 60


def attach(*, by: Holder, place: Place, base: int, upload: "File[bytes]") -> Saved:
    """Keep a file as the answer at a place, on top of the version that the form was drawn with; the file before stays
    in its own version. Raises NotVisible for a place that the link does not open or that takes no file, Refused with
    what to do for a file that cannot be taken, Busy.
    """
    if place[0] not in file_codes(by):
        raise NotVisible
    if by.asked.round.state != RoundState.OPEN or by.asked.state not in ANSWERING:
        raise Refused(closed_words(by.asked))
    allow(f"answer-file:{by.asked.public_id}", most=MOST_AN_HOUR, within=timedelta(hours=1))
    stored = store_upload(
        upload, by=None, owner_kind=OWNER, owner_id=by.asked.public_id, allowed=DOCUMENTS,
        most_bytes=MOST_ATTACHMENT_BYTES,
    )  # fmt: skip
    try:
        saved = save_answers(by=by, changes=[Change(place, base, to_json(Named(stored.name, stored.public_id)))])[0]
    except Refused:
        remove_stored(stored)
        raise
    if saved.theirs is not None:
        remove_stored(stored)
        raise Refused(_("Någon annan har just lagt en fil här. Skicka er igen om den ska stå i stället."))
    return saved


def detach(*, by: Holder, place: Place, base: int) -> Saved:
    """Take a file away from an answer; it stays in the version before. Raises NotVisible, Refused."""
    if place[0] not in file_codes(by):
        raise NotVisible
    saved = save_answers(by=by, changes=[Change(place, base, None)])[0]
    if saved.theirs is not None:
        raise Refused(_("Någon annan har just lagt en ny fil här. Ta bort även den om ingen fil ska finnas."))
    return saved
