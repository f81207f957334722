"""What keeps what an analyst is typing in a part of a report, and throws it away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import drafts
from samverka.kernel.drafts import SavedDraft
from samverka.kernel.errors import NotVisible

from ..models import BlockDraft, ReportBlock
from .checks import require_analyst


@transaction.atomic
def keep_draft(*, by: Any, block_id: str, values: Mapping[str, str], base_version: int, revision: int) -> SavedDraft:
    """Keep `values` ({field: text}); `revision` is the one that the device knew last, 0 for none.

    Raises NotAllowed, NotVisible, Refused for what is too much.
    """
    require_analyst(by)
    too_long = _("Texten är för lång för att sparas medan du skriver. Dela upp den i flera delar.")
    drafts.check(values, too_long=too_long)
    block: ReportBlock | None = ReportBlock.objects.filter(public_id=block_id).first()
    if block is None:
        raise NotVisible
    return drafts.keep(
        BlockDraft.objects, {"user": by, "block": block}, values=values, base_version=base_version, revision=revision,
        now=block.row_version,
    )  # fmt: skip


@transaction.atomic
def drop_block_draft(*, by: Any, block_id: str, revision: int) -> None:
    """Throw away what was typed: it has been saved, or its author wants it gone. What came later stays."""
    require_analyst(by)
    drafts.drop(BlockDraft.objects.filter(user=by, block__public_id=block_id), revision)
