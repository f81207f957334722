"""Rate limits that hold over all processes: one row a key, counted up by the database."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import Refused

_COUNT_UP = """
INSERT INTO kernel_ratecount (key, window_start, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN kernel_ratecount.window_start <= %(old)s THEN 1 ELSE kernel_ratecount.count + 1 END,
  window_start = CASE WHEN kernel_ratecount.window_start <= %(old)s THEN %(now)s ELSE kernel_ratecount.window_start END
RETURNING count
"""


class TooMany(Refused):
    """The limit is reached (429)."""


def allow(key: str, *, most: int, within: timedelta, lasting: bool = False) -> None:
    """Count one more try of `key`. Raises TooMany when there are over `most` within the window.

    A caller's transaction that is undone takes the count with it: right where a refused try has done nothing. Where
    each try tells something (a guess at a secret) say `lasting`; RuntimeError then within a transaction.
    """
    now = timezone.now()
    with transaction.atomic(durable=lasting), connection.cursor() as cursor:
        cursor.execute(_COUNT_UP, {"key": key[:120], "now": now, "old": now - within})
        (count,) = cursor.fetchone()
    if count > most:
        raise TooMany(_too_many(within))


def _too_many(within: timedelta) -> str:
    if within >= timedelta(days=1):
        return _("Det blev för många försök. Försök igen i morgon.")
    if within >= timedelta(hours=1):
        return _("Det blev för många försök. Vänta en timme och försök igen.")
    minutes = max(1, int(within.total_seconds() // 60))
    return _("Det blev för många försök. Vänta %(minutes)d minuter och försök igen.") % {"minutes": minutes}
