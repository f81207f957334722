"""Saying who at a public body should have what: by the link of a mail, or in the body's workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.organisations.models import ActivityField, Organisation

from .. import links
from ..models import Route, Routing
from ..rules_sending import can_route


@dataclass(frozen=True)
class Wanted:
    """An office that is to have what is about a field, or about all when it is None."""

    field: ActivityField | None
    email: str
    name: str = ""


@transaction.atomic
def route_by_mail(*, by: Any, key: str, wanted: Sequence[Wanted], copy: bool, said_by: str) -> Organisation:
    """Say it by the link of a mail to an office of the body, without an account. Raises NotVisible, Refused."""
    delivery = links.delivery_by_key(key)
    if delivery.organisation is None or not delivery.organisation.is_public_body:
        raise NotVisible
    _set(by, delivery.organisation, wanted, copy, said_by)
    return delivery.organisation


@transaction.atomic
def route(*, by: Any, acting: Any, wanted: Sequence[Wanted], copy: bool) -> None:
    """Say it in the body's workspace. Raises NotAllowed, Refused."""
    if not can_route(by, acting):
        raise NotAllowed
    _set(by, acting.organisation, wanted, copy, str(by))


def _set(by: Any, body: Organisation, wanted: Sequence[Wanted], copy: bool, said_by: str) -> None:
    """Let exactly `wanted` hold from now on. What held before is withdrawn, and can be read in the log."""
    if len(wanted) > 60:
        raise Refused(_("Högst 60 adresser går att ange."))
    Organisation.objects.select_for_update().get(pk=body.pk)
    before = Route.objects.filter(organisation=body, withdrawn_at=None)
    old = sorted(f"{row.field_id or 0}:{row.email}" for row in before)
    before.update(withdrawn_at=timezone.now())
    rows = {(one.field.pk if one.field else 0, one.email.lower()): one for one in wanted}
    Route.objects.bulk_create(
        Route(organisation=body, field=one.field, email=one.email.lower(), name=one.name[:120]) for one in rows.values()
    )
    Routing.objects.update_or_create(
        organisation=body, defaults={"copy": copy, "said_by": said_by[:120], "said_at": timezone.now()}
    )
    new = sorted(f"{field}:{email}" for field, email in rows)
    audit.record(
        "routing.said", by=by, kind="organisation", object_id=body.public_id, label=str(body),
        organisation=body.public_id, changes={"routes": [old, new], "copy": [None, copy], "said_by": [None, said_by]},
    )  # fmt: skip
