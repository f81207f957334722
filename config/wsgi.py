"""The WSGI application that granian serves."""

import gc
import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_PREPARED", "yes")
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request."""
    return _django(environ, start_response)  # type: ignore[no-any-return]


# CPython keeps frames in chunks of 16 kB, fetched from and given back to the system as calls cross the end of one
# (`push_chunk`, Python/pystate.c). A page that draws its rows just there does so with every call: 600 times, a fifth of
# the answer's time. A frame that asks for much room gets a chunk that all of the page's other frames fit in.
application.__code__ = application.__code__.replace(co_stacksize=20_000)

# What has been loaded by now stays as long as the process: the collector need not look through it again with every
# page, and a page makes more objects than its default of 700 between two looks.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
