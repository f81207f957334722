"""New organisations made by persons."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samverka.accounts.rules import can_edit_register
from samverka.kernel.ratelimit import allow
from samverka.organisations.enums import PUBLIC_KINDS, Kind
from samverka.organisations.indexing import store_index
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting
from samverka.organisations.revision import touch_register
from samverka.organisations.rules import can_start_collaboration

from . import checks, claims, members
from .facts import FACTS
from .steps import apply, check_names, note, refuse, require

MOST_A_DAY = 5
#: Networks that one person may add in order to invite them.
MOST_NETWORKS_A_DAY = 20


@transaction.atomic
def add_organisation(*, by: Any, values: Mapping[str, Any], person_role: str = "") -> Organisation:
    """Add an organisation that the register lacks (`values`: keys of facts.FACTS, name and kind at least).

    A civil one by anyone signed in: the person becomes its administrator at once, it is marked unconfirmed, and a
    claim waits for someone
    who can confirm. By an editor, of any kind: confirmed, and without membership. Show
    `queries.similar_organisations` first.
    Raises NotAllowed, Refused, TooMany.
    """
    check_names(values, FACTS)
    require(bool(getattr(by, "is_active", False)))
    kind = values.get("kind")
    if kind not in Kind.values:
        raise refuse(_("Välj slag av organisation."), field="kind")
    editor = can_edit_register(by)
    require(editor or kind not in PUBLIC_KINDS)
    organisation = _made(values, confirmed=editor, by=by)
    if not editor:
        allow(f"add-organisation:{by.pk}", most=MOST_A_DAY, within=timedelta(days=1))
        members.give_membership(
            by=by, organisation=organisation, user=by, role="administrator", unit=None, basis="Lade in organisationen"
        )
        claims.ask_about_new(organisation=organisation, by=by, person_role=person_role)
    return organisation


@transaction.atomic
def add_network(*, by: Acting, name: str) -> Organisation:
    """Add a network without organisation number, in order to invite it: marked unconfirmed, and nobody acts for it.

    It is placed where the organisation acted for is. No address is kept: the one typed for the invitation belongs to a
    person, and who may answer for the network is the invitation's to say (users.md R11). Show
    `queries.similar_organisations` first. Raises NotAllowed, Refused, TooMany.
    """
    require(can_start_collaboration(by.user, by))
    allow(f"add-network:{by.user.pk}", most=MOST_NETWORKS_A_DAY, within=timedelta(days=1))
    place = None if by.organisation.protected else by.organisation.municipality
    return _made({"name": name, "kind": Kind.NETWORK, "municipality": place}, confirmed=False, by=by.user)


def _made(values: Mapping[str, Any], *, confirmed: bool, by: Any) -> Organisation:
    kept = checks.checked({"name": "", **values})
    if kept.get("municipality"):
        kept["county"] = kept["municipality"].county
    number = kept.get("org_number")
    if number and (other := Organisation.objects.visible_to(None).filter(org_number=number).first()):
        # A number belongs to one organisation; whoever acts for it should be asked instead of a second one being made.
        raise refuse(_("%(name)s finns redan med det numret.") % {"name": other.name}, field="org_number")
    fields = kept.pop("fields", [])
    organisation = Organisation(confirmed=confirmed)
    changes = apply(organisation, kept)
    organisation.save()
    organisation.fields.set(fields)
    store_index(organisation)
    touch_register()
    note("organisation.added", organisation, by=by, organisation=organisation, changes=changes)
    return organisation
