"""What publishes a report as an edition, and withdraws one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.search import store_vector

from ..enums import ReportState
from ..models import Edition, Report, ReportBlock
from ..reporting import faults
from .checks import require_analyst
from .steps import locked_report, note_report

#: Makes the document of an edition: every text, and every figure as it is now.
Resolve = Callable[[Report, Sequence[ReportBlock]], dict[str, Any]]


@transaction.atomic
def publish_report(*, by: Any, report_id: str, version: int, resolve: Resolve, what_changed: str = "") -> Edition:
    """Publish a report as it stands now; the first edition, or a new one that says what is changed since the last.

    Raises NotAllowed; Conflict when its facts have changed since `version`; Refused for everything in `faults`, with
    the first reason.
    """
    require_analyst(by)
    report = locked_report(report_id)
    if report.row_version != version:
        raise Conflict(_("Rapporten har ändrats sedan sidan öppnades. Läs igenom den igen innan ni publicerar."))
    blocks = list(report.blocks.standing())
    if found := faults(report, blocks):
        raise Refused(found[0].reason)
    number = report.editions.count() + 1
    if number > 1 and not what_changed.strip():
        raise Refused(_("Skriv vad som är ändrat sedan förra utgåvan. Det står först i den nya."), field="what_changed")
    made: Edition = Edition.objects.create(
        report=report, number=number, document=resolve(report, blocks), published_by=by,
        what_changed=what_changed.strip() if number > 1 else "",
    )  # fmt: skip
    _now(report, ReportState.PUBLISHED)
    store_vector(report)
    note_report("report.published", report, by=by, changes={"edition": [None, number]})
    return made


@transaction.atomic
def withdraw_report(*, by: Any, report_id: str, reason: str) -> Edition:
    """Say of the latest edition that it no longer holds, and why; it can still be read. Raises NotAllowed, Refused."""
    require_analyst(by)
    report = locked_report(report_id)
    latest: Edition | None = report.editions.first()
    if latest is None or latest.withdrawn_at:
        raise Refused(_("Det finns ingen publicerad utgåva att dra tillbaka."))
    if not reason.strip():
        raise Refused(_("Skriv varför. Det står på rapportens sida."), field="reason")
    latest.withdrawn_at, latest.withdrawn_reason = timezone.now(), reason.strip()
    latest.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _now(report, ReportState.WITHDRAWN)
    store_vector(report)
    note_report("report.withdrawn", report, by=by, changes={"edition": [latest.number, None], "reason": [None, reason]})
    return latest


def _now(report: Report, state: ReportState) -> None:
    report.state = state
    report.row_version += 1
    report.save(update_fields=["state", "row_version"])
