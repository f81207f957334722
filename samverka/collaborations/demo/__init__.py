"""The demo: invented organisations and persons, marked as invented, and what they have under way.

Loading again changes nothing. It refuses to load where anybody else could reach it.
"""

from collections.abc import Callable
from urllib.parse import urlparse

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused

from ..models import Collaboration
from .stories import tell_stories
from .village import DemoSignIn, Village, build_village, sign_ins

__all__ = ["DemoSignIn", "Village", "load_demo", "refuse_beyond_loopback", "register_demo"]

#: Takes the village; tells more of it. Called again it changes nothing.
DemoPart = Callable[[Village], None]
_parts: list[DemoPart] = []


def register_demo(part: DemoPart) -> DemoPart:
    """Decorator: let an app further up have its part in the demo, after the collaborations'."""
    _parts.append(part)
    return part


LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}


def refuse_beyond_loopback() -> None:
    """Raise Refused unless this installation can only be reached from the machine it runs on."""
    database = connection.settings_dict.get("HOST", "")
    reachable = {urlparse(settings.BASE_URL).hostname, *settings.ALLOWED_HOSTS} - LOOPBACK
    if settings.PRODUCTION or reachable or not (database in {"", *LOOPBACK} or database.startswith("/")):
        raise Refused(
            _(
                "Demon har kända inloggningar och läses bara in på en egen dator. "
                "SAMVERKA_BASE_URL, ALLOWED_HOSTS och databasen måste vara localhost."
            )
        )


@transaction.atomic
def load_demo() -> list[DemoSignIn]:
    """Load the demo; return its sign-ins. Raises Refused on anything but loopback, or where a name is somebody's."""
    refuse_beyond_loopback()
    village = build_village()
    if not Collaboration.objects.filter(invented=True).exists():
        tell_stories(village)
    for part in _parts:
        part(village)
    return sign_ins(village)
