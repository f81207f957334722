"""What a person is typing, kept as they type. A draft is read by its author only and leaves no trace for others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed, Refused

from ..models import Commitment, Draft, Entry
from ..queries import Seat, outcome_to_write, version_of, writes_together

#: A letter for the kind of form, and what it is about: a place in the model, an id, or "new".
KEY = re.compile(r"[a-z]:[0-9a-z.]{0,20}")
#: What no row can hold: NUL, and halves of characters.
NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
MOST_FIELDS, MOST_LENGTH = 20, 20_000


@dataclass(frozen=True)
class SavedDraft:
    """What became of a save. `elsewhere`: other values were saved meanwhile on another device, and stand untouched.
    `base_version`: of the text that what is kept began from. `overtaken`: somebody else has changed that text since.
    """

    revision: int
    saved_at: datetime
    elsewhere: Mapping[str, str] | None = None
    base_version: int = 0
    overtaken: bool = False


@transaction.atomic
def save_draft(*, by: Seat, key: str, values: Mapping[str, str], base_version: int, revision: int) -> SavedDraft:
    """Keep `values` ({field: text}) under `key`; `revision` is the one that the device knew last, 0 for none.

    Raises NotAllowed for who may not write, Refused for what is no draft of ours.
    """
    if not by.writes:
        raise NotAllowed
    _check(key, values)
    mine: dict[str, Any] = {"user": by.user, "party": by.party, "key": key}
    draft, new = Draft.objects.select_for_update().get_or_create(
        **mine, defaults={"values": dict(values), "base_version": base_version}
    )
    overtaken = _is_overtaken(by, key, base_version)
    if new or draft.values == dict(values):
        return SavedDraft(draft.revision, draft.saved_at, overtaken=overtaken)
    if revision != draft.revision:
        return SavedDraft(draft.revision, draft.saved_at, draft.values, draft.base_version, overtaken)
    draft.values, draft.base_version = dict(values), base_version
    draft.revision, draft.saved_at = draft.revision + 1, timezone.now()
    draft.save(update_fields=["values", "base_version", "revision", "saved_at"])
    return SavedDraft(draft.revision, draft.saved_at, overtaken=overtaken)


def _check(key: str, values: Mapping[str, str]) -> None:
    texts = (*values, *values.values())
    if any(NOT_KEPT.search(text) for text in texts):
        raise Refused(_("Texten har ett tecken som inte går att spara. Ta bort det du klistrade in sist."))
    if not KEY.fullmatch(key) or len(values) > MOST_FIELDS or any(len(text) > MOST_LENGTH for text in texts):
        raise Refused(_("Texten är för lång för att sparas medan du skriver. Dela upp den i flera anteckningar."))


def _is_overtaken(by: Seat, key: str, base_version: int) -> bool:
    kind, _colon, about = key.partition(":")
    if kind in {"o", "c"}:
        now = _outcome_now(by, about) if kind == "o" else _commitment_now(by, about)
        return now is not None and now != base_version
    if kind == "j":
        step = ".".join(about.split(".")[:2])
        texts = by.readable.filter(joint=True, step=step, question=about if about.count(".") > 1 else "")
    elif kind == "e":
        texts = by.readable.filter(public_id=about)
    else:
        texts = Entry.objects.none()
    now = texts.values_list("version", flat=True).first()
    return now is not None and now != base_version


def _outcome_now(by: Seat, about: str) -> int | None:
    """Return the version of what a step has left behind; "6.3j" is what all say together where each says its own."""
    model = by.model
    step = model.step(about.removesuffix("j")) if model else None
    if step is None:
        return None
    joint = about.endswith("j") or writes_together(by, step)
    return version_of(by, step, outcome_to_write(by, step.code, joint=joint), joint=joint)


def _commitment_now(by: Seat, about: str) -> int | None:
    rows = Commitment.objects.filter(collaboration=by.collaboration, public_id=about)
    found: int | None = rows.values_list("version", flat=True).first()
    return found


@transaction.atomic
def drop_draft(*, by: Seat, key: str, revision: int) -> None:
    """Throw away what was typed under `key`: it has been saved, or its author wants it gone.

    What another device has saved since `revision` stays: its author has not seen it here.
    """
    Draft.objects.filter(user=by.user, party=by.party, key=key, revision__lte=revision).delete()
