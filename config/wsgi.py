"""The WSGI application that granian serves."""

import gc
import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from samverka.kernel.frames import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_PREPARED", "yes")
_django = get_wsgi_application()


@with_room
def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request."""
    return _django(environ, start_response)


# What has been loaded by now stays as long as the process: the collector need not look through it again with every
# page, and a page makes more objects than its default of 700 between two looks.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
