"""The steps that the actions of a round share: lock, hold the version, write what changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, NotVisible, Refused

from ..enums import RoundState
from ..models import Asked, Report, Round
from .trail import record

CHANGED_MEANWHILE = _("Någon annan har ändrat uppgifterna medan du skrev. Inget är sparat än. Jämför och spara igen.")


def locked_round(slug: str) -> Round:
    """Return the round as it is now, locked until the transaction ends. Raises NotVisible."""
    found: Round | None = Round.objects.select_for_update().filter(slug=slug).first()
    if found is None:
        raise NotVisible
    return found


def locked_asked(asked_id: str) -> Asked:
    """Return one who is asked as it is now, locked, with its round and organisation. Raises NotVisible."""
    rows = Asked.objects.select_for_update(of=("self",)).select_related("round", "organisation", "unit")
    found: Asked | None = rows.filter(public_id=asked_id).first()
    if found is None:
        raise NotVisible
    return found


def require_open(found: Round) -> None:
    """Raise Refused unless the round takes answers."""
    if found.state != RoundState.OPEN:
        raise Refused(_("Omgången är inte öppen. Öppna den först."))


def hold_version(row: Any, version: int, values: Mapping[str, Any]) -> None:
    """Raise Conflict when `row` is past `version`; `theirs` and `yours` say what stands and what was sent."""
    if row.row_version == version:
        return
    yours = {name: value for name, value in values.items() if str(getattr(row, name) or "") != str(value or "")}
    theirs = {name: getattr(row, name) for name in yours}
    raise Conflict(CHANGED_MEANWHILE, theirs=theirs, yours=yours, version=row.row_version)


def set_values(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set `values`, count the row's version up and save; return what changed, as the trail holds it."""
    changes = audit.changed_fields({name: getattr(row, name) for name in values}, values)
    if changes:
        for name, value in values.items():
            setattr(row, name, value)
        row.row_version += 1
        row.save(update_fields=[*values, "row_version"])
    return changes


def note(action: str, row: Round | Asked, *, by: Any, changes: Mapping[str, Any] | None = None) -> None:
    """Write the audit row of a round, or of one who is asked in it."""
    if isinstance(row, Round):
        audit.record(action, by=by, kind="round", object_id=row.slug[:40], label=str(row), changes=changes)
        return
    record(action, row, by=by, changes=changes)


def locked_report(report_id: str) -> Report:
    """Return the report as it is now, locked until the transaction ends. Raises NotVisible."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("round__version", "beside__version")
    found: Report | None = rows.filter(public_id=report_id).first()
    if found is None:
        raise NotVisible
    return found


def note_report(action: str, report: Report, *, by: Any, changes: Mapping[str, Any] | None = None) -> None:
    """Write the audit row of a report."""
    audit.record(action, by=by, kind="report", object_id=report.public_id, label=str(report), changes=changes)
