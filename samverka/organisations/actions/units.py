"""Units of public bodies: nämnd, förvaltning, bolag, kommunalförbund."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samverka.kernel.errors import Refused
from samverka.organisations.enums import UnitKind
from samverka.organisations.models import Organisation, Unit
from samverka.organisations.rules import can_edit_organisation, can_edit_part

from .checks import checked
from .steps import apply, check_names, hold_version, locked, note, refuse, require

#: what `add_unit` and `change_unit` take
UNIT_FACTS = ("name", "kind", "is_controller", "diary_pattern", "valid_from", "valid_to", "predecessor")


@transaction.atomic
def add_unit(*, by: Any, organisation: Organisation, values: Mapping[str, Any]) -> Unit:
    """Add a unit (`values`: keys of UNIT_FACTS, name and kind at least). Refused for a civil organisation or a name
    in use.
    """
    require(can_edit_organisation(by, organisation))
    if not organisation.is_public_body:
        raise Refused(_("Bara offentliga aktörer har nämnder och förvaltningar."))
    unit = Unit(organisation=organisation)
    changes = apply(unit, _kept(organisation, values))
    _save(unit)
    note("unit.added", unit, by=by, organisation=organisation, changes=changes)
    return unit


@transaction.atomic
def change_unit(*, by: Any, unit: Unit, version: int, values: Mapping[str, Any]) -> Unit:
    """Change a unit. Raises Conflict when `version` is stale."""
    require(can_edit_part(by, unit.organisation, unit))
    unit = locked(unit)
    kept = _kept(unit.organisation, values)
    hold_version(unit, version, kept)
    changes = apply(unit, kept)
    if changes:
        unit.version += 1
        _save(unit)
        note("unit.changed", unit, by=by, organisation=unit.organisation, changes=changes)
    return unit


@transaction.atomic
def end_unit(*, by: Any, unit: Unit, on: datetime.date, reason: str = "") -> Unit:
    """Let a unit cease on a day; it stays readable. Refused when the day is before its first."""
    require(can_edit_organisation(by, unit.organisation))
    unit = locked(unit)
    changes = apply(unit, {"valid_to": on})
    unit.version += 1
    _save(unit)
    note("unit.ended", unit, by=by, organisation=unit.organisation, changes={**changes, "reason": [None, reason[:300]]})
    return unit


def _kept(organisation: Organisation, values: Mapping[str, Any]) -> dict[str, Any]:
    check_names(values, UNIT_FACTS)
    kept = checked(values, Unit)
    if "kind" in kept and kept["kind"] not in UnitKind.values:
        raise refuse(_("Välj nämnd, förvaltning, bolag eller kommunalförbund."), field="kind")
    predecessor = kept.get("predecessor")
    if predecessor is not None and predecessor.organisation_id != organisation.pk:
        raise refuse(_("Föregångaren måste höra till samma organisation."), field="predecessor")
    return kept


def _save(unit: Unit) -> None:
    if unit.valid_from and unit.valid_to and unit.valid_to <= unit.valid_from:
        raise refuse(_("Den sista dagen måste komma efter den första."), field="valid_to")
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise refuse(_("Det finns redan en enhet som heter så."), field="name") from None
