"""What may show of an organisation: the one place that says so (users.md R10).

Pages, lists, exports, search, feeds and open data print a `Shown` or a `ShownRow`, never a model's field. A protected
organisation
shows its county only: no municipality, town, number, source register or person.
"""

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samverka.kernel.text import genitive

from . import numbers
from .addresses import looks_private, masked, web_label
from .enums import Kind, OfferKind, OrgNumberStatus, State
from .filters import field_names
from .models import Claim, Contact, Organisation, Relation
from .place_names import counties, municipalities
from .queries import current_memberships, members_of
from .shown_values import (
    ContactShown,
    FunctionShown,
    ListEntry,
    OfferShown,
    PlaceShown,
    RelationShown,
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
    "Shown",
    "ShownRow",
    "SourceShown",
    "UnitShown",
    "claim_sent_to",
    "place_shown",
    "shown",
    "shown_list_entries",
    "shown_rows",
]

MUNICIPALITY_AND_REGION = gettext_lazy("Kommun och region")
#: A contact that nobody has confirmed for this long is shown as such (users.md R14).
CONFIRMED_FOR = datetime.timedelta(days=365)


def shown(organisation: Organisation, *, to: Any = None) -> Shown:
    """Return what `to` (a user; None or an anonymous one is the public) may see of `organisation`.

    Members (in any role) see everything of their own organisation. Constant number of queries.
    """
    member = _is_member(to, organisation)
    hidden = organisation.protected and not member
    return Shown(
        **_row_values(organisation, hidden=hidden, fields=_field_names(organisation)),
        **_ways(organisation, hidden=hidden, member=member),
        **_facts(organisation, hidden=hidden, member=member),
        units=_units(organisation),
        functions=() if hidden else _functions(organisation),
        contacts=_contacts(organisation, member=member),
        **_offers(organisation),
        relations=() if hidden else _relations(organisation),
        claimed=members_of(organisation).exists(),
        member=member,
    )


def shown_rows(organisations: list[Organisation]) -> list[ShownRow]:
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
                source=_source(organisation, hidden=hidden),
            )
        )
    return entries


def _row_values(organisation: Organisation, *, hidden: bool, fields: tuple[str, ...]) -> dict[str, Any]:
    kind = Kind(organisation.kind)
    return {
        "public_id": organisation.public_id,
        "path": f"{organisation.public_id}-{organisation.slug}",
        "name": organisation.name,
        "kind": organisation.kind,
        "kind_label": MUNICIPALITY_AND_REGION if organisation.also_region else kind.label,
        "side": kind.side.value,
        "side_label": kind.side.label,
        "place": place_shown(organisation.municipality_id, organisation.county_id, hidden=hidden),
        "town": "" if hidden else organisation.postal_town,
        "number": "" if hidden else numbers.as_written(organisation.org_number),
        "fields": fields,
        "protected": organisation.protected,
        "state": organisation.state,
    }


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
        "umbrella": organisation.umbrella_stated,
        "labels": () if hidden else tuple(organisation.labels_stated),
        "identifiers": () if hidden else tuple(organisation.identifiers.values_list("scheme", "value").order_by("id")),
        "earlier_names": tuple(organisation.earlier_names.values_list("name", flat=True).order_by("-id")),
        "source": _source(organisation, hidden=hidden),
        "state_label": State(organisation.state).label,
        "state_reason": organisation.state_reason,
        "protected_reason": organisation.protected_reason if member else "",
        "unconfirmed": not organisation.confirmed,
        "invented": organisation.invented,
        "changed_at": organisation.changed_at,
        "version": organisation.version,
    }


def _source(organisation: Organisation, *, hidden: bool) -> SourceShown | None:
    source = organisation.source
    if source is None:
        return None
    if hidden:
        return SourceShown(label=_("Ett kommunalt föreningsregister"), url="", date=organisation.source_date)
    return SourceShown(label=source.name, url=source.url, date=organisation.source_date or source.fetched_on)


def _field_names(organisation: Organisation) -> tuple[str, ...]:
    column = "name_en" if get_language() == "en" else "name_sv"
    return tuple(organisation.fields.order_by("scheme", "order").values_list(column, flat=True))


def _units(organisation: Organisation) -> tuple[UnitShown, ...]:
    return tuple(
        UnitShown(unit.public_id, unit.name, unit.get_kind_display(), unit.is_controller, unit.valid_to)
        for unit in organisation.units.current()
    )


def _functions(organisation: Organisation) -> tuple[FunctionShown, ...]:
    found = (
        organisation.functions.filter(withdrawn_at=None).select_related("unit").order_by("unit__sort_key", "kind", "id")
    )
    return tuple(
        FunctionShown(
            public_id=function.public_id,
            kind=function.kind,
            label=function.get_kind_display(),
            email=function.email,
            phone=function.phone,
            unit=function.unit.name if function.unit else "",
            confirmed_on=function.confirmed_on,
        )
        for function in found
    )


def _contacts(organisation: Organisation, *, member: bool) -> tuple[ContactShown, ...]:
    """Named persons: all of them for members; else those who have said yes, and none of a protected organisation."""
    found = organisation.contacts.filter(withdrawn_at=None).select_related("unit", "deputy").order_by("name", "id")
    if not member:
        found = found.none() if organisation.protected else found.filter(public=True)
    long_ago = timezone.localdate() - CONFIRMED_FOR
    return tuple(
        ContactShown(
            public_id=contact.public_id,
            name=contact.name,
            role=contact.role,
            email=contact.email,
            phone=contact.phone,
            hours=contact.hours,
            deputy=_deputy(contact, member=member),
            unit=contact.unit.name if contact.unit else "",
            public=contact.public,
            confirmed_on=contact.confirmed_on,
            stale=contact.confirmed_on is None or contact.confirmed_on < long_ago,
        )
        for contact in found
    )


def _deputy(contact: Contact, *, member: bool) -> str:
    deputy = contact.deputy
    if deputy is None or deputy.withdrawn_at is not None or not (member or deputy.public):
        return ""
    return str(deputy.name)


def _offers(organisation: Organisation) -> dict[str, Any]:
    shown_offers = [
        OfferShown(
            public_id=offer.public_id,
            kind=offer.kind,
            kind_label=offer.get_kind_display(),
            text=offer.text,
            field=str(offer.field or ""),
            language=offer.language,
        )
        for offer in organisation.offers.filter(withdrawn_at=None).select_related("field").order_by("id")
    ]
    return {
        "offers": tuple(offer for offer in shown_offers if offer.kind == OfferKind.OFFER),
        "needs": tuple(offer for offer in shown_offers if offer.kind == OfferKind.NEED),
    }


def _relations(organisation: Organisation) -> tuple[RelationShown, ...]:
    """Current relations both ways. One to a protected organisation would say where that one is, so it is left out."""
    now = Q(until=None) | Q(until__gt=timezone.localdate())
    found = Relation.objects.filter(now, Q(organisation=organisation) | Q(other=organisation))
    rows = []
    for relation in found.select_related("organisation", "other").order_by("kind", "id"):
        outward = relation.organisation_id == organisation.pk
        other = relation.other if outward else relation.organisation
        if other.state != State.WITHDRAWN and not other.protected:
            rows.append((relation.get_kind_display(), outward, other))
    return tuple(
        RelationShown(kind_label=label, outward=outward, other=ShownRow(**_row_values(other, hidden=False, fields=())))
        for label, outward, other in rows
    )
