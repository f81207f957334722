"""What each action of the audit trail is called, and how a change reads."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.models import AuditEntry
from samverka.organisations.models import Contact, Function, Organisation, Unit

#: action -> what was done. A test asks that every action the code records stands here.
ACTIONS: dict[str, Any] = {
    "organisation.added": _("Lade till organisationen"),
}

#: what stands in a change where a text is kept out of the trail
HIDDEN = frozenset({"length", "sha256"})


@dataclass(frozen=True)
class LogLine:
    """One line of the log: when, who, what, about what, and the changes in words."""

    at: datetime.datetime
    who: str
    what: str
    about: str
    changes: list[str]

    def as_row(self) -> dict[str, Any]:
        """Return the line for a spreadsheet."""
        return {
            "at": self.at,
            "who": self.who,
            "what": self.what,
            "about": self.about,
            "changes": "; ".join(self.changes),
        }


def log_line(entry: AuditEntry) -> LogLine:
    """Return an audit entry in words."""
    return LogLine(
        at=entry.at,
        who=entry.actor_label,
        what=str(ACTIONS.get(entry.action, entry.action)),
        about=entry.object_label,
        changes=[_change(name, value) for name, value in entry.changes.items()],
    )


def _change(name: str, value: Any) -> str:
    label = _label(name)
    if isinstance(value, Mapping) and HIDDEN & set(value):
        return gettext("{field}: en text på {n} tecken").format(field=label, n=value.get("length", 0))
    if isinstance(value, list) and len(value) == 2:
        old, new = (_said(part) for part in value)
        return gettext("{field}: {old} → {new}").format(field=label, old=old, new=new)
    return gettext("{field}: {value}").format(field=label, value=_said(value))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return gettext("(tomt)") if value in ("", None) else str(value)


#: fields whose column has no Swedish name of its own
LABELS: dict[str, Any] = {
    "reason": _("Skäl"),
    "role": _("Roll"),
    "unit": _("Enhet"),
    "fields": _("Verksamhet"),
    "state": _("Läge"),
    "genitive": _("Genitiv"),
    "deputy": _("Ersättare"),
    "predecessor": _("Tar över efter"),
    "protected_reason": _("Skäl till skyddet"),
    "language": _("Språk"),
    "person_role": _("Roll där"),
    "sent_to": _("Skickat till"),
    "counts": _("Antal"),
    "file": _("Fil"),
    "basis": _("Grund"),
}


def _label(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    for model in (Organisation, Unit, Contact, Function):
        field = next((f for f in model._meta.concrete_fields if f.name == name), None)
        if field is not None:
            said = str(field.verbose_name)
            return said[:1].upper() + said[1:]
    return name
