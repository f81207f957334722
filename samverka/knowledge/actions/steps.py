"""The steps that the actions of a page share: lock, hold the version, count it up, write what happened."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, NotVisible, Refused

from ..models import Page
from ..rules import can_write_page

CHANGED_MEANWHILE = _("Någon annan har ändrat texten medan du skrev. Inget är sparat än. Jämför och spara igen.")


def locked_page(page_id: str) -> Page:
    """Return the page as it is now, locked until the transaction ends. Raises NotVisible."""
    found: Page | None = Page.objects.select_for_update(of=("self",)).filter(public_id=page_id).first()
    if found is None:
        raise NotVisible
    return found


def page_to_change(by: Any, page_id: str) -> Page:
    """Return the page, locked, for one who writes it. Raises NotVisible, or Refused while the editor has it."""
    from ..queries.writing import page_to_write

    page_to_write(by, page_id)
    page = locked_page(page_id)
    if not can_write_page(by, page):
        raise Refused(_("Texten är hos redaktören just nu. Den går att ändra igen när redaktören har svarat."))
    return page


def hold_version(row: Any, current: int, version: int, values: Mapping[str, Any]) -> None:
    """Raise Conflict when what is there is past `version`; `theirs` and `yours` say what stands and what was sent."""
    if current == version:
        return
    yours = {name: value for name, value in values.items() if _plain(row, name) != str(value or "")}
    theirs = {name: _plain(row, name) for name in yours}
    raise Conflict(CHANGED_MEANWHILE, theirs=theirs, yours=yours, version=current)


def _plain(row: Any, name: str) -> str:
    return str(getattr(row, name, "") or "")


def touch(page: Page) -> None:
    """Count the page's version up: approvals of the earlier one hold no longer."""
    page.version += 1
    page.changed_at = timezone.now()
    page.save(update_fields=["version", "changed_at"])


def note(action: str, page: Page, *, by: Any, changes: Mapping[str, Any] | None = None) -> None:
    """Write the audit row of a page, at the organisation that owns it."""
    audit.record(
        action, by=by, kind=page.kind, object_id=page.public_id, label=page.title,
        organisation=page.owner.public_id if page.owner else "", changes=changes,
    )  # fmt: skip
