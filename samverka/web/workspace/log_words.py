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
    "organisation.changed": _("Ändrade uppgifter"),
    "organisation.state_changed": _("Ändrade läge"),
    "organisation.protected": _("Skyddade organisationen"),
    "organisation.unprotected": _("Tog bort skyddet"),
    "organisation.imported": _("Läste in från register"),
    "organisation.changed_by_import": _("Ändrade uppgifter genom inläsning"),
    "unit.added": _("Lade till enhet"),
    "unit.changed": _("Ändrade enhet"),
    "unit.ended": _("Avslutade enhet"),
    "function.set": _("Angav funktionsadress"),
    "function.confirmed": _("Bekräftade funktionsadress"),
    "function.withdrawn": _("Tog bort funktionsadress"),
    "contact.added": _("Lade till kontakt"),
    "contact.changed": _("Ändrade kontakt"),
    "contact.confirmed": _("Bekräftade kontakt"),
    "contact.withdrawn": _("Tog bort kontakt"),
    "offer.added": _("Skrev vad organisationen kan eller behöver"),
    "offer.withdrawn": _("Tog bort vad organisationen kan eller behöver"),
    "relation.added": _("Angav släktskap"),
    "relation.ended": _("Avslutade släktskap"),
    "role.granted": _("Gav en roll"),
    "role.ended": _("Avslutade en roll"),
    "claim.code_sent": _("Bad att få handla för organisationen, kod skickad"),
    "claim.asked": _("Bad att få handla för organisationen"),
    "claim.granted": _("Fick handla för organisationen"),
    "claim.refused": _("Sade nej till en begäran"),
    "correction.reported": _("Skrev att något inte stämmer"),
    "correction.answered": _("Svarade på en synpunkt"),
    "collaboration.started": _("Startade samverkan"),
    "collaboration.invited": _("Bjöd in till samverkan"),
    "collaboration.invitation_withdrawn": _("Tog tillbaka inbjudan"),
    "collaboration.invitation_accepted": _("Tackade ja till samverkan"),
    "collaboration.invitation_declined": _("Tackade nej till samverkan"),
    "collaboration.invitation_call_me": _("Bad om att bli uppringd"),
    "collaboration.diary_number_set": _("Angav diarienummer"),
    "entry.written": _("Skrev anteckning"),
    "entry.changed": _("Ändrade anteckning"),
    "entry.shared": _("Delade anteckning"),
    "entry.withdrawn": _("Strök anteckning"),
    "entry.joint_begun": _("Började på det gemensamma"),
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
        what=str(ACTIONS.get(entry.action, _("Annan händelse"))),
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
