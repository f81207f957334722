"""A file that says how columns and values of another file are called here.

YAML or JSON: `columns: {kolumn: variabel}`, `values: {variabel: {värde: val}}` (null for no answer) and
`respondent: kolumn`. Or CSV with the headings column and variable.
"""

import csv
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .report import ImportRefused

_KNOWN = {"columns", "values", "respondent"}


@dataclass(frozen=True)
class Mapping:
    """Column -> variable, variable -> {value in the file: value here, "" for no answer}, and who answers."""

    columns: AnyMapping[str, str] = field(default_factory=dict)
    values: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)
    respondent: str = ""


def read_mapping(path: Path) -> Mapping:
    """Return what a mapping file says. Raises ImportRefused."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportRefused(_("Filen %(path)s går inte att läsa.") % {"path": path}) from error
    return _of_table(path, text) if path.suffix.lower() == ".csv" else _of_document(path, text)


def _of_table(path: Path, text: str) -> Mapping:
    rows = list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    if not rows or not {"column", "variable"} <= rows[0].keys():
        raise ImportRefused(_("%(path)s ska ha rubrikerna column och variable.") % {"path": path.name})
    return Mapping({str(row["column"]).strip(): str(row["variable"]).strip() for row in rows})


def _of_document(path: Path, text: str) -> Mapping:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ImportRefused(_("%(path)s är varken YAML eller JSON.") % {"path": path.name}) from error
    if not isinstance(found, dict):
        raise ImportRefused(_("%(path)s ska ha columns, values eller respondent.") % {"path": path.name})
    if not found.keys() & _KNOWN:
        found = {"columns": found}
    return _checked(path, found)


def _checked(path: Path, found: dict[Any, Any]) -> Mapping:
    columns, values = found.get("columns") or {}, found.get("values") or {}
    whole = isinstance(columns, dict) and isinstance(values, dict) and all(isinstance(v, dict) for v in values.values())
    if found.keys() - _KNOWN or not whole:
        raise ImportRefused(_("%(path)s ska ha columns, values eller respondent.") % {"path": path.name})
    return Mapping(
        {str(column): str(variable or "") for column, variable in columns.items()},
        {str(code): {_cell(old): _cell(new) for old, new in told.items()} for code, told in values.items()},
        str(found.get("respondent") or ""),
    )


def _cell(value: Any) -> str:
    """Return a value of YAML as a cell has it: yes is read as truth, and null as no answer."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
