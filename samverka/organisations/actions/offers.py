"""What an organisation offers and needs."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.organisations.enums import OfferKind
from samverka.organisations.models import ActivityField, Offer, Organisation
from samverka.organisations.rules import can_edit_organisation

from .checks import checked
from .steps import locked, note, refuse, require


@transaction.atomic
def add_offer(
    *,
    by: Any,
    organisation: Organisation,
    kind: str,
    text: str,
    field: ActivityField | None = None,
    language: str = "sv",
) -> Offer:
    """Add an offer or a need (OfferKind)."""
    require(can_edit_organisation(by, organisation))
    if kind not in OfferKind.values:
        raise refuse(_("Välj om det är något ni kan eller behöver."), field="kind")
    kept = checked({"text": str(text).strip()}, Offer)
    if not kept["text"]:
        raise refuse(_("Beskriv vad det gäller."), field="text")
    offer = Offer.objects.create(organisation=organisation, kind=kind, field=field, language=language, **kept)
    note(
        "offer.added",
        offer,
        by=by,
        organisation=organisation,
        changes={"kind": [None, kind], "text": [None, offer.text]},
    )
    return offer


@transaction.atomic
def withdraw_offer(*, by: Any, offer: Offer) -> Offer:
    """Take an offer or need away."""
    require(can_edit_organisation(by, offer.organisation))
    offer = locked(offer)
    if offer.withdrawn_at is None:
        offer.withdrawn_at = timezone.now()
        offer.save(update_fields=["withdrawn_at"])
        note("offer.withdrawn", offer, by=by, organisation=offer.organisation)
    return offer
