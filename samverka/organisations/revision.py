"""A stamp that changes whenever the register does, and results that are kept until then."""

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.core.cache import cache
from django.db import transaction

from samverka.kernel.ids import public_id

_KEY = "organisations:revision"
_MOST_KEPT = 512
#: Seconds. A process that dies between its commit and its stamp leaves others' results old for no longer than this.
_LONGEST = 60
_own_changes = 0
_asked: ContextVar[str] = ContextVar("register_revision", default="")

Result = TypeVar("Result")


def touch_register() -> None:
    """Say that the register has changed; call it in the transaction that changes it.

    This process sees it at once, others when the transaction has held. The stamp is written after the commit and not
    in it, so
    that no two writers wait for one row.
    """
    global _own_changes  # noqa: PLW0603
    _own_changes += 1
    transaction.on_commit(lambda: cache.set(_KEY, public_id(), None))


@contextmanager
def one_revision() -> Iterator[None]:
    """Within it the stamp is asked for once: for a page that is made of several kept results."""
    token = _asked.set(_asked.get() or register_revision())
    try:
        yield
    finally:
        _asked.reset(token)


def register_revision() -> str:
    """Return the register's stamp: the same in every process until the register changes."""
    if asked := _asked.get():
        return asked
    stamp = cache.get(_KEY)
    if stamp is None:
        stamp = public_id()
        cache.set(_KEY, stamp, None)
    return f"{stamp}.{_own_changes}"


def kept_until_change(compute: Callable[..., Result]) -> Callable[..., Result]:
    """Decorate a read of the register: its result is kept in this process until the register changes, a minute at most.

    Arguments must be hashable. 512 results are kept, those used latest. What is returned must not be changed.
    """
    kept: OrderedDict[tuple[object, ...], tuple[float, Result]] = OrderedDict()
    lock = threading.Lock()

    @functools.wraps(compute)
    def remembered(*args: object) -> Result:
        key = (register_revision(), *args)
        now = time.monotonic()
        with lock:
            found = kept.get(key)
            if found and now - found[0] < _LONGEST:
                kept.move_to_end(key)
                return found[1]
        result = compute(*args)
        with lock:
            kept[key] = (now, result)
            while len(kept) > _MOST_KEPT:
                kept.popitem(last=False)
        return result

    return remembered
