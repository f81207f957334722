"""Two people changed the same thing: what each wrote, side by side."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext

from samverka.kernel.errors import Conflict


@dataclass(frozen=True)
class Differing:
    """A field where what is saved now differs from what the person wrote."""

    label: str
    theirs: str
    yours: str


def conflict_rows(form: BaseForm, conflict: Conflict) -> list[Differing]:
    """Return the fields of `form` that differ, from the Conflict's `theirs` and `yours` ({field: value})."""
    theirs: dict[str, Any] = conflict.details.get("theirs") or {}
    yours: dict[str, Any] = conflict.details.get("yours") or {}
    return [
        Differing(str(form.fields[name].label), _text(theirs.get(name)), _text(mine))
        for name, mine in yours.items()
        if name in form.fields and _text(theirs.get(name)) != _text(mine)
    ]


def differing(label: str, conflict: Conflict, name: str) -> Differing:
    """Return one differing value, for what is no single field of the form."""
    return Differing(label, _text(conflict.details["theirs"].get(name)), _text(conflict.details["yours"].get(name)))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    return "" if value is None else str(value)
