"""What an organisation offers and needs."""

from typing import Any

from ..models import ActivityField, Offer, Organisation


def add_offer(
    *, by: Any, organisation: Organisation, kind: str, text: str, field: ActivityField | None = None, language: str = "sv"
) -> Offer:
    """Add an offer or a need (OfferKind)."""
    raise NotImplementedError


def withdraw_offer(*, by: Any, offer: Offer) -> Offer:
    """Take an offer or need away."""
    raise NotImplementedError
