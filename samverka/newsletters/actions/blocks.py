"""What adds, changes, moves, removes and puts back the blocks of an issue, and keeps what is typed in one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import drafts
from samverka.kernel.drafts import SavedDraft
from samverka.kernel.errors import NotAllowed, NotVisible, Refused

from ..blocks import FIELDS, MATTERS, MOST_ITEMS
from ..enums import BlockKind, Format
from ..models import Block, BlockDraft, Issue
from ..rules import can_write_issue
from .checks import hold_version, locked_draft, note


@transaction.atomic
def add_block(*, by: Any, issue_id: str, kind: BlockKind, language: str = "sv", after: str = "") -> Block:
    """Add an empty block after the block `after`, or first. Raises NotAllowed, NotVisible; Refused for one matter more
    than the format takes.
    """
    issue = locked_draft(by, issue_id)
    _refuse_too_many(issue, kind, language)
    place = _block(issue, after).position if after else 0
    issue.blocks.filter(language=language, position__gt=place).update(position=F("position") + 1)
    made: Block = Block.objects.create(issue=issue, kind=kind, language=language, position=place + 1)
    _note("issue.block_added", issue, made, by=by)
    return made


def _refuse_too_many(issue: Issue, kind: str, language: str) -> None:
    if kind not in MATTERS:
        return
    there = issue.blocks.standing().filter(language=language, kind__in=MATTERS).count()
    if issue.format == Format.OFFICIAL and there >= 1:
        raise Refused(
            _("Ett brev till myndigheter handlar om en enda sak. Ta bort den som finns, eller gör ett brev till.")
        )
    if issue.format == Format.MAGAZINE and there >= MOST_ITEMS:
        raise Refused(
            _("Högst fem nyheter får plats. Ta bort någon, eller spara den till nästa gång. Då blir alla lästa.")
        )


@transaction.atomic
def change_block(*, by: Any, block_id: str, version: int, values: Mapping[str, str]) -> Block:
    """Set the fields in `values`. Raises NotAllowed, NotVisible, Conflict when `version` is stale, Refused."""
    issue, block = _locked(by, block_id)
    if unknown := set(values) - set(FIELDS[block.kind]):
        raise TypeError(f"no fields of a {block.kind}: {sorted(unknown)}")
    hold_version(block, version, block.content, values)
    content = {**block.content, **values}
    if content != block.content:
        block.content = content
        block.version += 1
        block.save(update_fields=["content", "version"])
        _note("issue.block_changed", issue, block, by=by)
    return block


@transaction.atomic
def shift_block(*, by: Any, block_id: str, steps: int) -> None:
    """Move a block one step up (-1) or down (1); nothing happens where there is no further."""
    issue, block = _locked(by, block_id)
    standing = list(issue.blocks.standing().filter(language=block.language))
    place = standing.index(block)
    if not 0 <= place + steps < len(standing):
        return
    standing.insert(place + steps, standing.pop(place))
    for position, one in enumerate(standing, start=1):
        one.position = position
    Block.objects.bulk_update(standing, ["position"])
    _note("issue.block_moved", issue, block, by=by)


@transaction.atomic
def remove_block(*, by: Any, block_id: str) -> Block:
    """Take a block out of the issue; it can be put back."""
    issue, block = _locked(by, block_id)
    block.removed_at = timezone.now()
    block.save(update_fields=["removed_at"])
    _note("issue.block_removed", issue, block, by=by)
    return block


@transaction.atomic
def put_back(*, by: Any, block_id: str) -> Block:
    """Put a removed block back where it stood. Raises Refused when there is no room for it any more."""
    issue, block = _locked(by, block_id)
    _refuse_too_many(issue, block.kind, block.language)
    block.removed_at = None
    block.save(update_fields=["removed_at"])
    _note("issue.block_put_back", issue, block, by=by)
    return block


def _locked(by: Any, block_id: str) -> tuple[Issue, Block]:
    issue_id = Block.objects.filter(public_id=block_id).values_list("issue__public_id", flat=True).first()
    if issue_id is None:
        raise NotVisible
    issue = locked_draft(by, issue_id)
    return issue, _block(issue, block_id)


def _block(issue: Issue, block_id: str) -> Block:
    found: Block | None = issue.blocks.filter(public_id=block_id).first()
    if found is None:
        raise NotVisible
    return found


def _note(action: str, issue: Issue, block: Block, *, by: Any) -> None:
    note(action, issue, by=by, changes={"block": [None, f"{block.kind} {block.public_id}"]})


@transaction.atomic
def keep_draft(*, by: Any, block_id: str, values: Mapping[str, str], base_version: int, revision: int) -> SavedDraft:
    """Keep `values` ({field: text}); `revision` is the one that the device knew last, 0 for none.

    Raises NotAllowed, NotVisible, Refused for what is too much.
    """
    too_long = _("Texten är för lång för att sparas medan du skriver. Dela upp den i flera delar.")
    drafts.check(values, too_long=too_long)
    block = _writable(by, block_id)
    return drafts.keep(
        BlockDraft.objects, {"user": by, "block": block}, values=values, base_version=base_version, revision=revision,
        now=block.version,
    )  # fmt: skip


@transaction.atomic
def drop_draft(*, by: Any, block_id: str, revision: int) -> None:
    """Throw away what was typed: it has been saved, or its author wants it gone. What came later stays."""
    block = _writable(by, block_id)
    drafts.drop(BlockDraft.objects.filter(user=by, block=block), revision)


def _writable(by: Any, block_id: str) -> Block:
    block: Block | None = Block.objects.select_related("issue__sender").filter(public_id=block_id).first()
    if block is None:
        raise NotVisible
    if not can_write_issue(by, block.issue):
        raise NotAllowed
    return block
