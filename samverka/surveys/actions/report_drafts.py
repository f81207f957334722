"""What keeps what an analyst is typing in a part of a report, and throws it away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible, Refused

from ..models import BlockDraft, ReportBlock
from .checks import require_analyst

MOST_FIELDS, MOST_LENGTH = 20, 20_000


@dataclass(frozen=True)
class KeptDraft:
    """What became of a save. `elsewhere`: other values were saved meanwhile on another device, and stand untouched.
    `overtaken`: somebody else has changed the part since the draft was begun.
    """

    revision: int
    base_version: int = 0
    elsewhere: Mapping[str, str] | None = None
    overtaken: bool = False


@transaction.atomic
def keep_draft(*, by: Any, block_id: str, values: Mapping[str, str], base_version: int, revision: int) -> KeptDraft:
    """Keep `values` ({field: text}); `revision` is the one that the device knew last, 0 for none.

    Raises NotAllowed, NotVisible, Refused for what is too much.
    """
    require_analyst(by)
    if len(values) > MOST_FIELDS or any(len(text) > MOST_LENGTH for text in values.values()):
        raise Refused(_("Texten är för lång för att sparas medan du skriver. Dela upp den i flera delar."))
    block: ReportBlock | None = ReportBlock.objects.filter(public_id=block_id).first()
    if block is None:
        raise NotVisible
    first = {"values": dict(values), "base_version": base_version}
    draft, is_new = BlockDraft.objects.select_for_update().get_or_create(user=by, block=block, defaults=first)
    overtaken = block.row_version != base_version
    if is_new or draft.values == dict(values):
        return KeptDraft(draft.revision, draft.base_version, overtaken=overtaken)
    if revision != draft.revision:
        return KeptDraft(draft.revision, draft.base_version, draft.values, overtaken)
    draft.values, draft.base_version = dict(values), base_version
    draft.revision, draft.saved_at = draft.revision + 1, timezone.now()
    draft.save(update_fields=["values", "base_version", "revision", "saved_at"])
    return KeptDraft(draft.revision, draft.base_version, overtaken=overtaken)


@transaction.atomic
def drop_block_draft(*, by: Any, block_id: str, revision: int) -> None:
    """Throw away what was typed: it has been saved, or its author wants it gone. What came later stays."""
    require_analyst(by)
    BlockDraft.objects.filter(user=by, block__public_id=block_id, revision__lte=revision).delete()
