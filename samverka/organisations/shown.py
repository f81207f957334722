"""What may show of an organisation: the one place that says so (users.md R10).

Pages, lists, exports, search, feeds and open data print a `Shown` or a `ShownRow`, never a model's field. A protected
organisation
shows its county only: no municipality, town, number, umbrella, earlier name, source register or person.
"""

import datetime
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samverka.kernel.text import genitive, slug

from . import numbers
from .addresses import looks_private, masked, web_label
from .beside import beside
from .briefly import fetch_rest
from .enums import FunctionKind, Kind, OfferKind, OrgNumberStatus, RelationKind, State, UnitKind
from .filters import field_names
from .models import Claim, Organisation, RegisterSource
from .place_names import counties, municipalities
from .queries import current_memberships
from .shown_values import (
    ContactShown,
    FunctionShown,
    ListEntry,
    OfferShown,
    PlaceShown,
    RelationShown,
    RowFacts,
    Shown,
    ShownRow,
    SourceShown,
    UnitShown,
)

__all__ = [
    "ContactShown",
    "FunctionShown",
    "ListEntry",
    "OfferShown",
    "PlaceShown",
    "RelationShown",
    "RowFacts",
    "Shown",
    "ShownRow",
    "SourceShown",
    "UnitShown",
    "claim_sent_to",
    "place_shown",
    "shown",
    "shown_list_entries",
    "shown_phone",
    "shown_rows",
]

MUNICIPALITY_AND_REGION = gettext_lazy("Kommun och region")
#: A contact that nobody has confirmed for this long is shown as such (users.md R14).
CONFIRMED_FOR = datetime.timedelta(days=365)


def shown(organisation: Organisation, *, to: Any = None) -> Shown:
    """Return what `to` (a user; None or an anonymous one is the public) may see of `organisation`.

    Members (in any role) see everything of their own organisation. Constant number of queries.
    """
    fetch_rest(organisation)
    member = _is_member(to, organisation)
    hidden = organisation.protected and not member
    rows = beside(organisation)
    return Shown(
        **_row_values(organisation, hidden=hidden, fields=tuple(_named(row) for row in rows.fields)),
        **_ways(organisation, hidden=hidden, member=member),
        **_facts(organisation, hidden=hidden, member=member),
        identifiers=() if hidden else tuple((row["scheme"], row["value"]) for row in rows.identifiers),
        earlier_names=() if hidden else tuple(rows.earlier_names),
        source=_source(RegisterSource(**rows.source), organisation, hidden=hidden) if rows.source else None,
        units=tuple(_unit(row) for row in rows.units),
        functions=() if hidden else tuple(_function(row) for row in rows.functions),
        contacts=_contacts(rows.contacts, protected=organisation.protected, member=member),
        offers=tuple(_offer(row) for row in rows.offers if row["kind"] == OfferKind.OFFER),
        needs=tuple(_offer(row) for row in rows.offers if row["kind"] == OfferKind.NEED),
        relations=() if hidden else tuple(_relation(row) for row in rows.relations),
        claimed=rows.claimed,
        member=member,
    )


def shown_rows(organisations: Sequence[Organisation | RowFacts]) -> list[ShownRow]:
    """Return what a public list prints of `organisations`; the same for every reader. No queries but for `fields`,
    one in all.
    """
    names = {name.pk: name.label for name in field_names().values() if not name.has_parts}
    return [
        ShownRow(
            **_row_values(
                organisation,
                hidden=organisation.protected,
                fields=tuple(names[key] for key in organisation.field_ids if key in names),
            )
        )
        for organisation in organisations
    ]


def claim_sent_to(claim: Claim) -> str:
    """Return where a claim's code went, as far as the person who asked may see: an address that is not shown is
    masked.
    """
    address = claim.sent_to
    open_ = shown(claim.organisation)
    if address in {open_.email, *(function.email for function in open_.functions)}:
        return str(address)
    return masked(address)


