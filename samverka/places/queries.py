"""Reads of places. They are public facts: everyone may see every one."""

from datetime import date

from samverka.kernel.text import swedish_sort_key

from .models import County, Grouping, Municipality, PlaceClass, Region
from .names import municipality_code


def by_name(name: str) -> Municipality | None:
    """Return the municipality that a register calls `name`, or None (see `names.municipality_code`)."""
    code = municipality_code(name)
    return Municipality.objects.filter(code=code).first() if code else None


def county_by_name(name: str) -> County | None:
    """Return the county of that name ("Kalmar län"), or None."""
    key = swedish_sort_key(name)
    return County.objects.filter(sort_key=key).first() if key else None


def by_path(path: str) -> Municipality | Region | None:
    """Return the municipality or region of an address such as 1499-falkoping, or None.

    Only the code counts, so that an old or misspelt name still leads right; the page then sends
    on to `place_path`.
    """
    code = path.partition("-")[0]
    if len(code) == 4:
        return Municipality.objects.select_related("county__region").filter(code=code).first()
    return Region.objects.select_related("county").filter(code=code).first()


def counties_with_municipalities() -> list[County]:
    """Return all counties in Swedish order, each with its region and its municipalities in order."""
    return list(County.objects.select_related("region").prefetch_related("municipalities"))


def named_like(text: str, *, limit: int = 5) -> list[Municipality | Region]:
    """Return the municipalities and regions whose name begins with `text`, municipalities first, in Swedish order."""
    beginning = swedish_sort_key(text)
    if len(beginning) < 2:
        return []
    municipalities = Municipality.objects.filter(sort_key__startswith=beginning)[:limit]
    regions = Region.objects.select_related("county").filter(sort_key__startswith=beginning)[:limit]
    found: list[Municipality | Region] = [*municipalities, *regions]
    return found[:limit]


def grouping_on(kind: str, day: date) -> Grouping | None:
    """Return the division of that kind that holds on `day`, else the newest that began before it, or None."""
    begun = Grouping.objects.filter(kind=kind, valid_from__lte=day)
    return begun.order_by("-valid_from").first()


def classes_of(grouping: Grouping) -> list[PlaceClass]:
    """Return the classes of a division in order."""
    return list(grouping.classes.all())


def class_by_municipality(grouping: Grouping) -> dict[str, str]:
    """Return {municipality's code: code of its class}."""
    through = PlaceClass.municipalities.through.objects.filter(placeclass__grouping=grouping)
    return dict(through.values_list("municipality_id", "placeclass__code"))
