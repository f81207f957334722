"""What a mail to one who is asked says, read when it leaves."""

from typing import Any

from django.utils.dateformat import format as in_words

from .addresses import blank_form_address, form_address, open_address
from .enums import AskedState, RoundState
from .models import Asked, Round

#: Nothing more is sent to these.
_DONE = frozenset({AskedState.HANDED_OVER, AskedState.SIGNED})

SAMPLE: dict[str, Any] = {
    "title": "Så samverkar ni med föreningslivet",
    "name": "Exempelby kommun",
    "sender": "Exempelmyndigheten",
    "form_url": "https://samverka.example/kartlaggning/svara/exempel/",
    "blank_url": "https://samverka.example/kartlaggning/2027/formular.pdf",
    "at_hand": ["Förteckningen över era avtal med föreningar", "Budgeten för föreningsstöd", "Namnet på er samordnare"],
    "provision": "",
    "consulted": "Sveriges Kommuner och Regioner",
    "contact_name": "Anna Analyssson",
    "contact_phone": "0123-456 70, vardagar 9–12",
    "contact_email": "kartlaggning@samverka.example",
    "anonymous": False,
    "begun": False,
    "test": False,
}


def letter(asked_id: str, link_number: int, *, until_answered: bool) -> dict[str, Any] | None:
    """Return what a mail says to one who is asked; None when it is not to leave any more."""
    rows = Asked.objects.select_related("round", "organisation", "unit")
    asked: Asked | None = rows.filter(public_id=asked_id, link_number=link_number).first()
    if asked is None or asked.round.state != RoundState.OPEN or asked.state == AskedState.DECLINED:
        return None
    if until_answered and asked.state in _DONE:
        return None
    return said_to(asked)


def said_to(asked: Asked) -> dict[str, Any]:
    """Return what the templates say to one who is asked, in the language that is active."""
    found: Round = asked.round
    return {
        "title": str(found),
        "name": name_of(asked),
        "sender": found.sender,
        "form_url": open_address(found) if found.is_anonymous else form_address(asked),
        "blank_url": blank_form_address(found),
        "at_hand": [line.strip() for line in found.at_hand.splitlines() if line.strip()],
        "closes_on_words": in_words(found.closes_on, "j F Y") if found.closes_on else "",
        "provision": found.provision,
        "consulted": found.consulted_with,
        "contact_name": found.contact_name,
        "contact_phone": found.contact_phone,
        "contact_email": found.contact_email,
        "anonymous": found.is_anonymous,
        "begun": asked.state in {AskedState.OPENED, AskedState.BEGUN},
        "test": found.is_test,
    }


def name_of(asked: Asked) -> str:
    """Return what one who is asked is called: "Fritidsnämnden, Exempelby kommun", or the organisation's name."""
    return f"{asked.unit.name}, {asked.organisation.name}" if asked.unit else str(asked.organisation.name)
