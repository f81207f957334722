"""The steps that the actions of examples and portraits share."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.kernel.errors import Conflict, Refused

from ..models import Page, told_of
from ..rules import can_tell
from ..writing import page_to_write
from .checks import locked_page

CHANGED_MEANWHILE = gettext_lazy(
    "Någon annan har ändrat texten medan du skrev. Inget är sparat än. Jämför och spara igen."
)


def page_to_change(by: Any, page_id: str) -> Page:
    """Return the page, locked, for one who tells it. Raises NotVisible, or Refused while the editor has it."""
    page_to_write(by, page_id)
    page = locked_page(page_id)
    if not can_tell(by, page):
        raise Refused(_("Texten är hos redaktören just nu. Den går att ändra igen när redaktören har svarat."))
    return page


def hold_text(row: Any, current: int, version: int, values: Mapping[str, Any]) -> None:
    """Raise Conflict when what is there is past `version`; `theirs` and `yours` say what stands and what was sent."""
    if current == version:
        return
    yours = {name: value for name, value in values.items() if _plain(row, name) != str(value or "")}
    theirs = {name: _plain(row, name) for name in yours}
    raise Conflict(CHANGED_MEANWHILE, theirs=theirs, yours=yours, version=current)


def _plain(row: Any, name: str) -> str:
    return str(getattr(row, name, "") or "")


def touch(page: Page) -> None:
    """Count up what shows: approvals of the earlier text hold no longer."""
    told = told_of(page)
    told.text_version += 1
    told.save(update_fields=["text_version"])
    page.version += 1
    page.changed_at = timezone.now()
    page.save(update_fields=["version", "changed_at"])
