"""Loading what the product knows from the start: fields of activity, and every municipality and region as a public
body.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from samverka.kernel.content import register_loader
from samverka.kernel.text import swedish_sort_key
from samverka.places.models import Municipality, Place, Region

from .enums import BODIES, Kind
from .indexing import store_index
from .models import ActivityField, Organisation, RegisterSource


@register_loader("activity_fields", order=20)
@transaction.atomic
def load_fields() -> int:
    """Write the fields of content/fields/*.yaml that are new or differ; return how many. A field that has left the
    files stays.
    """
    return sum(_load_scheme(path) for path in sorted(Path(settings.CONTENT_DIR / "fields").glob("*.yaml")))


def _load_scheme(path: Path) -> int:
    content = yaml.safe_load(path.read_text("utf-8"))
    present = {field.code: field for field in ActivityField.objects.filter(scheme=content["scheme"])}
    changed = 0
    for order, row in enumerate(content["fields"]):
        values = {**_field_values(content, row, order), "parent": present.get(row.get("parent") or "")}
        field = present.get(row["code"])
        if field is None:
            present[row["code"]] = ActivityField.objects.create(scheme=content["scheme"], code=row["code"], **values)
            changed += 1
        elif any(getattr(field, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(field, name, value)
            field.save()
            changed += 1
    return changed


def _field_values(content: dict[str, Any], row: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "name_sv": row["sv"],
        "name_en": row["en"],
        "sensitive": row.get("sensitive", False),
        "valid_from": datetime.date(row["since"], 1, 1),
        "valid_to": datetime.date(row["until"], 12, 31) if row["until"] else None,
        "source": content["sources"][row["source"]] if "source" in row else content["source"],
        "order": order,
    }


@register_loader("public_bodies", order=30)
@transaction.atomic
def load_bodies() -> int:
    """Write the municipalities and regions as organisations where missing or renamed; return how many.

    Gotland is one body for both (docs/adr/0005-gotland-is-one-body.md). What people have changed, other than the
    name, stays.
    """
    source, _made = RegisterSource.objects.get_or_create(name=BODIES, defaults={"system": "Samverka"})
    present = {body.source_key: body for body in Organisation.objects.filter(source=source)}
    changed = 0
    for values in _bodies():
        body = present.get(values["source_key"])
        if body is None:
            body = Organisation.objects.create(source=source, **values)
        elif (body.name, body.genitive) != (values["name"], values["genitive"]):
            body.name, body.genitive = values["name"], values["genitive"]
            body.save()
        else:
            continue
        store_index(body)
        changed += 1
    return changed


def _bodies() -> Iterator[dict[str, Any]]:
    municipalities = list(Municipality.objects.all())
    regions = {region.code: region for region in Region.objects.all()}
    names = {place.display_name for place in municipalities}
    for place in municipalities:
        own_region = regions.get(place.county_id)
        both = own_region is not None and own_region.display_name == place.display_name
        yield _body(place, Kind.MUNICIPALITY, place.county_id, municipality=place, also_region=both)
    for region in regions.values():
        if region.display_name not in names:
            yield _body(region, Kind.REGION, region.code)


def _body(place: Place, kind: Kind, county: str, **more: Any) -> dict[str, Any]:
    return {
        "source_key": f"{kind}:{place.code}",
        "source_date": place.population_date,
        "name": place.display_name,
        "genitive": place.genitive,
        "sort_key": swedish_sort_key(place.display_name),
        "kind": kind,
        "county_id": county,
        **more,
    }
