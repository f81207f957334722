"""What a person is typing, kept as they type. A draft is read by its author only and leaves no trace for others."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import drafts
from samverka.kernel.drafts import SavedDraft
from samverka.kernel.errors import NotAllowed, Refused

from ..models import Commitment, Draft, Entry
from ..queries import Seat, outcome_to_write, version_of, writes_together

#: A letter for the kind of form, and what it is about: a place in the model, an id, or "new".
KEY = re.compile(r"[a-z]:[0-9a-z.]{0,20}")


@transaction.atomic
def save_draft(*, by: Seat, key: str, values: Mapping[str, str], base_version: int, revision: int) -> SavedDraft:
    """Keep `values` ({field: text}) under `key`; `revision` is the one that the device knew last, 0 for none.

    Raises NotAllowed for who may not write, Refused for what is no draft of ours.
    """
    if not by.writes:
        raise NotAllowed
    _check(key, values)
    mine: dict[str, Any] = {"user": by.user, "party": by.party, "key": key}
    now = _version_now(by, key)
    return drafts.keep(Draft.objects, mine, values=values, base_version=base_version, revision=revision, now=now)


def _check(key: str, values: Mapping[str, str]) -> None:
    too_long = _("Texten är för lång för att sparas medan du skriver. Dela upp den i flera anteckningar.")
    drafts.check(values, too_long=too_long)
    if not KEY.fullmatch(key):
        raise Refused(too_long)


def _version_now(by: Seat, key: str) -> int | None:
    kind, _colon, about = key.partition(":")
    if kind == "o":
        return _outcome_now(by, about)
    if kind == "c":
        return _commitment_now(by, about)
    if kind == "j":
        step = ".".join(about.split(".")[:2])
        texts = by.readable.filter(joint=True, step=step, question=about if about.count(".") > 1 else "")
    elif kind == "e":
        texts = by.readable.filter(public_id=about)
    else:
        texts = Entry.objects.none()
    found: int | None = texts.values_list("version", flat=True).first()
    return found


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
    drafts.drop(Draft.objects.filter(user=by.user, party=by.party, key=key), revision)
