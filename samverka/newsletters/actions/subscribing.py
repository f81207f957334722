"""Subscribing, confirming, changing and ending: what a person does for their own address, without an account.

`by` is None in all of it: whoever holds the secret link is whom the mail went to.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samverka.kernel import audit
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.models import ActivityField
from samverka.places.models import County, Municipality

from .. import links
from ..emails_sending import SubscriptionAsked
from ..enums import Audience, Ending, Pace, Reason, Scope, SubscriberState
from ..models import Delivery, Subscriber, Suppression


@dataclass(frozen=True)
class Wishes:
    """What a subscriber has chosen; no topics means all."""

    topics: tuple[ActivityField, ...] = ()
    municipality: Municipality | None = None
    county: County | None = None
    pace: str = Pace.AT_ONCE
    language: str = "sv"

    @property
    def columns(self) -> dict[str, Any]:
        """The values by the row's columns (all but `topics`)."""
        county = self.municipality.county if self.municipality else self.county
        return {"municipality": self.municipality, "county": county, "pace": self.pace, "language": self.language}


@transaction.atomic
def subscribe(*, by: Any, email: str, wishes: Wishes) -> None:
    """Note a wish and mail the link that confirms it. One that subscribes already gets the link to its own page: the
    answer tells nobody whether an address is known. Raises TooMany.
    """
    address = email.strip().lower()
    allow(f"subscribe:{address}", most=5, within=timedelta(hours=1))
    row = Subscriber.objects.select_for_update().filter(email=address).exclude(state=SubscriberState.ENDED).first()
    if row is None:
        row = Subscriber.objects.create(email=address, **wishes.columns)
        row.topics.set(wishes.topics)
    elif row.state == SubscriberState.WAITING:
        _set(row, wishes)
    mail = SubscriptionAsked(link=confirm_url(row), confirmed=int(row.state == SubscriberState.CONFIRMED))
    outbox.send(mail, to=address, language=wishes.language)
    _note("subscription.asked", row, by)


def confirm_url(row: Subscriber) -> str:
    """Return the link of a subscriber's own page: it confirms, changes and ends, each by POST."""
    from django.conf import settings

    return f"{settings.BASE_URL}/prenumerera/{links.subscriber_key(row)}/"


@transaction.atomic
def confirm(*, by: Any, key: str) -> Subscriber:
    """Begin the subscription of a link; a second time changes nothing. Raises NotVisible."""
    row = _held(key)
    if row.state == SubscriberState.WAITING:
        row.state, row.confirmed_at = SubscriberState.CONFIRMED, timezone.now()
        row.save(update_fields=["state", "confirmed_at"])
        lifted = Suppression.objects.filter(address=row.email, scope=Scope.VOLUNTARY, lifted_at=None)
        lifted.filter(reason=Reason.UNSUBSCRIBED).update(lifted_at=timezone.now())
        _note("subscription.confirmed", row, by)
    return row


@transaction.atomic
def change_wishes(*, by: Any, key: str, wishes: Wishes) -> Subscriber:
    """Change what a subscriber gets. Raises NotVisible."""
    row = _held(key)
    _set(row, wishes)
    _note("subscription.changed", row, by)
    return row


@transaction.atomic
def end_subscription(*, by: Any, key: str, how: Ending = Ending.PAGE) -> None:
    """End the subscription of a link; ended already, nothing happens. Raises NotVisible."""
    _end(_held(key), how, by)


@transaction.atomic
def end_by_mail(*, by: Any, key: str, how: Ending) -> None:
    """End what a mail came of: the subscription, or this sender's letters to an association. Official mail is not ended
    so: there the body chooses its office. Raises NotVisible.
    """
    end_for_address(by=by, delivery=links.delivery_by_key(key), how=how)


def end_for_address(*, by: Any, delivery: Delivery, how: Ending, address: str = "") -> None:
    """End what a delivery's address gets of its kind; `address`: who asked, who must be the one it went to."""
    if delivery.audience == Audience.OFFICIAL or (address and address != delivery.address.lower()):
        return
    if delivery.audience == Audience.ASSOCIATION:
        suppress(
            by=by, address=delivery.address, scope=Scope.VOLUNTARY, reason=Reason.UNSUBSCRIBED,
            sender=delivery.issue.sender,
        )  # fmt: skip
        return
    for row in Subscriber.objects.select_for_update().filter(email__iexact=delivery.address):
        _end(row, how, by)


def suppress(
    *, by: Any, address: str, scope: Scope, reason: Reason, sender: Any = None, told: str = ""
) -> Suppression:  # fmt: skip
    """Let an address have no more of a scope, from one sender or all; stopped already, nothing happens."""
    row, new = Suppression.objects.get_or_create(
        address=address.strip().lower(), scope=scope, sender=sender, lifted_at=None,
        defaults={"reason": reason, "told": told[:300]},
    )  # fmt: skip
    if new:
        audit.record("suppression.made", by=by, kind="suppression", object_id=row.public_id, label=str(reason.label))
    return row


def _held(key: str) -> Subscriber:
    found = links.subscriber_by_key(key)
    row: Subscriber = Subscriber.objects.select_for_update().get(pk=found.pk)
    return row


def _set(row: Subscriber, wishes: Wishes) -> None:
    for name, value in wishes.columns.items():
        setattr(row, name, value)
    row.save(update_fields=[*wishes.columns])
    row.topics.set(wishes.topics)


def _end(row: Subscriber, how: Ending, by: Any) -> None:
    if row.state == SubscriberState.ENDED:
        return
    row.state, row.ended_how, row.ended_at = SubscriberState.ENDED, how, timezone.now()
    row.save(update_fields=["state", "ended_how", "ended_at"])
    _note("subscription.ended", row, by)


def _note(action: str, row: Subscriber, by: Any) -> None:
    audit.record(action, by=by, kind="subscriber", object_id=row.public_id, label=row.public_id)
