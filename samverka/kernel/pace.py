"""A limit for what must leave no trace: counted in this process's memory, of all together, and written nowhere."""

import threading
import time
from collections import deque

from django.utils.translation import gettext as _

from .ratelimit import TooMany

_lock = threading.Lock()
_times: dict[str, deque[float]] = {}


def keep_pace(key: str, *, most: int, seconds: float) -> None:
    """Count one more of `key`. Raises TooMany when there have been `most` within that many seconds."""
    now = time.monotonic()
    with _lock:
        times = _times.setdefault(key, deque(maxlen=most))
        if len(times) == most and now - times[0] < seconds:
            raise TooMany(_("Många svarar just nu. Vänta en minut och försök igen. Det ni skrivit står kvar."))
        times.append(now)
