"""Sending an example or a portrait to the editor."""

from typing import Any

from django.db import transaction

from ..models import Page
from .approving import ask_unapproved
from .publishing import submit_page
from .steps import page_to_change


@transaction.atomic
def send_in(*, by: Any, page_id: str) -> Page:
    """Send it to the editor, and ask the parties that have not approved the text yet. Whoever sends it in hears what
    the editor says. Raises Refused with what it lacks.
    """
    page = page_to_change(by, page_id)
    Page.objects.filter(pk=page.pk).update(sent_in_by=by)
    page = submit_page(by=by, page_id=page_id)
    ask_unapproved(by=by, page=page)
    return page
