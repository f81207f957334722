"""Links of a mail that open something without an account: made of a public id and the installation's secret.

They stand in no table. Every one of them only shows a page; what changes anything is sent from that page by POST. The
one exception is RFC 8058: a mail program posts `List-Unsubscribe=One-Click` to the address in the header.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from samverka.kernel.errors import NotVisible

from .addresses import web_address
from .enums import Audience
from .models import Delivery, Issue, Subscriber

_LENGTH = 16


def delivery_key(public_id: str) -> str:
    """Return the key of a mail's links."""
    return f"{public_id}-{_code(f'delivery:{public_id}')}"


def subscriber_key(subscriber: Subscriber) -> str:
    """Return the key of a subscriber's own page; raising `link_number` makes older ones dead."""
    return f"{subscriber.public_id}-{_code(f'subscriber:{subscriber.public_id}:{subscriber.link_number}')}"


def delivery_by_key(key: str) -> Delivery:
    """Return the mail of a key. Raises NotVisible for any other."""
    public_id = key.partition("-")[0]
    if not constant_time_compare(key, delivery_key(public_id)):
        raise NotVisible
    there = Delivery.objects.select_related("issue__sender", "organisation")
    found: Delivery | None = there.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def subscriber_by_key(key: str) -> Subscriber:
    """Return the subscriber of a key. Raises NotVisible for any other."""
    found: Subscriber | None = Subscriber.objects.filter(public_id=key.partition("-")[0]).first()
    if found is None or not constant_time_compare(key, subscriber_key(found)):
        raise NotVisible
    return found


def one_click_url(key: str) -> str:
    """Return where a mail program posts to end it."""
    return f"{settings.BASE_URL}/utskick/avregistrera/{key}/"


def web_url(issue: Issue) -> str:
    """Return where anyone reads the issue."""
    return web_address(issue)


def marks(key: str, audience: str) -> dict[str, str]:
    """Return the links that are put into one recipient's mail."""
    base = f"{settings.BASE_URL}/utskick"
    own = f"{base}/vem-hos-er/{key}/" if audience == Audience.OFFICIAL else f"{base}/installningar/{key}/"
    return {
        "unsubscribe_url": own if audience == Audience.OFFICIAL else one_click_url(key),
        "preferences_url": own,
        "receipt_url": f"{base}/kvitto/{key}/",
    }


def _code(text: str) -> str:
    digest = hmac.new(_secret(settings.SECRET_KEY), text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:_LENGTH]


@lru_cache(maxsize=2)
def _secret(key: str) -> bytes:
    return salted_hmac("newsletters.links", "", secret=key, algorithm="sha256").digest()
