"""Commitments as tables. All parties read them."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx

from .queries import Promise, Seat

FORMATS = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE}
COLUMNS = (
    Column("what", _("Vad"), width=48),
    Column("owners", _("Vem"), width=36),
    Column("person", _("Håller i det"), width=24),
    Column("due_on", _("Klart senast"), "date"),
    Column("state", _("Läge"), width=24),
    Column("days_late", _("Dagar försenat"), "int"),
    Column("settled_on", _("Avslutat"), "date"),
    Column("volunteer_hours", _("Ideella timmar"), "int"),
    Column("premises", _("Lokal eller saker"), width=28),
)


def export_commitments(seat: Seat, rows: Iterable[Promise], *, format: str, file: BinaryIO) -> int:
    """Write commitments to the open binary `file`, as CSV or XLSX; return how many."""
    language = (get_language() or "sv")[:2]
    if format == "csv":
        return write_csv(COLUMNS, _rows(rows), file, language=language)
    title = seat.collaboration.title
    return write_xlsx(COLUMNS, _rows(rows), file, title=title, language=language)


def _rows(rows: Iterable[Promise]) -> Iterator[dict[str, Any]]:
    for promise in rows:
        commitment = promise.commitment
        yield {
            "what": commitment.what,
            "owners": "; ".join(party.name for party in promise.owners),
            "person": commitment.person,
            "due_on": commitment.due_on,
            "state": str(commitment.get_state_display()),
            "days_late": promise.days_late or None,
            "settled_on": commitment.settled_on,
            "volunteer_hours": commitment.volunteer_hours,
            "premises": commitment.premises,
        }
