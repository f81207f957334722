"""All that belongs to an organisation, read in one statement: its page would else ask the database eleven times."""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from .models import Organisation

_STATEMENT = """
SELECT json_build_object(
  'fields', (SELECT coalesce(json_agg(f ORDER BY f.scheme, f."order"), '[]') FROM (
    SELECT field.scheme, field."order", field.name_sv, field.name_en FROM organisations_organisationfield link
    JOIN organisations_activityfield field ON field.id = link.field_id WHERE link.organisation_id = %(id)s) f),
  'units', (SELECT coalesce(json_agg(u ORDER BY u.sort_key, u.id), '[]') FROM (
    SELECT id, sort_key, public_id, name, kind, is_controller, valid_to FROM organisations_unit
    WHERE organisation_id = %(id)s AND (valid_to IS NULL OR valid_to > %(today)s)
      AND (valid_from IS NULL OR valid_from <= %(today)s)) u),
  'functions', (SELECT coalesce(json_agg(f ORDER BY f.unit NULLS FIRST, f.kind, f.id), '[]') FROM (
    SELECT function.id, function.public_id, function.kind, function.email, function.phone, function.confirmed_on,
      unit.name AS unit
    FROM organisations_function function LEFT JOIN organisations_unit unit ON unit.id = function.unit_id
    WHERE function.organisation_id = %(id)s AND function.withdrawn_at IS NULL) f),
  'contacts', (SELECT coalesce(json_agg(c ORDER BY c.name, c.id), '[]') FROM (
    SELECT contact.id, contact.public_id, contact.name, contact.role, contact.email, contact.phone, contact.hours,
      contact.public, contact.confirmed_on, unit.name AS unit, deputy.name AS deputy, deputy.public AS deputy_public
    FROM organisations_contact contact LEFT JOIN organisations_unit unit ON unit.id = contact.unit_id
    LEFT JOIN organisations_contact deputy ON deputy.id = contact.deputy_id AND deputy.withdrawn_at IS NULL
    WHERE contact.organisation_id = %(id)s AND contact.withdrawn_at IS NULL) c),
  'offers', (SELECT coalesce(json_agg(o ORDER BY o.id), '[]') FROM (
    SELECT offer.id, offer.public_id, offer.kind, offer.text, offer.language, field.name_sv, field.name_en
    FROM organisations_offer offer LEFT JOIN organisations_activityfield field ON field.id = offer.field_id
    WHERE offer.organisation_id = %(id)s AND offer.withdrawn_at IS NULL) o),
  'relations', (SELECT coalesce(json_agg(r ORDER BY r.kind, r.id), '[]') FROM (
    SELECT relation.id, relation.kind, relation.organisation_id = %(id)s AS outward, json_build_object(
      'public_id', other.public_id, 'name', other.name, 'kind', other.kind, 'also_region', other.also_region,
      'municipality_id', other.municipality_id, 'county_id', other.county_id, 'postal_town', other.postal_town,
      'org_number', other.org_number, 'state', other.state) AS other
    FROM organisations_relation relation JOIN organisations_organisation other
      ON other.id = CASE WHEN relation.organisation_id = %(id)s THEN relation.other_id ELSE relation.organisation_id END
    WHERE %(id)s IN (relation.organisation_id, relation.other_id)
      AND (relation.until IS NULL OR relation.until > %(today)s)
      AND other.state <> 'withdrawn' AND NOT other.protected) r),
  'identifiers', (SELECT coalesce(json_agg(i ORDER BY i.id), '[]') FROM (
    SELECT id, scheme, value FROM organisations_identifier WHERE organisation_id = %(id)s) i),
  'earlier_names', (SELECT coalesce(json_agg(n.name ORDER BY n.id DESC), '[]') FROM (
    SELECT id, name FROM organisations_earliername WHERE organisation_id = %(id)s) n),
  'source', (SELECT row_to_json(s) FROM (
    SELECT source.name, source.system, source.municipality_id, source.url, source.fetched_on
    FROM organisations_registersource source WHERE source.id = %(source)s) s),
  'claimed', EXISTS (SELECT 1 FROM organisations_membership
    WHERE organisation_id = %(id)s AND (until IS NULL OR until > %(now)s)))::text
"""


@dataclass(frozen=True)
class Beside:
    """The rows beside an organisation, as the database has them: nothing is hidden here, `shown.py` does that.

    Each row is a mapping of its columns; dates are dates. Units, functions, contacts, offers and relations are those of
    today. Relations to withdrawn and protected organisations are left out: they would say where those are.
    """

    fields: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    functions: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    offers: list[dict[str, Any]] = field(default_factory=list)
    relations: list[dict[str, Any]] = field(default_factory=list)
    identifiers: list[dict[str, Any]] = field(default_factory=list)
    earlier_names: list[str] = field(default_factory=list)
    source: dict[str, Any] | None = None
    claimed: bool = False


def beside(organisation: Organisation) -> Beside:
    """Return what belongs to `organisation`, in one statement."""
    details = {
        "id": organisation.pk,
        "source": organisation.source_id,
        "today": timezone.localdate(),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, details)
        (text,) = cursor.fetchone()
    return Beside(**json.loads(text, object_hook=_dated))


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("valid_to", "confirmed_on", "fetched_on"):
        if row.get(name):
            row[name] = datetime.date.fromisoformat(row[name])
    return row
