"""Two people changed the same thing: what each wrote, side by side."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from samverka.kernel.errors import Conflict
from samverka.knowledge.html import clean, plain
from samverka.web.components.rich_text import RichTextInput


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


def differing_in(mine: BaseForm, stored: BaseForm) -> list[Differing]:
    """Return the fields in which what was sent differs from what is saved, as a person reads them; for an action whose
    Conflict does not say both.
    """
    rows = []
    for bound in mine:
        theirs, yours = _sent(stored[bound.name]), _sent(bound)
        if not bound.is_hidden and theirs != yours:
            rows.append(Differing(str(bound.label), _shown(bound, theirs), _shown(bound, yours)))
    return rows


def sent_again(request: HttpRequest, conflict: Conflict) -> QueryDict:
    """Return what was sent, as an answer to what is saved now: the person has seen both."""
    data = request.POST.copy()
    data["version"] = str(conflict.details["version"])
    return data


def _sent(bound: BoundField) -> Any:
    """Return a field's value as it would be sent, so that what is saved and what was typed can be compared."""
    widget, value = bound.field.widget, bound.value()
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(str(one) for one in value or [])
    if isinstance(widget, RichTextInput):
        return clean(str(value or ""))
    said = bound.field.prepare_value(value) if isinstance(widget, ChoiceWidget) else widget.format_value(value)
    return "\n".join(line.rstrip() for line in str("" if said is None else said).strip().splitlines())


def _shown(bound: BoundField, value: Any) -> str:
    """Return the value in words: the labels of what was chosen, a text without its tags."""
    if isinstance(bound.field.widget, ChoiceWidget):
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(str(label) for key, label in bound.field.choices if str(key) in chosen)  # type: ignore[attr-defined]
    return plain(value) if isinstance(bound.field.widget, RichTextInput) else str(value)


def differing(label: str, conflict: Conflict, name: str) -> Differing:
    """Return one differing value, for what is no single field of the form."""
    return Differing(label, _text(conflict.details["theirs"].get(name)), _text(conflict.details["yours"].get(name)))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    return "" if value is None else str(value)
