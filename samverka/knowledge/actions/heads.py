"""What changes the head of a page, which every kind has: title, place, fields, contact."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused

from ..models import FormerAddress, Page

#: Columns of a page that its writers fill; `fields` is beside them.
HEAD = (
    "title", "summary", "language", "year", "licence", "owner", "municipality", "county", "forms", "contact_name",
    "contact_role", "contact_email", "contact_phone",
)  # fmt: skip
EARLIEST, LATEST = 1700, 2200


def made_page(*, by: Any, kind: str, values: Mapping[str, Any]) -> Page:
    """Return a new draft of a page with the facts in `values` (HEAD and fields)."""
    _check(values)
    page: Page = Page.objects.create(
        kind=kind, sent_in_by=by, **{name: value for name, value in values.items() if name in HEAD}
    )
    page.fields.set(values.get("fields", []))
    return page


def set_head(page: Page, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the facts in `values` on the page, count its version and its saves up, and save; return what changed. Lock it
    first.
    """
    _check(values)
    facts = {name: value for name, value in values.items() if name in HEAD}
    found = audit.changed_fields({name: getattr(page, name) for name in facts}, facts)
    for name, value in facts.items():
        setattr(page, name, value)
    page.version += 1
    page.saves += 1
    page.changed_at = timezone.now()
    page.save(update_fields=[*facts, "sort_key", "version", "saves", "changed_at"])
    if "fields" in values:
        page.fields.set(values["fields"])
    return found


def _check(values: Mapping[str, Any]) -> None:
    if "title" in values and not str(values["title"]).strip():
        raise Refused(_("Skriv en rubrik."), field="title")
    year = values.get("year")
    if year is not None and not EARLIEST <= year <= LATEST:
        raise Refused(_("Skriv året med fyra siffror, till exempel 2027."), field="year")


def keep_address(page: Page, path: str) -> FormerAddress:
    """Let an address lead to the page. Raises Refused when it is no path, or leads to another page."""
    cleaned = path.strip()
    if not cleaned.startswith("/") or cleaned.startswith("//") or "\\" in cleaned or len(cleaned) > 500:
        raise Refused(_("Skriv adressen från och med snedstrecket efter domänen: /rapporter/2019/samverkan.pdf"))
    if (taken := FormerAddress.objects.filter(path=cleaned).exclude(page=page).first()) is not None:
        raise Refused(_("Adressen leder redan till ”{title}”.").format(title=taken.page.title), field="path")
    made, _created = FormerAddress.objects.get_or_create(path=cleaned, page=page)
    return made
