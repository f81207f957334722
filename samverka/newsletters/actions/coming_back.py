"""What comes back changes: the log of the mail, and whether the address gets more."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from samverka.accounts import roles
from samverka.accounts.models import User
from samverka.accounts.roles import Permission
from samverka.kernel import audit
from samverka.kernel.mail import outbox

from ..bounces import Finding, read_mail
from ..bounces.asking import asks_for_no_more, delivery_of
from ..bouncing import SOFT_MOST, SOFT_WITHIN
from ..emails_sending import OfficialAddressFailed
from ..enums import Audience, BounceKind, DeliveryState, Ending, Reason, Scope
from ..models import Bounce, Delivery, Subscriber, Suppression
from .subscribing import end_for_address, suppress

_STATES = {BounceKind.HARD: DeliveryState.BOUNCED, BounceKind.SOFT: DeliveryState.BOUNCED,
           BounceKind.COMPLAINT: DeliveryState.COMPLAINED}  # fmt: skip


@transaction.atomic
def take_in(*, content: bytes, by: Any = None) -> list[Finding]:
    """Read a mail that has come back and do what the rules say; return what it said. The same one twice counts once."""
    findings, delivery = read_mail(content), delivery_of(content)
    fingerprint = hashlib.sha256(content).hexdigest()
    asking = asks_for_no_more(content) if findings[0].kind in {BounceKind.NONE, BounceKind.AUTOREPLY} else ""
    if asking and delivery is not None and findings[0].kind == BounceKind.NONE:
        end_for_address(by=by, delivery=delivery, how=Ending.REPLY, address=asking)
    for finding in findings:
        if finding.kind in _STATES:
            _note(finding, delivery, fingerprint, by)
    return findings


def _note(finding: Finding, delivery: Delivery | None, fingerprint: str, by: Any) -> None:
    address = delivery.address.lower() if delivery is not None else finding.recipient.lower()
    if not address or "@" not in address or len(address) > 254:
        return
    _row, new = Bounce.objects.get_or_create(
        message=fingerprint, address=address,
        defaults={"kind": finding.kind, "status": finding.status[:12], "told": finding.told[:300],
                  "delivery": delivery},
    )  # fmt: skip
    if not new:
        return
    if delivery is not None:
        Delivery.objects.filter(pk=delivery.pk).update(state=_STATES[finding.kind], last_answer=finding.told[:300])
    _apply(finding, address, delivery, by)


def _apply(finding: Finding, address: str, delivery: Delivery | None, by: Any) -> None:
    official = delivery is not None and delivery.audience == Audience.OFFICIAL
    reason = _reason(finding.kind, address)
    if reason is None:
        return
    if official:
        _official(finding, address, delivery, reason, by)  # type: ignore[arg-type]
        return
    suppress(by=by, address=address, scope=Scope.VOLUNTARY, reason=reason, told=finding.told)
    how = Ending.COMPLAINT if reason == Reason.COMPLAINT else Ending.BOUNCE
    subscribers = Subscriber.objects.filter(email__iexact=address).exclude(state="ended")
    subscribers.update(state="ended", ended_how=how, ended_at=timezone.now())


def _reason(kind: BounceKind, address: str) -> Reason | None:
    if kind == BounceKind.HARD:
        return Reason.HARD
    if kind == BounceKind.COMPLAINT:
        return Reason.COMPLAINT
    lately = Bounce.objects.filter(address=address, kind=BounceKind.SOFT, at__gte=timezone.now() - SOFT_WITHIN)
    return Reason.SOFT if lately.count() >= SOFT_MOST else None


def _official(finding: Finding, address: str, delivery: Delivery, reason: Reason, by: Any) -> None:
    """Stop an office's address only when it does not exist, and tell the host's editors in any case."""
    if reason == Reason.HARD:
        suppress(by=by, address=address, scope=Scope.OFFICIAL, reason=reason, told=finding.told)
    mail = OfficialAddressFailed(
        address=address, organisation=str(delivery.organisation or ""), issue=str(delivery.issue), reason=reason.value,
        told=finding.told[:200],
    )  # fmt: skip
    for editor in editors():
        outbox.send(mail, to=editor.email, language=editor.language)


def editors() -> list[User]:
    """Return those who send for the host."""
    codes = [role.code for role in roles.ROLES.values() if Permission.SEND_FOR_HOST in role.may]
    return list(User.objects.filter(is_active=True, host_roles__overlap=codes).order_by("pk"))


@transaction.atomic
def lift_suppression(*, by: Any, pid: str) -> None:
    """Let an address have mail again. Raises NotAllowed; NotVisible without such a row."""
    from samverka.kernel.errors import NotAllowed, NotVisible

    from ..rules import can_send_for_host

    if by is not None and not can_send_for_host(by):
        raise NotAllowed
    row = Suppression.objects.select_for_update().filter(public_id=pid, lifted_at=None).first()
    if row is None:
        raise NotVisible
    row.lifted_at = timezone.now()
    row.save(update_fields=["lifted_at"])
    audit.record("suppression.lifted", by=by, kind="suppression", object_id=pid, label=row.get_scope_display())
