"""What municipalities are grouped by today: population and municipal group, as `places` has them."""

from django.utils import timezone
from django.utils.translation import get_language

from samverka.places.models import GroupingKind
from samverka.places.queries import class_by_municipality, classes_of, grouping_on


def population_classes() -> dict[str, str]:
    """Return {code of the class: its name} in order of size."""
    return _names(GroupingKind.POPULATION)


def municipal_groups() -> dict[str, str]:
    """Return {code of the group: its name} in order; empty where the installation has no such division."""
    return _names(GroupingKind.MUNICIPAL_GROUP)


def population_class_of() -> dict[str, str]:
    """Return {four-digit code of a municipality: code of its population class}."""
    return _members(GroupingKind.POPULATION)


def municipal_group_of() -> dict[str, str]:
    """Return {four-digit code of a municipality: code of its group}."""
    return _members(GroupingKind.MUNICIPAL_GROUP)


def _names(kind: str) -> dict[str, str]:
    grouping = grouping_on(kind, timezone.localdate())
    swedish = (get_language() or "sv").startswith("sv")
    return {one.code: one.name_sv if swedish else one.name_en for one in classes_of(grouping)} if grouping else {}


def _members(kind: str) -> dict[str, str]:
    grouping = grouping_on(kind, timezone.localdate())
    return class_by_municipality(grouping) if grouping else {}