def shown_phone(organisation: Organisation) -> str:
    """Return the telephone number that anybody may ring the organisation at, "" if none may show."""
    return str(_ways(organisation, hidden=organisation.protected, member=False)["phone"])


def shown_list_entries(organisations: list[Organisation]) -> list[ListEntry]:
    """Return what a file of the register may hold of `organisations` (with their source); the same for every reader."""
    names = {name.pk: name.label for name in field_names().values() if not name.has_parts}
    entries = []
    for organisation in organisations:
        hidden = organisation.protected
        ways = _ways(organisation, hidden=hidden, member=False)
        fields = tuple(names[key] for key in organisation.field_ids if key in names)
        entries.append(
            ListEntry(
                **_row_values(organisation, hidden=hidden, fields=fields),
                **{name: ways[name] for name in ("web_address", "email", "phone")},
                source=_source(organisation.source, organisation, hidden=hidden) if organisation.source else None,
            )
        )
    return entries


def _row_values(organisation: Organisation | RowFacts, *, hidden: bool, fields: tuple[str, ...]) -> dict[str, Any]:
    kind_label, side, side_label = _kind_words(organisation.kind, get_language())
    return {
        "public_id": organisation.public_id,
        "path": f"{organisation.public_id}-{slug(organisation.name)}",
        "name": organisation.name,
        "kind": organisation.kind,
        "kind_label": MUNICIPALITY_AND_REGION if organisation.also_region else kind_label,
        "side": side,
        "side_label": side_label,
        "place": _place(organisation.municipality_id, organisation.county_id, hidden, get_language()),
        "town": "" if hidden else organisation.postal_town,
        "number": "" if hidden else numbers.as_written(organisation.org_number),
        "fields": fields,
        "protected": organisation.protected,
        "state": organisation.state,
    }


@cache
def _kind_words(kind: str, _language: str | None) -> tuple[str, str, str]:
    """Return a kind's label, its side and the side's label; looked up once a language, a list has fifty of them."""
    known = Kind(kind)
    return str(known.label), known.side.value, str(known.side.label)


@lru_cache(maxsize=2000)
def _place(municipality: str | None, county: str | None, hidden: bool, _language: str | None) -> PlaceShown:
    return place_shown(municipality, county, hidden=hidden)


def place_shown(municipality: str | None, county: str | None, *, hidden: bool) -> PlaceShown:
    """Return how a place reads; only its county when `hidden`."""
    in_county = counties().get(county or "")
    in_municipality = None if hidden else municipalities().get(municipality or "")
    region: dict[str, Any] = {}
    if in_county:
        region = {"county_code": in_county.code, "county_name": in_county.name, "region_path": in_county.path}
    if hidden:
        label = _("%(county)s (plats visas inte)") % {"county": in_county.name} if in_county else _("Plats visas inte")
        return PlaceShown(label=label, hidden=True, **region)
    names = [place.name for place in (in_municipality, in_county) if place]
    if in_municipality is None:
        return PlaceShown(label=", ".join(names), **region)
    return PlaceShown(
        label=", ".join(names),
        municipality_code=in_municipality.code,
        municipality_name=in_municipality.name,
        municipality_path=in_municipality.path,
        **region,
    )


def _is_member(user: Any, organisation: Organisation) -> bool:
    if not getattr(user, "is_authenticated", False):
        return False
    return bool(current_memberships(user).filter(organisation=organisation).exists())


def _ways(organisation: Organisation, *, hidden: bool, member: bool) -> dict[str, Any]:
    """Ways to reach it. What an import brought shows only if it looks like an office's; the organisation may say
    otherwise.
    """
    said = organisation.email_public or member
    office = not hidden and not looks_private(organisation.email)
    show_email = bool(organisation.email) and (said or office)
    return {
        "email": organisation.email if show_email else "",
        "email_hidden": bool(organisation.email) and not show_email,
        "phone": organisation.phone if said or (organisation.is_public_body and not hidden) else "",
        "web_address": organisation.web_address if said or not hidden else "",
        "web_label": web_label(organisation.web_address) if said or not hidden else "",
        "postal_code": "" if hidden else organisation.postal_code,
    }


