"""Reads of reports: what everybody may read, and what analysts work on."""

from typing import Any

from samverka.kernel.errors import NotVisible

from ..models import BlockDraft, Edition, Report, ReportBlock


def shown_edition(slug: str, language: str, number: int | None = None) -> Edition:
    """Return the edition of a round's report that everybody may read: that number, or the latest. The report in
    `language` comes before one in another. Raises NotVisible.
    """
    reports = Report.objects.shown().filter(round__slug=slug)
    found = sorted(reports, key=lambda report: (report.language != language, report.language))
    editions = found[0].editions.select_related("report__round") if found else Edition.objects.none()
    edition: Edition | None = (editions if number is None else editions.filter(number=number)).first()
    if edition is None:
        raise NotVisible
    return edition


def editions_of(edition: Edition) -> list[Edition]:
    """Return all editions of the same report without their documents, newest first."""
    return list(Edition.objects.filter(report=edition.report_id).defer("document"))


def with_report(slugs: list[str]) -> set[str]:
    """Return which of the rounds have a report that everybody may read."""
    return set(Report.objects.shown().filter(round__slug__in=slugs).values_list("round__slug", flat=True))


def report_called(public_id: str) -> Report:
    """Return the report with its rounds, for an analyst. Raises NotVisible."""
    rows = Report.objects.select_related("round__version__questionnaire", "beside__version__questionnaire")
    found: Report | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def block_called(report: Report, public_id: str) -> ReportBlock:
    """Return a part that stands in the report's draft. Raises NotVisible."""
    found: ReportBlock | None = report.blocks.standing().filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def draft_of_block(user: Any, block: ReportBlock) -> BlockDraft | None:
    """Return what that person is typing in the part, if anything is kept."""
    return BlockDraft.objects.filter(user=user, block=block).first()
