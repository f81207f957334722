"""What somebody is typing, kept as they type (ADR 9): the rule that all apps keep it by.

An app has a table of its own, made of `TypedDraft` and what the text is about, and asks who may write before it calls
`keep`. A draft is read by its author only and leaves no trace for others.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import Refused

#: What no row can hold: NUL, and halves of characters.
NOT_KEPT = re.compile("[\x00\ud800-\udfff]")
MOST_FIELDS, MOST_LENGTH = 30, 20_000


class TypedDraft(models.Model):
    """The columns of a draft: `values` are the form's fields, `base_version` the version of the text that the person
    began from (0 for a new one), `revision` counts saves so that two devices do not overwrite each other.
    """

    values = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Draft {self.pk}"


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


def check(
    values: Mapping[str, str], *, too_long: str, most_fields: int = MOST_FIELDS, most_length: int = MOST_LENGTH
) -> None:
    """Raise Refused for what is no draft: a character that no row holds, or more than is kept while one types."""
    texts = (*values, *values.values())
    if any(NOT_KEPT.search(text) for text in texts):
        raise Refused(_("Texten har ett tecken som inte går att spara. Ta bort det du klistrade in sist."))
    if len(values) > most_fields or any(len(text) > most_length for text in texts):
        raise Refused(too_long)


def keep(
    rows: Any, mine: Mapping[str, Any], *, values: Mapping[str, str], base_version: int, revision: int, now: int | None
) -> SavedDraft:
    """Keep `values` in the row of `rows` that `mine` names, in the caller's transaction.

    `revision` is the one that the device knew last, 0 for none; `now` the version of the text as it is saved, None
    where there is none.
    """
    draft, is_new = rows.select_for_update().get_or_create(
        **mine, defaults={"values": dict(values), "base_version": base_version}
    )
    overtaken = now is not None and now != base_version
    if is_new or draft.values == dict(values):
        return SavedDraft(draft.revision, draft.saved_at, None, draft.base_version, overtaken)
    if revision != draft.revision:
        return SavedDraft(draft.revision, draft.saved_at, draft.values, draft.base_version, overtaken)
    draft.values, draft.base_version = dict(values), base_version
    draft.revision, draft.saved_at = draft.revision + 1, timezone.now()
    draft.save(update_fields=["values", "base_version", "revision", "saved_at"])
    return SavedDraft(draft.revision, draft.saved_at, None, base_version, overtaken)


def drop(rows: Any, revision: int) -> None:
    """Throw away those of `rows` that have been saved, or that their author wants gone. What another device has kept
    since `revision` stays: its author has not seen it here.
    """
    rows.filter(revision__lte=revision).delete()
