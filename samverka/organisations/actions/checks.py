"""What a person may write in a fact: each check returns the value as it is kept, or raises Refused naming the field."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.errors import Refused
from samverka.organisations import numbers
from samverka.organisations.addresses import email_or_none, web_address_or_none
from samverka.organisations.enums import OrgNumberStatus
from samverka.organisations.models import Organisation

from .steps import refuse

_NUMBER_FAULTS = {
    OrgNumberStatus.WRONG_CHECK_DIGIT: _(
        "Numret är inte rätt skrivet: kontrollsiffran stämmer inte. Kontrollera siffrorna."
    ),
    OrgNumberStatus.MALFORMED: _("Ett organisationsnummer har tio siffror, till exempel 802123-4561."),
    OrgNumberStatus.PERSONAL: _("Det ser ut som ett personnummer. Skriv inte personnummer här."),
}


def one_line(value: Any) -> str:
    """Return a text on one line, without spaces around it."""
    return " ".join(str(value or "").replace("\x00", "").split())


def name(value: Any) -> str:
    """Return a name that has a letter or digit, 200 characters at most."""
    text = one_line(value)
    if not any(letter.isalnum() for letter in text):
        raise refuse(_("Skriv organisationens namn."), field="name")
    if len(text) > 200:
        raise refuse(_("Namnet får ha högst 200 tecken."), field="name")
    return text


def org_number(value: Any) -> dict[str, str]:
    """Return the three columns of a number; an empty one is allowed, a wrong one is not."""
    number = numbers.read(one_line(value))
    if fault := _NUMBER_FAULTS.get(number.status):
        raise refuse(fault, field="org_number")
    return {"org_number": number.number, "org_number_stated": number.stated, "org_number_status": str(number.status)}


def email(value: Any, *, field: str = "email") -> str:
    """Return an address in lower case, or ""."""
    address = email_or_none(one_line(value))
    if address is None:
        raise refuse(_("Skriv en e-postadress som namn@exempel.se."), field=field)
    return address


def office_email(value: Any) -> str:
    """Return an address; one is needed."""
    address = email(value)
    if not address:
        raise refuse(_("Skriv en e-postadress."), field="email")
    return address


def web_address(value: Any) -> str:
    """Return a web address with its scheme, or ""."""
    address = web_address_or_none(one_line(value))
    if address is None:
        raise refuse(_("Skriv en webbadress som www.exempel.se."), field="web_address")
    return address


def reason(value: Any) -> str:
    """Return a reason of at most 300 characters; one is needed."""
    text = one_line(value)
    if not text:
        raise refuse(_("Skriv varför."), field="reason")
    return text[:300]


#: fact -> its check; those without one are kept as they are (choices, rows, numbers, flags)
_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": name,
    "genitive": one_line,
    "postal_code": one_line,
    "postal_town": one_line,
    "web_address": web_address,
    "email": email,
    "phone": one_line,
    "diary_pattern": one_line,
    "role": one_line,
    "hours": one_line,
}


def checked(values: Mapping[str, Any], model: Any = Organisation) -> dict[str, Any]:
    """Return plain facts as they are kept; raises Refused for the first that is wrong or too long."""
    kept: dict[str, Any] = {}
    for key, value in values.items():
        if key == "org_number" and model is Organisation:
            kept |= org_number(value)
            continue
        kept[key] = _CHECKS[key](value) if key in _CHECKS else value
        longest = getattr(model._meta.get_field(key), "max_length", None)
        if longest and isinstance(kept[key], str) and len(kept[key]) > longest:
            raise Refused(_("Texten får ha högst %(longest)d tecken.") % {"longest": longest}, field=key)
    return kept
