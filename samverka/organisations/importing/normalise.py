"""From a register's row to what we keep of it. Whatever the row says, the result can be stored."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.text import swedish_sort_key
from samverka.organisations import numbers
from samverka.organisations.addresses import email_or_none, web_address_or_none
from samverka.organisations.classify import classify_fields, classify_kind, is_sensitive
from samverka.organisations.enums import Kind, OrgNumberStatus
from samverka.places.names import municipality_code

from .synonyms import columns_of

NO_NAME = _("Namn saknas.")
PROTECTED_REASON = "Föreslaget när registret lästes in"

# Control characters, marks that turn the direction of text, invisible signs and halves of characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_LONGEST = 4000
_STATED = {"malformed": OrgNumberStatus.MALFORMED, "bad_checksum": OrgNumberStatus.WRONG_CHECK_DIGIT}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says: the values by column of Organisation (and `field_codes`), how to know it again, and remarks."""

    source: str
    system: str
    external_id: str
    values: dict[str, Any]
    notes: tuple[Any, ...]


def facts_of(row: Mapping[str, Any], *, source: str) -> Facts | None:
    """Return what `row` says, or None when it has no name. `source` names the register where the row does not."""
    found = {ours: row[theirs] for ours, theirs in columns_of(tuple(row))}
    name = _text(found.get("name"), 200)
    if not any(letter.isalnum() for letter in name):
        return None
    notes: list[Any] = []
    types, activities = _texts(found.get("types")), _texts(found.get("activities"))
    register = _text(found.get("register"), 200) or source
    municipality = _municipality(found, register, notes)
    number = _number(found, notes)
    values = {
        "name": name,
        "kind": classify_kind(types, name) or str(Kind.ASSOCIATION),
        "org_number": number.number,
        "org_number_stated": number.stated,
        "org_number_status": str(number.status),
        "municipality_id": municipality,
        "county_id": municipality[:2] if municipality else None,
        "postal_code": _postal_code(_text(found.get("postal_code"), 40)),
        "postal_town": _town(_text(found.get("postal_town"), 80)),
        "web_address": _web_address(found.get("web_address"), notes),
        "email": _email(found.get("email"), notes),
        "phone": _text(found.get("phone"), 40),
        "founded_year": _year(found.get("founded_year")),
        "umbrella_stated": _text(found.get("umbrella"), 200),
        "labels_stated": list(dict.fromkeys([*types, *activities]))[:40],
        "field_codes": sorted(classify_fields(types, activities, name)),
        "protected": is_sensitive(types, name),
    }
    return Facts(register, _text(found.get("system"), 60), _text(found.get("external_id"), 120), values, tuple(notes))


def name_key(values: Mapping[str, Any]) -> str:
    """Return the name as it is compared, with the municipality: two branches may have one name."""
    return f"{swedish_sort_key(values['name']) or values['name'].casefold()}|{values['municipality_id'] or ''}"


def _text(value: Any, longest: int) -> str:
    """Return a value as one line of text, composed, without what cannot be seen, at most `longest` characters."""
    if value is None or isinstance(value, bool | dict):
        return ""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str | int)), "")
    text = str(value)[:_LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub(" ", text))
    elif not text.isprintable():
        text = _UNSEEN.sub(" ", text)
    return " ".join(text.split())[:longest].rstrip()


def _texts(value: Any) -> list[str]:
    """Return a value as a list of labels: a list as it is, a text divided at semicolons, bars and commas."""
    if isinstance(value, str):
        value = re.split(r"[;|,]", value[:_LONGEST])
    if not isinstance(value, list):
        return []
    return [text for item in value[:60] if isinstance(item, str) and (text := _text(item, 120))]


def _municipality(found: Mapping[str, Any], register: str, notes: list[Any]) -> str | None:
    stated = _text(found.get("municipality"), 80)
    if stated.isdigit() and len(stated) == 3:
        stated = f"0{stated}"  # a spreadsheet took the zero
    code = municipality_code(stated) if stated else municipality_code(register.partition("/")[0])
    if stated and code is None:
        notes.append(_("Kommunen %(name)s känns inte igen.") % {"name": stated})
    return code


def _number(found: Mapping[str, Any], notes: list[Any]) -> numbers.Number:
    number = numbers.read(_text(found.get("number"), 60))
    if number.status == OrgNumberStatus.NONE:
        number = _number_without_digits(_text(found.get("number_status"), 40))
    if number.status not in {OrgNumberStatus.NONE, OrgNumberStatus.VALID}:
        notes.append(_("Organisationsnumret: %(what)s.") % {"what": number.status.label})
    return number


def _number_without_digits(stated: str) -> numbers.Number:
    """The register had a number and left it out: only what was wrong with it is known."""
    if stated.startswith("personnummer"):
        return numbers.Number("", "", OrgNumberStatus.PERSONAL)
    return numbers.Number("", "", _STATED.get(stated, OrgNumberStatus.NONE))


@lru_cache(maxsize=20_000)
def _postal_code(text: str) -> str:
    """Return five digits as 123 45; anything else is not a postal code."""
    digits = re.sub(r"\D", "", text.upper().removeprefix("SE"))
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 5 else ""


@lru_cache(maxsize=20_000)
def _town(text: str) -> str:
    """Return a town as it is written: ARNÄSVALL becomes Arnäsvall."""
    return text.title() if text.isupper() and len(text) > 2 else text


def _web_address(value: Any, notes: list[Any]) -> str:
    stated = _text(value, 1000)
    address = web_address_or_none(stated)
    if address is None:
        notes.append(_("Webbadressen %(address)s går inte att använda.") % {"address": stated[:80]})
    return address or ""


def _email(value: Any, notes: list[Any]) -> str:
    address = email_or_none(_text(value, 300))
    if address is None:
        notes.append(_("E-postadressen går inte att använda."))
    return address or ""


def _year(value: Any) -> int | None:
    """Return the first year from 1500 that a text tells."""
    match = _YEAR.search(_text(value, 40))
    return int(match.group()) if match else None
