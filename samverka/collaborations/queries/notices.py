"""When a person wants to be told, and of what."""

from typing import Any

from django.db.models import Q

from ..enums import NoticePace
from ..models import Collaboration, NoticeChoice, Party


def notice_choice(user: Any, collaboration: Collaboration | None = None) -> NoticeChoice:
    """Return the person's choice for a collaboration, or for all; an unsaved one where nothing is chosen."""
    found: NoticeChoice | None = NoticeChoice.objects.filter(user=user, collaboration=collaboration).first()
    return found or NoticeChoice(user=user, collaboration=collaboration, pace="" if collaboration else NoticePace.USUAL)


def answered_for(user: Any) -> Any:
    """Return the parties that the person is contact or deputy of and still may write for, by collaboration."""
    named = Party.objects.filter(Q(contact=user) | Q(deputy=user), state="active").of_person(user)
    return named.select_related("organisation", "unit", "collaboration").order_by("collaboration__title", "id")
