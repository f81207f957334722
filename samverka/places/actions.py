"""Loading the facts of content/places."""

from typing import Any

from django.db import transaction

from samverka.kernel.content import register_loader
from samverka.kernel.text import swedish_sort_key

from .content import groupings, rows, sources
from .models import County, Grouping, Municipality, Place, PlaceClass, Region


@register_loader("places", order=10)
@transaction.atomic
def load_places() -> int:
    """Write counties, municipalities and regions that are new or differ; return how many.

    Loading again writes nothing. A code that has left the files stays: rows may point at it.
    """
    return sum(
        _load(model, [_place(model, row) for row in rows(kind)])
        for kind, model in (("counties", County), ("municipalities", Municipality), ("regions", Region))
    )


def _place(model: type[Place], row: dict[str, str]) -> Place:
    """Return an unsaved place of a row, stamped with where its figures come from."""
    names = {field.attname for field in model._meta.concrete_fields}
    values: dict[str, Any] = {name: value for name, value in row.items() if name in names}
    if model is Municipality:
        values["county_id"] = row["county_code"]
    elif model is Region:
        values["county_id"] = row["code"]
    population = sources()["population"]
    return model(
        **values | {"population": int(row["population"])},
        sort_key=swedish_sort_key(_sorted_as(model, row)),
        population_date=population["date"],
        source=population["source"],
    )


def _sorted_as(model: type[Place], row: dict[str, str]) -> str:
    """Return what orders the lists: "Region" first in every name would order nothing."""
    return row["short_name"] if model is not County else row["display_name"]


def _load(model: type[Place], wanted: list[Place]) -> int:
    """Write those of `wanted` that the table lacks or has otherwise; return how many."""
    manager: Any = model._default_manager
    columns = [field.attname for field in model._meta.concrete_fields]
    present = set(manager.values_list(*columns))
    changed = [place for place in wanted if tuple(getattr(place, c) for c in columns) not in present]
    manager.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[column for column in columns if column != "code"],
    )
    return len(changed)


@register_loader("groupings", order=11)
@transaction.atomic
def load_groupings() -> int:
    """Write the divisions of municipalities into classes that are new or differ; return how many classes changed."""
    return sum(_load_grouping(row) for row in groupings())


def _load_grouping(row: dict[str, Any]) -> int:
    said = {name: row[name] for name in ("kind", "valid_from", "valid_to", "source")}
    names = {"name_sv": row["name"]["sv"], "name_en": row["name"]["en"]}
    Grouping.objects.update_or_create(code=row["code"], defaults=said | names)
    members = row["members"] or _by_population(row["classes"])
    changed = 0
    for order, told in enumerate(row["classes"]):
        inside = {code for code, group in members.items() if group == told["code"]}
        changed += _load_class(row["code"], told, order, inside)
    return changed


def _by_population(classes: list[dict[str, Any]]) -> dict[str, str]:
    found = {}
    for code, population in Municipality.objects.values_list("code", "population"):
        found[code] = next(one["code"] for one in classes if one["below"] is None or population < one["below"])
    return found


def _load_class(grouping: str, told: dict[str, Any], order: int, inside: set[str]) -> int:
    values = {"order": order, "name_sv": told["name"]["sv"], "name_en": told["name"]["en"]}
    found, made = PlaceClass.objects.get_or_create(grouping_id=grouping, code=told["code"], defaults=values)
    there = set() if made else set(found.municipalities.values_list("code", flat=True))
    same = there == inside and all(getattr(found, name) == value for name, value in values.items())
    if same and not made:
        return 0
    PlaceClass.objects.filter(pk=found.pk).update(**values)
    found.municipalities.set(Municipality.objects.filter(code__in=inside))
    return 1
