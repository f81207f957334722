"""What each action of the audit trail is called, and how a change reads."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.accounts import roles
from samverka.collaborations.enums import Circle, CommitmentState, Stance
from samverka.kernel.models import AuditEntry
from samverka.organisations.enums import RelationKind
from samverka.organisations.models import Contact, Function, Offer, Organisation, Unit

from . import log_words_spread

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
    "terms.accepted": _("Godkände villkoren"),
    "terms.asked": _("Bad en kollega godkänna villkoren"),
    "correction.reported": _("Skrev att något inte stämmer"),
    "correction.answered": _("Svarade på en synpunkt"),
    "collaboration.started": _("Startade samverkan"),
    "collaboration.invited": _("Bjöd in till samverkan"),
    "collaboration.invitation_withdrawn": _("Tog tillbaka inbjudan"),
    "collaboration.invitation_accepted": _("Tackade ja till samverkan"),
    "collaboration.invitation_declined": _("Tackade nej till samverkan"),
    "collaboration.invitation_call_me": _("Bad om att bli uppringd"),
    "collaboration.invitation_asked": _("Ställde en fråga om inbjudan"),
    "collaboration.recorded": _("Lade in en samverkan som redan pågår"),
    "collaboration.facts_changed": _("Ändrade uppgifter om samverkan"),
    "collaboration.contact_set": _("Angav kontakt och ersättare i samverkan"),
    "collaboration.guest_invited": _("Lät en gäst läsa"),
    "collaboration.guest_ended": _("Avslutade en gästs läsning"),
    "collaboration.parties_named": _("Ändrade vilka parter som är nämnda"),
    "collaboration.ended": _("Avslutade samverkan"),
    "collaboration.reopened": _("Öppnade samverkan igen"),
    "collaboration.diary_number_set": _("Angav diarienummer"),
    "step.under_way": _("Började på ett steg"),
    "step.done": _("Markerade ett steg som klart"),
    "step.reopened": _("Öppnade ett steg igen"),
    "phase.confirmed": _("Bekräftade en fas"),
    "phase.not_yet": _("Skrev att en fas inte är klar än"),
    "phase.reminded": _("Påminde om en fas"),
    "entry.written": _("Skrev anteckning"),
    "entry.changed": _("Ändrade anteckning"),
    "entry.shared": _("Delade anteckning"),
    "entry.withdrawn": _("Strök anteckning"),
    "entry.joint_begun": _("Började på det gemensamma"),
    "entry.said_at_meeting": _("Skrev vid ett möte vad en part sa"),
    "entry.confirmed": _("Bekräftade vad som skrevs vid ett möte"),
    "meeting.started": _("Startade ett möte"),
    "meeting.attendee_added": _("Skrev upp någon som närvarande vid ett möte"),
    "meeting.ended": _("Avslutade ett möte"),
    "stance.taken": _("Skrev upp var parterna står i en fråga"),
    "outcome.saved": _("Skrev det ett steg lämnar efter sig"),
    "outcome.shared": _("Delade det ett steg lämnar efter sig"),
    "commitment.made": _("Skrev upp ett åtagande"),
    "commitment.changed": _("Ändrade ett åtagande"),
    "commitment.settled": _("Skrev vad det blev av ett åtagande"),
    "mandate.written": _("Skrev ett mandat"),
    "mandate.changed": _("Ändrade ett mandat"),
    "mandate.withdrawn": _("Avslutade ett mandat"),
    "decision.recorded": _("Skrev upp ett beslut"),
    "decision.withdrawn": _("Strök ett beslut"),
    "entry.comments_ended": _("Avslutade tiden för synpunkter"),
    "entry.file_attached": _("Bifogade en fil"),
    "entry.file_withdrawn": _("Strök en fil"),
    "asked.takes_part_after_all": _("Svarar på en kartläggning efter att först ha avstått"),
    "asked.passed_on": _("Skickade frågor i en kartläggning till en kollega"),
    "asked.taken_back": _("Tog tillbaka frågor från en kollega"),
    "asked.passed_done": _("Kollegan är klar med sina frågor"),
    "asked.handed_over": _("Lämnade in svaret på en kartläggning"),
    "asked.reopened": _("Öppnade svaret på en kartläggning igen"),
    "asked.diary_number": _("Angav diarienummer för svaret på en kartläggning"),
    "asked.signature_asked": _("Bad någon underteckna svaret på en kartläggning"),
    "asked.signing_code_sent": _("Bad om koden för att underteckna svaret på en kartläggning"),
    "asked.signed": _("Undertecknade svaret på en kartläggning"),
    **log_words_spread.ACTIONS,
}

#: what stands in a change where a text is kept out of the trail
HIDDEN = frozenset({"length", "sha256"})
#: ids of what was changed: they say nothing to a reader
IDS = frozenset({"entry", "outcome", "commitment", "mandate", "decision", "passed_id", "routes"})


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
    said = (_change(entry.object_kind, name, value) for name, value in entry.changes.items())
    return LogLine(
        at=entry.at,
        who=entry.actor_label,
        what=str(ACTIONS.get(entry.action, _("Annan händelse"))),
        about=entry.object_label,
        changes=[change for change in said if change],
    )


def _change(kind: str, name: str, value: Any) -> str:
    """Return one changed field in words, "" when there is nothing to say of it."""
    if name == "fields":
        return _which_fields(kind, value)
    if name in IDS or (kind in log_words_spread.KINDS and name not in log_words_spread.TOLD):
        return ""
    if name == "commitment_state":
        value = [str(CommitmentState(code).label) for code in value]
    if name == "stance":
        value = [str(Stance(code).label) if code else "" for code in value]
    if name == "circle":
        return gettext("{field}: {value}").format(field=_label(kind, name), value=Circle(value).label)
    label = _label(kind, name)
    if isinstance(value, Mapping) and HIDDEN & set(value):
        return gettext("{field}: en text på {n} tecken").format(field=label, n=value.get("length", 0))
    old, new = value if isinstance(value, list) and len(value) == 2 else (None, value)
    if _is_empty(old):
        return "" if _is_empty(new) else gettext("{field}: {value}").format(field=label, value=_said(kind, name, new))
    was, now = _said(kind, name, old), _said(kind, name, new)
    return gettext("{field}: {old} → {new}").format(field=label, old=was, new=now)


def _which_fields(kind: str, value: Any) -> str:
    """Say which of a person's details changed (never what they are), or that an organisation's activity did."""
    if kind == "organisation" or not all(isinstance(name, str) for name in value):
        return gettext("Verksamheten ändrad")
    return gettext("Ändrat: {fields}").format(fields=", ".join(_label(kind, name).lower() for name in value))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _said(kind: str, name: str, value: Any) -> str:
    if _is_empty(value):
        return gettext("(tomt)")
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if name == "role" and value in roles.ROLES:
        return str(roles.ROLES[value].label)
    field = _field(kind, name)
    choices = dict(getattr(field, "flatchoices", None) or [])
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(choices.get(value, value))


#: fields whose column has no Swedish name of its own
LABELS: dict[str, Any] = {
    "circle": _("Läses av"),
    "diary_number": _("Diarienummer"),
    "step": _("Steg"),
    "due_on": _("Klart senast"),
    "what": _("Åtagande"),
    "commitment_state": _("Läge"),
    "question": _("Fråga"),
    "stance": _("Läge"),
    "both_sides": _("Handlar för flera parter här"),
    "text": _("Text"),
    "reason": _("Skäl"),
    "role": _("Roll"),
    "phase": _("Fas"),
    "unit": _("Enhet"),
    "organisation": _("Organisation"),
    "name": _("Namn"),
    "kind": _("Slag"),
    "by_link": _("Genom länken i mejlet"),
    "state": _("Läge"),
    "state_reason": _("Skäl"),
    "genitive": _("Genitiv"),
    "deputy": _("Ersättare"),
    "predecessor": _("Tar över efter"),
    "protected_reason": _("Skäl till skyddet"),
    "language": _("Språk"),
    "person_role": _("Roll där"),
    "sent_to": _("Skickat till"),
    "basis": _("Grund"),
    "answer": _("Svar"),
    "public": _("Visa för alla"),
    "hours": _("Telefontid"),
    "title": _("Rubrik"),
    "purpose": _("Syfte"),
    "forms": _("Form"),
    "areas": _("Område"),
    "place": _("Plats"),
    "society_level": _("Samhällsnivå"),
    "starts_on": _("Från"),
    "ends_on": _("Till"),
    "link": _("Länk"),
    "party": _("Part"),
    "contact": _("Kontakt"),
    "deputy_accepted_on": _("Ersättaren sa ja den"),
    "deputy_reads_at": _("Här läser ersättaren in sig"),
    "guest": _("Gäst"),
    "role_of_guest": _("Varför gästen läser"),
    "until": _("Till och med"),
    "named": _("Nämnd part"),
    "version": _("Version"),
    "blocks": _("Block"),
    "answers": _("Antal svar"),
    "why": _("Skäl"),
    **log_words_spread.LABELS,
    **dict(RelationKind.choices),
}

MODELS: dict[str, Any] = {"unit": Unit, "contact": Contact, "function": Function, "offer": Offer}


def _field(kind: str, name: str) -> Any:
    model = MODELS.get(kind, Organisation)
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _label(kind: str, name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    field = _field(kind, name)
    said = str(field.verbose_name) if field is not None else name
    return said[:1].upper() + said[1:]
