"""The register as files: the same columns in CSV and XLSX, through the kernel's writers, which defuse formulas."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx

from .acceptances import all_acceptances
from .filters import RegisterFilters
from .models import Organisation
from .register import ROW_COLUMNS, selected_ids
from .shown import shown_list_entries

FORMATS = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE}
_BATCH = 2000
COLUMNS = (
    Column("name", _("Namn"), width=44),
    Column("kind", _("Slag"), width=20),
    Column("side", _("Aktör"), width=24),
    Column("number", _("Organisationsnummer"), width=20),
    Column("municipality", _("Kommun"), width=24),
    Column("county", _("Län"), width=24),
    Column("town", _("Postort"), width=20),
    Column("fields", _("Verksamhetsområden"), width=40),
    Column("web_address", _("Webbplats"), kind="url"),
    Column("email", _("E-postadress"), width=30),
    Column("phone", _("Telefon"), width=18),
    Column("source", _("Källa"), width=28),
    Column("source_date", _("Uppgiftens datum"), kind="date"),
    Column("url", _("Sidan här"), kind="url"),
)
#: What a file has beside a list; a list's own columns are `register.ROW_COLUMNS`.
_MORE = ("postal_code", "web_address", "email", "email_public", "phone", "source", "source_date")

ACCEPTANCE_COLUMNS = (
    Column("organisation", _("Organisation"), width=44),
    Column("unit", _("Enhet"), width=32),
    Column("version", _("Version"), kind="int"),
    Column("provider", _("Godkända med"), width=32),
    Column("name", _("Godkända av"), width=28),
    Column("role", _("Roll"), width=28),
    Column("at", _("När"), kind="datetime"),
)


def export_acceptances(*, format: str, file: BinaryIO) -> int:
    """Write every acceptance of the terms, the latest first, to the open binary `file`; return how many. `format` is a
    key of FORMATS.
    """
    language = (get_language() or "sv")[:2]
    if format == "csv":
        return write_csv(ACCEPTANCE_COLUMNS, _acceptances(), file, language=language)
    return write_xlsx(ACCEPTANCE_COLUMNS, _acceptances(), file, title=str(_("Villkor")), language=language)


def _acceptances() -> Iterator[dict[str, Any]]:
    for one in all_acceptances():
        yield {
            "organisation": one.organisation.name,
            "unit": one.unit.name if one.unit else "",
            "version": one.version,
            "provider": one.provider,
            "name": one.accepted_name,
            "role": one.accepted_role,
            "at": one.accepted_at,
        }


def export_register(filters: RegisterFilters, *, format: str, file: BinaryIO) -> int:
    """Write all organisations of the selection (not only one page) to the open binary `file`; return how many.

    `format` is a key of FORMATS. Only what the public may see is written, whoever asks. CSV in Swedish has semicolons
    and a
    byte order mark, so that a Swedish Excel opens it right. Rows are read and written a batch at a time.
    """
    language = (get_language() or "sv")[:2]
    if format == "csv":
        return write_csv(COLUMNS, _rows(filters), file, language=language)
    return write_xlsx(COLUMNS, _rows(filters), file, title=str(_("Organisationer")), language=language)


def _rows(filters: RegisterFilters) -> Iterator[dict[str, Any]]:
    keys = selected_ids(filters)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        found = Organisation.objects.only(*ROW_COLUMNS, *_MORE).select_related("source").in_bulk(batch)
        for row in shown_list_entries([found[key] for key in batch if key in found]):
            yield {
                "name": row.name,
                "kind": row.kind_label,
                "side": row.side_label,
                "number": row.number,
                "municipality": row.place.municipality_name,
                "county": row.place.county_name,
                "town": row.town,
                "fields": ", ".join(row.fields),
                "web_address": row.web_address,
                "email": row.email,
                "phone": row.phone,
                "source": row.source.label if row.source else "",
                "source_date": row.source.date if row.source else None,
                "url": f"{settings.BASE_URL}/organisationer/{row.path}/",
            }
