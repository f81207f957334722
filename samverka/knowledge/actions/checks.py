"""What the actions of pages ask first, and the row they work on."""

from typing import Any

from django.utils.translation import gettext as _

from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused

from ..models import Page
from ..rules import can_edit_knowledge, can_write_page


def require_editor(by: Any) -> None:
    """Raise NotAllowed unless `by` is an editor; None is the system: a job or a command on the machine."""
    if by is not None and not can_edit_knowledge(by):
        raise NotAllowed


def require_writer(by: Any, page: Page) -> None:
    """Raise NotAllowed unless `by` may change the page's draft; None is the system."""
    if by is not None and not can_write_page(by, page):
        raise NotAllowed


def locked_page(page_id: str) -> Page:
    """Return the page as it is now, locked until the transaction ends. Raises NotVisible."""
    rows = Page.objects.select_for_update(of=("self",)).select_related("owner", "municipality", "county", "sent_in_by")
    found: Page | None = rows.filter(public_id=page_id).first()
    if found is None:
        raise NotVisible
    return found


def hold_version(page: Page, version: int | None) -> None:
    """Raise Conflict when the page is past `version`; None asks nothing."""
    if version is not None and page.version != version:
        raise Conflict(_("Sidan har ändrats sedan du öppnade den. Läs igenom den igen."), version=page.version)


def hold_saves(page: Page, version: int | None) -> None:
    """Raise Conflict when somebody has saved the page's form since `version`; None asks nothing."""
    if version is not None and page.saves != version:
        raise Conflict(_("Någon annan har ändrat utkastet medan du skrev. Jämför och spara igen."), version=page.saves)


def said(text: str, *, field: str, empty: str, most: int) -> str:
    """Return what somebody wrote, trimmed. Raises Refused with `empty` when that is nothing, or when it is too long."""
    found = str(text).replace("\x00", "").strip()
    if not found:
        raise Refused(empty, field=field)
    if len(found) > most:
        raise Refused(_("Texten får ha högst {most} tecken.").format(most=most), field=field)
    return found
