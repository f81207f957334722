"""What starts a report, and changes what it is called."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused

from ..models import Report, ReportBlock, Round
from ..reporting import outline
from .checks import require_analyst
from .steps import hold_version, locked_report, note_report, set_values

FACTS = ("title", "lead", "beside")


@transaction.atomic
def start_report(*, by: Any, round_id: int, language: str, title: str, beside: Round | None = None) -> Report:
    """Start a report of a round, with the chapters and figures that its questionnaire gives.

    Raises NotAllowed; Refused where there is one in that language, or the rounds are the same.
    """
    require_analyst(by)
    found: Round = Round.objects.select_for_update(of=("self",)).select_related("version").get(pk=round_id)
    if Report.objects.filter(round=found, language=language).exists():
        raise Refused(_("Det finns redan en rapport om omgången på det språket. Arbeta vidare i den."), field="round")
    _check_beside(found, beside)
    made: Report = Report.objects.create(round=found, language=language, title=title, beside=beside, owner=by)
    blocks = enumerate(outline(found, language), start=1)
    ReportBlock.objects.bulk_create(ReportBlock(report=made, position=place, **told) for place, told in blocks)
    note_report("report.started", made, by=by)
    return made


@transaction.atomic
def change_report(*, by: Any, report_id: str, version: int, values: Mapping[str, Any]) -> Report:
    """Set the facts in `values` (keys of FACTS). Raises NotAllowed, Conflict when `version` is stale, Refused."""
    require_analyst(by)
    if unknown := set(values) - set(FACTS):
        raise TypeError(f"no facts of a report: {sorted(unknown)}")
    found = locked_report(report_id)
    hold_version(found, version, values)
    _check_beside(found.round, values.get("beside"))
    if changes := set_values(found, values):
        note_report("report.changed", found, by=by, changes=changes)
    return found


def _check_beside(found: Round, beside: Round | None) -> None:
    if beside is not None and beside.pk == found.pk:
        raise Refused(_("Välj en annan omgång, eller ingen."), field="beside")
