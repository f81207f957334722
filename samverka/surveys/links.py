"""Links that open a form without an account.

A key is the row's public id and a code made of it with the installation's own secret, so that it stands in no table
and the same link can be sent again. Whoever has the link may answer: it is meant to be forwarded.
"""

import base64
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from samverka.kernel.errors import NotVisible

from .models import Asked, Passed

_LENGTH = 16
_SAVING = (
    "public_id", "link_number", "state", "organisation", "unit", "round__state", "round__access", "round__previous",
    "round__version__fingerprint",
)  # fmt: skip


def asked_key(asked: Asked) -> str:
    """Return the key that opens the whole form of one who is asked."""
    return f"{asked.public_id}-{_code('asked', asked.public_id, asked.link_number)}"


def passed_key(passed: Passed) -> str:
    """Return the key that opens the blocks that were passed on; it dies with the link of `passed.asked`."""
    return f"{passed.public_id}-{_code('passed', passed.public_id, passed.asked.link_number)}"


def asked_by_key(key: str, *, to_save: bool = False) -> Asked:
    """Return who is asked by that key. Raises NotVisible for any other, and in a round that all answer by the same open
    link: nothing there may tie an answer to who is asked. `to_save`: only what saving an answer reads, since that is
    done a hundred times a second; the rest is read when it is asked for.
    """
    if to_save:
        rows = Asked.objects.select_related("round__version").only(*_SAVING)
    else:
        around = Asked.objects.select_related("round__version", "organisation", "unit")
        rows = around.defer("round__version__document")
    found: Asked = _found(rows, key)
    _check(key, asked_key(found))
    if found.round.is_anonymous:
        raise NotVisible
    return found


def passed_by_key(key: str, *, to_save: bool = False) -> Passed:
    """Return what was passed on by that key, unless it was taken back. Raises NotVisible for any other."""
    there = Passed.objects.filter(withdrawn_at__isnull=True)
    if to_save:
        around = there.select_related("asked__round__version")
        rows = around.only("public_id", "blocks", *(f"asked__{name}" for name in _SAVING))
    else:
        around = there.select_related("asked__round__version", "asked__organisation", "asked__unit")
        rows = around.defer("asked__round__version__document")
    found: Passed = _found(rows, key)
    _check(key, passed_key(found))
    if found.asked.round.is_anonymous:
        raise NotVisible
    return found


def _found(rows: "QuerySet[Any]", key: str) -> Any:
    try:
        return rows.get(public_id=key.partition("-")[0])
    except ObjectDoesNotExist:
        raise NotVisible from None


def _check(key: str, right: str) -> None:
    if not constant_time_compare(key, right):
        raise NotVisible


def _code(kind: str, public_id: str, number: int) -> str:
    digest = salted_hmac(f"surveys.links.{kind}", f"{public_id}:{number}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:_LENGTH]
