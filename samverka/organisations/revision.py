"""A stamp that changes whenever the register does, so that counts can be kept until then."""

from django.core.cache import cache
from django.db import transaction

from samverka.kernel.ids import public_id

_KEY = "organisations:revision"


def touch_register() -> None:
    """Say that the register has changed; call it in the transaction that changes it. Takes effect when that has held."""
    transaction.on_commit(lambda: cache.set(_KEY, public_id(), None))


def register_revision() -> str:
    """Return the register's stamp, the same until the register changes."""
    stamp = cache.get(_KEY)
    if stamp is None:
        stamp = public_id()
        cache.set(_KEY, stamp, None)
    return str(stamp)
