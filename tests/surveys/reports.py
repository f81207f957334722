"""A report that could be published, for tests: about answers that match the pattern of 2018."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from samverka.surveys.actions.report_blocks import change_block
from samverka.surveys.actions.report_editions import publish_report
from samverka.surveys.actions.reports import start_report
from samverka.surveys.enums import ChapterRole
from samverka.surveys.models import Edition, Report, ReportBlock, Round
from samverka.web.public.surveys.report_resolve import resolve
from tests.surveys import pattern_2018

TITLE = "Så samverkade kommuner och föreningar 2018"


def published_round(folder: Path) -> Round:
    found = pattern_2018.read_in(folder)
    Round.objects.filter(pk=found.pk).update(state="closed", published_at=timezone.now())
    return Round.objects.select_related("version__questionnaire").get(pk=found.pk)


def started(found: Round, *, by: Any = None, language: str = "sv", title: str = TITLE) -> Report:
    return start_report(by=by, round_id=found.pk, language=language, title=title)


def fill(block: ReportBlock, **values: Any) -> ReportBlock:
    block.refresh_from_db()
    return change_block(by=None, block_id=block.public_id, version=block.row_version, values=values)


def written(report: Report) -> Report:
    """Write what a report is not published without."""
    first = report.blocks.standing().first()
    fill(first, text="Var femte har ett partnerskap: {{form_iop:yes}}. Bland regioner {{form_iop:yes:slag=region}}.")
    fill(report.blocks.get(role=ChapterRole.METHOD), text="Vi frågade **alla** på samma dag.")
    fill(report.blocks.get(role=ChapterRole.MISSING), text="De små kommunerna svarade mindre ofta.")
    return report


def publish(report: Report, what_changed: str = "", by: Any = None) -> Edition:
    report.refresh_from_db()
    return publish_report(
        by=by, report_id=report.public_id, version=report.row_version, resolve=resolve, what_changed=what_changed
    )
