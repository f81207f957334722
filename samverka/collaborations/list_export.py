"""The list of collaborations as a file: the whole selection, with the columns of the list and some more."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.kernel.addresses import site_address
from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx
from samverka.organisations.queries import Acting

from .enums import form_labels
from .models import Collaboration
from .queries.our_list import ListFilters, ListRow, list_rows, our_list, shown

FORMATS = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE}
_BATCH = 500
COLUMNS = (
    Column("title", _("Samverkan"), width=44),
    Column("state", _("Läge"), width=18),
    Column("forms", _("Form"), width=30),
    Column("parties", _("Parter"), width=60),
    Column("diary_number", _("Vårt diarienummer"), width=20),
    Column("phase", _("Fas"), width=28),
    Column("next_on", _("Nästa datum"), kind="date"),
    Column("late", _("Sena åtaganden"), kind="int"),
    Column("starts_on", _("Från"), kind="date"),
    Column("ends_on", _("Till"), kind="date"),
    Column("recorded_later", _("Inlagd i efterhand")),
    Column("changed_at", _("Senast ändrad"), kind="datetime"),
    Column("url", _("Sidan här"), kind="url"),
)


def export_list(acting: Acting, filters: ListFilters, *, format: str, file: BinaryIO) -> int:
    """Write the whole selection to the open binary `file`; return how many. `format` is a key of FORMATS."""
    language = (get_language() or "sv")[:2]
    rows = _rows(acting, filters)
    if format == "csv":
        return write_csv(COLUMNS, rows, file, language=language)
    return write_xlsx(COLUMNS, rows, file, title=str(_("Våra samverkan")), language=language)


def _rows(acting: Acting, filters: ListFilters) -> Iterator[dict[str, Any]]:
    keys = list(our_list(acting, filters).values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        for row in list_rows(acting, shown(keys[start : start + _BATCH])):
            yield _cells(acting, row)


def _cells(acting: Acting, row: ListRow) -> dict[str, Any]:
    collaboration: Collaboration = row.collaboration
    phase = row.here.phase if row.here else None
    return {
        "title": collaboration.title,
        "state": collaboration.get_state_display(),
        "forms": ", ".join(form_labels(collaboration.forms)),
        "parties": "; ".join([*(party.name for party in row.parties), *row.named]),
        "diary_number": ", ".join(row.diary_numbers),
        "phase": f"{phase.number} {phase.name}" if phase else "",
        "next_on": row.next_on,
        "late": row.late,
        "starts_on": collaboration.starts_on,
        "ends_on": collaboration.ends_on,
        "recorded_later": collaboration.recorded_later,
        "changed_at": collaboration.changed_at,
        "url": site_address("collaboration", acting.organisation.public_id, collaboration.public_id),
    }
