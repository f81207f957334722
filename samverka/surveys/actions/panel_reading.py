"""What reads a panel from a file: addresses mended in a spreadsheet, and organisations that are added."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.kernel.errors import DomainError, Refused
from samverka.kernel.text import swedish_sort_key
from samverka.organisations import numbers
from samverka.organisations.addresses import email_or_none
from samverka.organisations.models import Organisation

from ..models import Asked, Round
from ..panel_files import EMAIL, KEY, LANGUAGE, NAME, NUMBER, PHONE, PanelRow, read_rows
from ..queries.candidates import may_be_asked
from .checks import require_analyst
from .panel import Member, add_to_panel
from .steps import locked_round, note, set_values

#: Rows that one file may have.
MOST = 20_000
NO_COLUMN = gettext_lazy(
    "Filen behöver kolumnen Nyckel, eller Organisationsnummer eller Namn. "
    "Exportera panelen, ändra i filen och läs in den igen."
)
MANY = gettext_lazy("Flera organisationer heter så. Skriv organisationsnumret.")
NONE = gettext_lazy("Organisationen finns inte i registret, eller frågas inte i den här omgången.")


@dataclass
class PanelRead:
    """What came of a file: how many rows were added, changed and as they were, and why others were not taken."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def read_panel(*, by: Any, slug: str, text: str) -> PanelRead:
    """Read the panel of a round from a sheet as text (`panel_files`). Each row that can be used is.

    Raises NotAllowed; Refused for a sheet without a column that says who a row is about.
    """
    require_analyst(by)
    found, rows = locked_round(slug), read_rows(text)
    if not rows or not {KEY, NUMBER, NAME} & rows[0].cells.keys():
        raise Refused(NO_COLUMN, field="file")
    if len(rows) > MOST:
        raise Refused(_("Filen har för många rader. Dela den i flera."), field="file")
    told = PanelRead()
    for row in rows:
        try:
            with transaction.atomic():
                _read(by, found, row, told)
        except DomainError as refused:
            told.refused.append((row.number, str(refused.message)))
    note("round.panel_read", found, by=by, changes={"added": [None, told.added], "changed": [None, told.changed]})
    return told


def _read(by: Any, found: Round, row: PanelRow, told: PanelRead) -> None:
    asked = _asked(found, row)
    if asked is None:
        organisation = _organisation(found, row)
        added = add_to_panel(by=by, slug=found.slug, members=[Member(organisation.pk)])
        _mend(Asked.objects.get(round=found, organisation=organisation, unit=None), row)
        told.added += added
        return
    if _mend(asked, row):
        told.changed += 1
    else:
        told.unchanged += 1


def _asked(found: Round, row: PanelRow) -> Asked | None:
    """Return the row of the panel that a row of the file is about; None for an organisation that is not in it."""
    there = Asked.objects.select_for_update(of=("self",)).filter(round=found)
    if row.get(KEY):
        asked: Asked | None = there.filter(public_id=row.get(KEY)).first()
        if asked is None:
            raise Refused(_("Nyckeln finns inte i den här omgången."))
        return asked
    return there.filter(organisation=_organisation(found, row), unit=None).first()


def _organisation(found: Round, row: PanelRow) -> Organisation:
    number = numbers.read(row.get(NUMBER)).number
    if not number and not row.get(NAME):
        raise Refused(_("Raden säger inte vilken organisation den gäller."))
    rows = may_be_asked(found)
    named = rows.filter(org_number=number) if number else rows.filter(sort_key=swedish_sort_key(row.get(NAME)))
    two = list(named[:2])
    if len(two) != 1:
        raise Refused(MANY if two else NONE)
    only: Organisation = two[0]
    return only


def _mend(asked: Asked, row: PanelRow) -> bool:
    """Set what the row says of where one is asked; return whether it changed. An empty cell, and an address that the
    export showed with dots, change nothing.
    """
    values: dict[str, Any] = {}
    if row.get(EMAIL) and "…" not in row.get(EMAIL):
        address = email_or_none(row.get(EMAIL))
        if address is None:
            raise Refused(_("E-postadressen är fel skriven."))
        values["email"] = address
    if row.get(PHONE):
        values["phone"] = row.get(PHONE)[:60]
    if row.get(LANGUAGE) in dict(settings.LANGUAGES):
        values["language"] = row.get(LANGUAGE)
    return bool(set_values(asked, values))
