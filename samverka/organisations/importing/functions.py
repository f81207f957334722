"""Reading office addresses from a CSV file (or JSON Lines): which organisation, which unit, which office, which
address.
"""

from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samverka.kernel.errors import Refused
from samverka.kernel.text import slug, swedish_sort_key
from samverka.organisations import numbers
from samverka.organisations.actions.functions import set_function
from samverka.organisations.enums import FunctionKind
from samverka.organisations.models import Function, Organisation, Unit
from samverka.organisations.queries import body_of_municipality, body_of_region
from samverka.places.names import municipality_code

from .readers import Line, read_lines
from .report import Report
from .synonyms import plain

_COLUMNS: dict[str, tuple[str, ...]] = {
    "organisation": (
        "kod",
        "code",
        "kommunkod",
        "regionkod",
        "organisation",
        "kommun",
        "region",
        "municipality",
        "namn",
        "name",
        "organisationsnummer",
        "orgnr",
    ),
    "unit": ("enhet", "unit", "namnd", "forvaltning", "avdelning"),
    "kind": ("funktion", "function", "functionkind", "kind", "slag", "roll", "typ"),
    "email": ("epost", "email", "epostadress", "mejl", "mail", "mailadress", "adress"),
    "phone": ("telefon", "phone", "telefonnummer", "tel", "tfn"),
}
#: What an office is called in files, without dots and rings; the start of the word is enough.
_KINDS = (
    ("registrat", FunctionKind.REGISTRAR),
    ("diari", FunctionKind.REGISTRAR),
    ("kommunstyrelse", FunctionKind.EXECUTIVE_BOARD),
    ("regionstyrelse", FunctionKind.EXECUTIVE_BOARD),
    ("styrelse", FunctionKind.EXECUTIVE_BOARD),
    ("executive", FunctionKind.EXECUTIVE_BOARD),
    ("samordn", FunctionKind.COORDINATOR),
    ("forening", FunctionKind.COORDINATOR),
    ("civilsamhalle", FunctionKind.COORDINATOR),
    ("coordinat", FunctionKind.COORDINATOR),
    ("namnd", FunctionKind.COMMITTEE),
    ("committee", FunctionKind.COMMITTEE),
    ("kansli", FunctionKind.OFFICE),
    ("office", FunctionKind.OFFICE),
    ("kontaktcent", FunctionKind.CONTACT_CENTRE),
    ("medborgar", FunctionKind.CONTACT_CENTRE),
    ("contact", FunctionKind.CONTACT_CENTRE),
    ("kundtjanst", FunctionKind.CONTACT_CENTRE),
    ("vaxel", FunctionKind.CONTACT_CENTRE),
)
_NO_ORGANISATION = _("Organisationen %(name)s finns inte i registret.")
_NO_UNIT = _("Enheten %(name)s finns inte hos %(organisation)s.")
_NO_KIND = _("Funktionen %(name)s känns inte igen.")


@transaction.atomic
def import_functions(file: IO[bytes], *, by: Any, name: str, dry_run: bool) -> Report:
    """Read office addresses; see `run_functions_import`. An address that stands already is unchanged, another is
    replaced.
    """
    report = Report(dry_run=dry_run)
    for line in read_lines(file, name=name, needs_name=False):
        try:
            outcome = _row(line, by=by, source=name, dry_run=dry_run)
        except Refused as error:
            report.add(line.number, "refused", str(error.message))
        else:
            report.add(line.number, outcome)
    return report


def _row(line: Line, *, by: Any, source: str, dry_run: bool) -> str:
    if line.fault:
        raise Refused(line.fault)
    values = _values(line.values)
    organisation = _organisation(values["organisation"])
    unit = _unit(organisation, values["unit"])
    kind = _kind(values["kind"])
    current = Function.objects.filter(organisation=organisation, unit=unit, kind=kind, withdrawn_at=None).first()
    with transaction.atomic():
        # Also tried in a dry run, so that its refusals are told; then undone.
        made = set_function(
            by=by, organisation=organisation, unit=unit, kind=kind,
            email=values["email"], phone=values["phone"], source=source,
        )  # fmt: skip
        if dry_run:
            transaction.set_rollback(True)
    if current is None:
        return "created"
    return "unchanged" if made.pk == current.pk else "changed"


def _values(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the row's values by our words, "" for those it lacks; the columns are known by their names."""
    by_plain = {plain(key): " ".join(str(value).split()) for key, value in row.items() if isinstance(value, str | int)}
    return {
        ours: next((by_plain[name] for name in names if by_plain.get(name)), "") for ours, names in _COLUMNS.items()
    }


def _organisation(stated: str) -> Organisation:
    """Return the organisation with that code (2 or 4 digits), number or name. Raises Refused."""
    found: Organisation | None = None
    if stated.isdigit() and len(stated) in {1, 2}:
        found = body_of_region(stated.zfill(2))
    elif stated.isdigit() and len(stated) in {3, 4}:
        found = body_of_municipality(stated.zfill(4))
    elif number := numbers.read(stated).number:
        found = Organisation.objects.visible_to(None).filter(org_number=number).order_by("id").first()
    elif stated:
        code = municipality_code(stated)
        found = body_of_municipality(code) if code else _named(stated)
    if found is None:
        raise Refused(_NO_ORGANISATION % {"name": stated[:80] or "–"})
    return found


def _named(name: str) -> Organisation | None:
    """Return the one organisation with that name; None where several have it."""
    found = list(Organisation.objects.visible_to(None).filter(sort_key=swedish_sort_key(name))[:2])
    return found[0] if len(found) == 1 else None


def _unit(organisation: Organisation, stated: str) -> Unit | None:
    if not stated:
        return None
    key = swedish_sort_key(stated)
    unit: Unit
    for unit in organisation.units.current():
        if unit.sort_key == key:
            return unit
    raise Refused(_NO_UNIT % {"name": stated[:80], "organisation": organisation.name})


def _kind(stated: str) -> FunctionKind:
    if stated in FunctionKind.values:
        return FunctionKind(stated)
    word = slug(stated)
    for start, kind in _KINDS:
        if start in word:
            return kind
    if not stated:
        return FunctionKind.REGISTRAR
    raise Refused(_NO_KIND % {"name": stated[:80]})
