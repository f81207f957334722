"""Which examples and portraits an inspiration report takes up, and in which order."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible, Refused

from ..enums import PageKind, PublicationKind
from ..models import Page, ReportPart
from .checks import locked_page, require_editor
from .trail import note_page

MAY_BE_PARTS = (PageKind.EXAMPLE, PageKind.PORTRAIT)


@transaction.atomic
def add_part(*, by: Any, page_id: str, part_id: str) -> ReportPart:
    """Put a published example or portrait last in the report. Raises NotAllowed, NotVisible, Refused."""
    report = _locked_report(by, page_id)
    page = Page.objects.published().filter(public_id=part_id, kind__in=MAY_BE_PARTS).first()
    if page is None:
        raise NotVisible
    parts = report.publication.parts
    if parts.filter(page=page).exists():
        raise Refused(_("”{title}” är redan med.").format(title=page.title))
    last = parts.order_by("-position").values_list("position", flat=True).first() or 0
    made: ReportPart = ReportPart.objects.create(publication=report.publication, page=page, position=last + 1)
    _count_up(report, by, {"added": [None, page.title]})
    return made


@transaction.atomic
def move_part(*, by: Any, page_id: str, part_id: str, steps: int) -> None:
    """Move a part up (-1) or down (1); at the end it stays. Raises NotAllowed, NotVisible."""
    report = _locked_report(by, page_id)
    parts = list(report.publication.parts.select_related("page"))
    here = next((place for place, part in enumerate(parts) if part.page.public_id == part_id), None)
    if here is None:
        raise NotVisible
    there = max(0, min(len(parts) - 1, here + steps))
    parts.insert(there, parts.pop(here))
    for position, part in enumerate(parts, start=1):
        part.position = position
    ReportPart.objects.bulk_update(parts, ["position"])
    _count_up(report, by, {"moved": [here + 1, there + 1]})


@transaction.atomic
def remove_part(*, by: Any, page_id: str, part_id: str) -> None:
    """Take a part out of the report. Raises NotAllowed, NotVisible."""
    report = _locked_report(by, page_id)
    found = report.publication.parts.select_related("page").filter(page__public_id=part_id).first()
    if found is None:
        raise NotVisible
    found.delete()
    _count_up(report, by, {"removed": [found.page.title, None]})


def _locked_report(by: Any, page_id: str) -> Page:
    require_editor(by)
    report = locked_page(page_id)
    if report.kind != PageKind.PUBLICATION or report.publication.kind != PublicationKind.INSPIRATION:
        raise NotVisible
    return report


def _count_up(report: Page, by: Any, changes: dict[str, list[Any]]) -> None:
    report.version += 1
    report.save(update_fields=["version"])
    note_page("publication.parts_changed", report, by=by, changes=changes)
