"""When a person wants to be told."""

from typing import Any

from django.db import transaction

from ..enums import NoticePace
from ..models import Collaboration, NoticeChoice


@transaction.atomic
def choose_notices(
    *, by: Any, pace: NoticePace | None, collaboration: Collaboration | None = None, with_matter: bool = False
) -> None:
    """Choose when the person `by` is told, in one collaboration or (without one) in all that have no choice of their
    own. Without a pace the choice for all holds there too, or what is usual.
    """
    chosen = NoticeChoice.objects.filter(user=by, collaboration=collaboration)
    if pace is None and not with_matter:
        chosen.delete()
        return
    values = {"pace": pace or "", "with_matter": with_matter}
    NoticeChoice.objects.update_or_create(user=by, collaboration=collaboration, defaults=values)
