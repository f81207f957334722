"""What adds, changes, moves, removes and puts back the parts of a report's draft."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused

from ..enums import REQUIRED_CHAPTERS, BlockKind
from ..models import Report, ReportBlock
from .checks import require_analyst
from .steps import hold_version, locked_report, note_report, set_values

#: Which fields a part of each kind has.
FIELDS: dict[str, tuple[str, ...]] = {
    BlockKind.CHAPTER: ("heading", "text", "from_beside"),
    BlockKind.TEXT: ("text", "from_beside"),
    BlockKind.FIGURE: ("variable", "by", "option", "shape", "heading", "text", "from_beside"),
    BlockKind.MAP: ("variable", "option", "heading", "text"),
    BlockKind.QUOTE: ("text", "who", "consent"),
}
_TEXTS = ("text",)


@transaction.atomic
def add_block(*, by: Any, report_id: str, kind: BlockKind, after: str = "") -> ReportBlock:
    """Add an empty part after the part `after`, or first. Raises NotAllowed, NotVisible."""
    require_analyst(by)
    report = locked_report(report_id)
    place = _block(report, after).position if after else 0
    report.blocks.filter(position__gt=place).update(position=F("position") + 1)
    made: ReportBlock = ReportBlock.objects.create(report=report, kind=kind, position=place + 1)
    _note("report.part_added", report, made, by=by)
    return made


@transaction.atomic
def change_block(*, by: Any, block_id: str, version: int, values: Mapping[str, Any]) -> ReportBlock:
    """Set the fields in `values`. Raises NotAllowed, NotVisible, Conflict when `version` is stale."""
    require_analyst(by)
    report, block = _locked(block_id)
    if unknown := set(values) - set(FIELDS[block.kind]):
        raise TypeError(f"no fields of a {block.kind}: {sorted(unknown)}")
    hold_version(block, version, values)
    if changes := set_values(block, values):
        _note("report.part_changed", report, block, by=by, changes=_for_trail(changes))
    return block


@transaction.atomic
def shift_block(*, by: Any, block_id: str, steps: int) -> None:
    """Move a part one step up (-1) or down (1); nothing happens where there is no further."""
    require_analyst(by)
    report, block = _locked(block_id)
    standing = list(report.blocks.standing())
    place = standing.index(block)
    other = place + steps
    if not 0 <= other < len(standing):
        return
    standing.insert(other, standing.pop(place))
    for position, one in enumerate(standing, start=1):
        one.position = position
    ReportBlock.objects.bulk_update(standing, ["position"])
    _note("report.part_moved", report, block, by=by)


@transaction.atomic
def remove_block(*, by: Any, block_id: str) -> ReportBlock:
    """Take a part out of the draft; it can be put back. Raises Refused for what no report is published without."""
    require_analyst(by)
    report, block = _locked(block_id)
    if block.role in REQUIRED_CHAPTERS:
        raise Refused(_("Metod och bortfall hör till varje rapport. De går att flytta men inte att ta bort."))
    block.removed_at = timezone.now()
    block.save(update_fields=["removed_at"])
    _note("report.part_removed", report, block, by=by)
    return block


@transaction.atomic
def put_back(*, by: Any, block_id: str) -> ReportBlock:
    """Put a removed part back where it stood."""
    require_analyst(by)
    report, block = _locked(block_id)
    block.removed_at = None
    block.save(update_fields=["removed_at"])
    _note("report.part_put_back", report, block, by=by)
    return block


def _locked(block_id: str) -> tuple[Report, ReportBlock]:
    """Return a part and its report, both as they are now: whoever changes a part holds the report."""
    report_id = ReportBlock.objects.filter(public_id=block_id).values_list("report__public_id", flat=True).first()
    if report_id is None:
        raise NotVisible
    report = locked_report(report_id)
    return report, _block(report, block_id)


def _block(report: Report, block_id: str) -> ReportBlock:
    found: ReportBlock | None = report.blocks.filter(public_id=block_id).first()
    if found is None:
        raise NotVisible
    return found


def _for_trail(changes: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the changes with long texts as their length and hash: what was published stands in its edition."""
    return {
        name: [audit.hidden_text(str(one)) for one in both] if name in _TEXTS else both
        for name, both in changes.items()
    }


def _note(
    action: str, report: Report, block: ReportBlock, *, by: Any, changes: Mapping[str, Any] | None = None
) -> None:
    note_report(action, report, by=by, changes={"part": [None, f"{block.kind} {block.public_id}"], **(changes or {})})
