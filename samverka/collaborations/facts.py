"""What is known of a collaboration: title, purpose, forms, fields, place, level of society, period."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverka.organisations.enums import Kind
from samverka.organisations.models import ActivityField, Organisation
from samverka.places.models import County, Municipality
from samverka.processes.enums import SocietyLevel

from .enums import form_labels
from .models import Collaboration

#: At which level of society a kind of organisation mostly works.
_LEVELS = {Kind.REGION: SocietyLevel.REGIONAL, Kind.AGENCY: SocietyLevel.NATIONAL}


@dataclass(frozen=True)
class Facts:
    """The facts of a collaboration as they are typed. With neither municipality nor county: the whole country."""

    title: str
    purpose: str = ""
    forms: tuple[str, ...] = ()
    fields: tuple[ActivityField, ...] = ()
    municipality: Municipality | None = None
    county: County | None = None
    society_level: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    link: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The values by the names of the row's columns (all but `fields`)."""
        county = self.municipality.county if self.municipality else self.county
        return {
            "title": " ".join(self.title.split()),
            "purpose": self.purpose.strip(),
            "forms": list(self.forms),
            "municipality": self.municipality,
            "county": county,
            "society_level": self.society_level,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "link": self.link,
        }


def facts_of(collaboration: Collaboration) -> Facts:
    """Return the facts as they are stored."""
    return Facts(
        title=collaboration.title,
        purpose=collaboration.purpose,
        forms=tuple(collaboration.forms),
        fields=tuple(collaboration.fields.all()),
        municipality=collaboration.municipality,
        county=collaboration.county,
        society_level=collaboration.society_level,
        starts_on=collaboration.starts_on,
        ends_on=collaboration.ends_on,
        link=collaboration.link,
    )


def in_words(facts: Facts) -> dict[str, str]:
    """Return each fact as it reads, by the names that forms use; "" for what is not known."""
    return {
        "title": facts.title,
        "purpose": facts.purpose,
        "forms": ", ".join(form_labels(facts.forms)),
        "areas": ", ".join(field_name(field) for field in facts.fields),
        "place": place_name(facts.municipality, facts.county),
        "society_level": str(SocietyLevel(facts.society_level).label) if facts.society_level else "",
        "starts_on": _day(facts.starts_on),
        "ends_on": _day(facts.ends_on),
        "link": facts.link,
    }


def period(facts: Mapping[str, str]) -> str:
    """Return the period of `in_words` in a line: "1 januari 2027 till 30 juni 2027", "från …", "till …" or ""."""
    first, last = facts["starts_on"], facts["ends_on"]
    if first and last:
        return _("{first} till {last}").format(first=first, last=last)
    return _("från {first}").format(first=first) if first else _("till {last}").format(last=last) if last else ""


def place_name(municipality: Municipality | None, county: County | None) -> str:
    """Return what the place is called; "" for the whole country."""
    place = municipality or county
    return place.display_name if place else ""


def field_name(field: ActivityField) -> str:
    """Return a field's name in the reader's language."""
    return field.name_en if (get_language() or "").startswith("en") else field.name_sv


def level_of(organisation: Organisation) -> str:
    """Return the level of society at which such an organisation mostly works."""
    return str(_LEVELS.get(Kind(organisation.kind), SocietyLevel.LOCAL).value)


def place_of(organisation: Organisation) -> tuple[Municipality | None, County | None]:
    """Return where the organisation is, to propose; of a region or a protected organisation only the county."""
    if organisation.protected or organisation.kind == Kind.REGION:
        return None, organisation.county
    return organisation.municipality, organisation.county


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