def _facts(organisation: Organisation, *, hidden: bool, member: bool) -> dict[str, Any]:
    status = OrgNumberStatus(organisation.org_number_status)
    wrong = status not in {OrgNumberStatus.VALID, OrgNumberStatus.NONE}
    stated = member or (status == OrgNumberStatus.WRONG_CHECK_DIGIT and not hidden)
    return {
        "genitive": organisation.genitive or genitive(organisation.name),
        "description": organisation.description,
        "language": organisation.language,
        "number_stated": organisation.org_number_stated if stated and wrong else "",
        "number_note": status.label if wrong and not hidden else "",
        "founded_year": organisation.founded_year,
        "umbrella": "" if hidden else organisation.umbrella_stated,
        "labels": () if hidden else tuple(organisation.labels_stated),
        "state_label": State(organisation.state).label,
        "state_reason": organisation.state_reason,
        "protected_reason": organisation.protected_reason if member else "",
        "unconfirmed": not organisation.confirmed,
        "invented": organisation.invented,
        "changed_at": organisation.changed_at,
        "version": organisation.version,
    }


def _source(source: RegisterSource, organisation: Organisation, *, hidden: bool) -> SourceShown:
    if hidden:
        return SourceShown(label=_("Ett kommunalt föreningsregister"), url="", date=organisation.source_date)
    label = str(source.name)
    if source.municipality_id and source.system:
        place = municipalities()[source.municipality_id].name
        label = _("%(place)s, föreningsregistret (%(system)s)") % {"place": place, "system": source.system}
    return SourceShown(label=label, url=source.url, date=organisation.source_date or source.fetched_on)


def _named(row: Mapping[str, Any]) -> str:
    """Return a field of activity in the reader's language, or ""."""
    return str((row["name_en"] if get_language() == "en" else row["name_sv"]) or "")


def _unit(row: Mapping[str, Any]) -> UnitShown:
    kind = UnitKind(row["kind"]).label
    return UnitShown(row["public_id"], row["name"], kind, row["is_controller"], row["valid_to"])


def _function(row: Mapping[str, Any]) -> FunctionShown:
    return FunctionShown(
        public_id=row["public_id"],
        kind=row["kind"],
        label=FunctionKind(row["kind"]).label,
        email=row["email"],
        phone=row["phone"],
        unit=row["unit"] or "",
        confirmed_on=row["confirmed_on"],
    )


def _contacts(rows: list[dict[str, Any]], *, protected: bool, member: bool) -> tuple[ContactShown, ...]:
    """Named persons: all of them for members; else those who have said yes, and none of a protected organisation."""
    long_ago = timezone.localdate() - CONFIRMED_FOR
    return tuple(
        ContactShown(
            public_id=row["public_id"],
            name=row["name"],
            role=row["role"],
            email=row["email"],
            phone=row["phone"],
            hours=row["hours"],
            deputy=(row["deputy"] or "") if member or row["deputy_public"] else "",
            unit=row["unit"] or "",
            public=row["public"],
            confirmed_on=row["confirmed_on"],
            stale=row["confirmed_on"] is None or row["confirmed_on"] < long_ago,
        )
        for row in rows
        if member or (row["public"] and not protected)
    )


def _offer(row: Mapping[str, Any]) -> OfferShown:
    kind = OfferKind(row["kind"])
    return OfferShown(row["public_id"], kind.value, kind.label, row["text"], _named(row), row["language"])


def _relation(row: Mapping[str, Any]) -> RelationShown:
    other = ShownRow(**_row_values(Organisation(**row["other"]), hidden=False, fields=()))
    return RelationShown(kind_label=RelationKind(row["kind"]).label, outward=row["outward"], other=other)
