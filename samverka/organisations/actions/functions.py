"""Office addresses of bodies and units."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.organisations.enums import FunctionKind
from samverka.organisations.models import Function, Organisation, Unit
from samverka.organisations.rules import can_edit_part

from . import checks
from .steps import locked, note, refuse, require


@transaction.atomic
def set_function(
    *,
    by: Any,
    organisation: Organisation,
    kind: str,
    email: str,
    phone: str = "",
    unit: Unit | None = None,
    source: str = "",
) -> Function:
    """Set the address of an office; the one of the same kind and unit is replaced. Refused for a bad address. `by`
    None is the system.
    """
    require(by is None or can_edit_part(by, organisation, unit))
    if kind not in FunctionKind.values:
        raise refuse(_("Välj vilken funktion adressen går till."), field="kind")
    if unit is not None and unit.organisation_id != organisation.pk:
        raise refuse(_("Enheten hör till en annan organisation."), field="unit")
    address, number = checks.office_email(email), checks.one_line(phone)[:40]
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    current = Function.objects.filter(organisation=organisation, unit=unit, kind=kind, withdrawn_at=None).first()
    if current and (current.email, current.phone) == (address, number):
        return current
    if current:
        current.withdrawn_at = timezone.now()
        current.save(update_fields=["withdrawn_at"])
    function = Function.objects.create(
        organisation=organisation,
        unit=unit,
        kind=kind,
        email=address,
        phone=number,
        source=source,
        confirmed_on=timezone.localdate(),
    )
    changes = {"email": [current.email if current else None, address]}
    note("function.set", function, by=by, organisation=organisation, changes=changes)
    return function


@transaction.atomic
def confirm_function(*, by: Any, function: Function) -> Function:
    """Note that the address is right today."""
    require(can_edit_part(by, function.organisation, function.unit))
    function = locked(function)
    function.confirmed_on = timezone.localdate()
    function.save(update_fields=["confirmed_on"])
    note("function.confirmed", function, by=by, organisation=function.organisation)
    return function


@transaction.atomic
def withdraw_function(*, by: Any, function: Function, reason: str) -> None:
    """Take an office address away."""
    require(can_edit_part(by, function.organisation, function.unit))
    function = locked(function)
    why = checks.reason(reason)
    if function.withdrawn_at is None:
        function.withdrawn_at = timezone.now()
        function.save(update_fields=["withdrawn_at"])
        note("function.withdrawn", function, by=by, organisation=function.organisation, changes={"reason": [None, why]})
