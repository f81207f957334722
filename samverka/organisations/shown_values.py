"""What may show of an organisation, as values; `shown.py` decides and fills them."""

import datetime
from dataclasses import dataclass
from typing import Any, NamedTuple


class RowFacts(NamedTuple):
    """What must be known of an organisation to print it in a list; has the names of Organisation's columns."""

    public_id: str
    name: str
    kind: str
    also_region: bool
    municipality_id: str | None
    county_id: str | None
    postal_town: str
    org_number: str
    field_ids: list[int]
    protected: bool
    state: str


@dataclass(frozen=True)
class PlaceShown:
    """Where an organisation is, as far as it may show.

    `label`: "Arboga kommun, Västmanlands län", "Västmanlands län (plats visas inte)" or "". `municipality_code` and
    `municipality_path` (1984-arboga) are "" when unknown or hidden. `county_code` has two digits, `region_path` leads
    to its region's page.
    """

    label: str = ""
    municipality_code: str = ""
    municipality_name: str = ""
    municipality_path: str = ""
    county_code: str = ""
    county_name: str = ""
    region_path: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class ShownRow:
    """What a list prints of an organisation. `path` is "<public id>-<slug>", as in the address."""

    public_id: str
    path: str
    name: str
    kind: str
    kind_label: Any
    side: str
    side_label: Any
    place: PlaceShown
    town: str = ""
    number: str = ""
    fields: tuple[str, ...] = ()
    protected: bool = False
    state: str = "active"


@dataclass(frozen=True)
class FunctionShown:
    """An office address. `unit` is the unit's name, "" for the whole organisation."""

    public_id: str
    kind: str
    label: Any
    email: str
    phone: str
    unit: str = ""
    confirmed_on: datetime.date | None = None


@dataclass(frozen=True)
class ContactShown:
    """A named person. `stale`: not confirmed for a year (users.md R14). `deputy`: the deputy's name or ""."""

    public_id: str
    name: str
    role: str
    email: str
    phone: str
    hours: str
    deputy: str
    unit: str
    public: bool
    confirmed_on: datetime.date | None
    stale: bool


@dataclass(frozen=True)
class UnitShown:
    """A unit of a public body that exists today."""

    public_id: str
    name: str
    kind_label: Any
    is_controller: bool
    valid_to: datetime.date | None = None


@dataclass(frozen=True)
class OfferShown:
    """What the organisation offers or needs."""

    public_id: str
    kind: str
    kind_label: Any
    text: str
    field: str
    language: str


@dataclass(frozen=True)
class RelationShown:
    """How the organisation stands to another; reads as a sentence: "<we> är medlem i <other>" or "<other> är medlem
    i <we>".
    """

    kind_label: Any
    outward: bool
    other: ShownRow


@dataclass(frozen=True)
class SourceShown:
    """Where the facts come from. `label` never names the municipality of a protected organisation."""

    label: str
    url: str
    date: datetime.date | None


@dataclass(frozen=True)
class Shown(ShownRow):
    """Everything a page may print of an organisation for one reader. What may not show is "" or ().

    `email_hidden`: there is an address, but it looks private or the organisation has not said that it may show: offer
    a contact form.
    `number_note` says what is wrong with the stated number, "" if nothing. `unconfirmed`: added by a person nobody has
    confirmed yet. `claimed`: somebody may act for it. `member`: this reader may.
    """

    genitive: str = ""
    description: str = ""
    language: str = "sv"
    postal_code: str = ""
    web_address: str = ""
    web_label: str = ""
    email: str = ""
    email_hidden: bool = False
    phone: str = ""
    number_stated: str = ""
    number_note: Any = ""
    founded_year: int | None = None
    umbrella: str = ""
    labels: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    earlier_names: tuple[str, ...] = ()
    units: tuple[UnitShown, ...] = ()
    functions: tuple[FunctionShown, ...] = ()
    contacts: tuple[ContactShown, ...] = ()
    offers: tuple[OfferShown, ...] = ()
    needs: tuple[OfferShown, ...] = ()
    relations: tuple[RelationShown, ...] = ()
    source: SourceShown | None = None
    state_label: Any = ""
    state_reason: str = ""
    protected_reason: str = ""
    unconfirmed: bool = False
    claimed: bool = False
    member: bool = False
    invented: bool = False
    changed_at: datetime.datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class ListEntry(ShownRow):
    """What a file of the register has of an organisation, beside what a list prints."""

    web_address: str = ""
    email: str = ""
    phone: str = ""
    source: SourceShown | None = None
