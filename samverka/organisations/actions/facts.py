"""The facts of an organisation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.accounts.rules import can_edit_register
from samverka.kernel.errors import Refused
from samverka.organisations.enums import BODIES, Kind, RelationKind, State
from samverka.organisations.models import EarlierName, Organisation, Relation
from samverka.organisations.queries import administrators_of
from samverka.organisations.rules import can_edit_organisation

from . import checks
from .steps import apply, check_names, hold_version, locked, note, refuse, require, store

#: what `change_facts` takes; `kind` from an editor only. `fields` is a list of ActivityField, `municipality` a
#: Municipality or None.
FACTS = (
    "name",
    "genitive",
    "kind",
    "org_number",
    "municipality",
    "county",
    "postal_code",
    "postal_town",
    "web_address",
    "email",
    "email_public",
    "phone",
    "description",
    "language",
    "founded_year",
    "fields",
)


@transaction.atomic
def change_facts(*, by: Any, organisation: Organisation, version: int, values: Mapping[str, Any]) -> Organisation:
    """Set the facts in `values` (keys of FACTS; those left out stay). The old name is kept as an earlier name.

    For the organisation's administrators and the host's editors. Raises NotAllowed; Refused for a bad number, address
    or
    name (`details["field"]` names it); Conflict when `version` is stale.
    """
    require(can_edit_organisation(by, organisation))
    check_names(values, FACTS)
    organisation = locked(organisation)
    require("kind" not in values or values["kind"] == organisation.kind or can_edit_register(by))
    kept = _kept(organisation, values)
    fields = kept.pop("fields", None)
    hold_version(organisation, version, kept if fields is None else {**kept, "fields": fields})
    old_name = organisation.name
    changes = apply(organisation, kept)
    if fields is not None:
        changes |= _set_fields(organisation, fields)
    if not changes:
        return organisation
    if old_name != organisation.name:
        EarlierName.objects.create(organisation=organisation, name=old_name, until=timezone.localdate())
    store(organisation)
    note("organisation.changed", organisation, by=by, organisation=organisation, changes=changes)
    return organisation


def _kept(organisation: Organisation, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as they are kept; a municipality brings its county, a kind stays on its side of the
    register's bodies.
    """
    kept = checks.checked(values)
    if kept.get("municipality"):
        kept["county"] = kept["municipality"].county
    if "kind" in kept and kept["kind"] not in Kind.values:
        raise refuse(_("Välj slag av organisation."), field="kind")
    if _is_of_the_content(organisation) and not {"name", "kind", "municipality", "county"}.isdisjoint(
        name for name in kept if kept[name] != getattr(organisation, name, None)
    ):
        raise Refused(
            _("Kommunens eller regionens namn och plats kommer från de officiella uppgifterna och ändras inte här.")
        )
    return kept


def _is_of_the_content(organisation: Organisation) -> bool:
    return organisation.source is not None and organisation.source.name == BODIES


def _set_fields(organisation: Organisation, fields: list[Any]) -> dict[str, list[Any]]:
    before = sorted(f"{f.scheme}:{f.code}" for f in organisation.fields.all())
    organisation.fields.set(fields)
    after = sorted(f"{f.scheme}:{f.code}" for f in fields)
    return {"fields": [before, after]} if before != after else {}


@transaction.atomic
def change_state(*, by: Any, organisation: Organisation, state: str, reason: str) -> Organisation:
    """Set State active, dormant or withdrawn, with the reason. Withdrawing is for editors; Refused without a reason
    or for a body of the content.
    """
    organisation = locked(organisation)
    withdrawing = State.WITHDRAWN in {state, organisation.state}
    require(can_edit_register(by) if withdrawing else can_edit_organisation(by, organisation))
    if state not in State.values:
        raise refuse(_("Välj hur det är med organisationen."), field="state")
    if _is_of_the_content(organisation):
        raise Refused(_("Kommuner och regioner kan inte göras vilande eller tas bort."))
    changes = apply(organisation, {"state": state, "state_reason": checks.reason(reason)})
    if changes:
        store(organisation)
        note("organisation.state_changed", organisation, by=by, organisation=organisation, changes=changes)
    return organisation


def withdraw_unconfirmed(*, organisation: Organisation, by: Any, reason: str) -> None:
    """Take an organisation that nobody would confirm out of the register; for the action that has asked its own
    rule.
    """
    changes = apply(organisation, {"state": State.WITHDRAWN.value, "state_reason": reason})
    store(organisation)
    note("organisation.state_changed", organisation, by=by, organisation=organisation, changes=changes)


@transaction.atomic
def protect_organisation(*, by: Any, organisation: Organisation, reason: str) -> Organisation:
    """Make it a skyddad organisation: only its county shows (users.md R10). Administrators and editors."""
    require(can_edit_organisation(by, organisation))
    organisation = locked(organisation)
    if organisation.is_public_body:
        raise Refused(_("En offentlig aktör kan inte vara skyddad."))
    return _set_protected(organisation, True, by=by, reason=reason)


@transaction.atomic
def unprotect_organisation(*, by: Any, organisation: Organisation, reason: str) -> Organisation:
    """Let it show as others do. Only its own administrators, or an editor where nobody acts for it; the reason is
    needed.
    """
    require(can_edit_organisation(by, organisation))
    organisation = locked(organisation)
    own = administrators_of(organisation)
    if own.exists() and not own.filter(user=by).exists():
        raise Refused(_("Bara organisationen själv kan ta bort skyddet."))
    return _set_protected(organisation, False, by=by, reason=reason)


def _set_protected(organisation: Organisation, protected: bool, *, by: Any, reason: str) -> Organisation:
    why = checks.reason(reason)
    changes = apply(organisation, {"protected": protected, "protected_reason": why[:200] if protected else ""})
    if changes:
        store(organisation)
        action = "organisation.protected" if protected else "organisation.unprotected"
        note(action, organisation, by=by, organisation=organisation, changes={**changes, "reason": [None, why]})
    return organisation


@transaction.atomic
def add_relation(*, by: Any, organisation: Organisation, kind: str, other: Organisation) -> Relation:
    """Say how `organisation` stands to `other` (RelationKind); returns the Relation."""
    require(can_edit_organisation(by, organisation))
    if kind not in RelationKind.values:
        raise refuse(_("Välj hur organisationerna hör ihop."), field="kind")
    if other == organisation:
        raise refuse(_("Välj en annan organisation."), field="other")
    relation, made = Relation.objects.get_or_create(
        organisation=organisation, kind=kind, other=other, defaults={"since": timezone.localdate()}
    )
    if not made and relation.until:
        relation.until = None
        relation.save(update_fields=["until"])
        made = True
    if made:
        note("relation.added", organisation, by=by, organisation=organisation, changes={kind: [None, other.name]})
        touch_version(organisation)
    return relation


@transaction.atomic
def end_relation(*, by: Any, relation: Relation) -> None:
    """End a relation today. Either organisation's administrators, and editors."""
    require(can_edit_organisation(by, relation.organisation) or can_edit_organisation(by, relation.other))
    relation.until = timezone.localdate()
    relation.save(update_fields=["until"])
    organisation = relation.organisation
    note(
        "relation.ended",
        organisation,
        by=by,
        organisation=organisation,
        changes={relation.kind: [relation.other.name, None]},
    )
    touch_version(organisation)


def touch_version(organisation: Organisation) -> None:
    """Note that something of the organisation has changed beside its own row."""
    Organisation.objects.filter(pk=organisation.pk).update(changed_at=timezone.now())
