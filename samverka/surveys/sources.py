"""What search holds of surveys: each question of a round whose results are public, with its figures, and each report's
latest edition. Only figures that may show: `results.py` says which (suppression.py).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Document, TextSource, register_texts
from samverka.questionnaires.definition import Question

from .enums import ReportState, RoundMode
from .measures import shown_questions
from .models import Report, Round
from .results import RoundResults

#: A question's options beyond this many (municipalities, say) are no words about it.
MOST_OPTIONS = 40


def round_documents(found: Round) -> Iterable[Document]:
    """Return a document for each question that everybody may see the answers to."""
    if found.mode != RoundMode.REAL or found.published_at is None:
        return
    results = RoundResults(found, "sv")
    for question in shown_questions(found):
        yield _question(found, results, question, found.published_at)


def _question(found: Round, results: RoundResults, question: Question, at: datetime) -> Document:
    text, definition = results.definition.text, results.definition
    title = text(question.label, "sv") or question.code
    explained = [text(texts, "sv") for texts in (question.definition, question.help, question.counts)]
    return Document(
        kind="result",
        object_id=f"{found.slug}?{question.code}",
        title=title[:300],
        summary=_figures(results, question),
        keywords=" ".join([str(found), *(text(part.label, "sv") for part in definition.by_code[question.code].within)]),
        body="\n\n".join(part for part in explained if part),
        year=(found.closed_at or at).year,
        found_from=at,
    )


def _figures(results: RoundResults, question: Question) -> str:
    """Return the shares that may show, as "Ja 52 %, Nej 40 %"."""
    options = results.figure(question).options
    if len(options) > MOST_OPTIONS:
        return ""
    said = [f"{o.label} {o.share * 100:.0f} %" if o.share is not None else str(o.label) for o in options]
    return ", ".join(said)


def report_documents(report: Report) -> Iterable[Document]:
    """Return the latest edition of a report that everybody may read and that still holds."""
    edition = report.editions.first()
    shown = Report.objects.shown().filter(pk=report.pk).exists()
    if edition is None or edition.withdrawn_at or not shown:
        return
    yield Document(
        kind="report",
        object_id=f"{report.round.slug}/{edition.number}",
        title=str(edition.document.get("title") or report)[:300],
        keywords=str(report.round),
        body="\n\n".join(_texts(edition.document)),
        language=report.language,
        year=edition.published_at.year,
        found_from=edition.published_at,
    )


def _texts(value: Any) -> Iterator[str]:
    """Return every text of a document; what has no space is a code."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and " " in value.strip():
        yield value


def _rounds() -> Any:
    shown = Round.objects.real().filter(published_at__isnull=False)
    return shown.select_related("version__questionnaire").order_by("pk")


def _visible_results(keys: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    slugs = {key: key[1].partition("?")[0] for key in keys}
    shown = set(_rounds().filter(slug__in=slugs.values()).values_list("slug", flat=True))
    return [key for key, slug in slugs.items() if slug in shown]


def _reports() -> Any:
    shown = Report.objects.shown().filter(state=ReportState.PUBLISHED)
    return shown.select_related("round").order_by("pk")


def _visible_reports(keys: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    slugs = {key: key[1].partition("/")[0] for key in keys}
    shown = set(_reports().filter(round__slug__in=slugs.values()).values_list("round__slug", flat=True))
    return [key for key, slug in slugs.items() if slug in shown]


register_texts(
    TextSource(Round, {"result": _("Resultat av kartläggningar")}, round_documents, _rounds, _visible_results)
)
register_texts(TextSource(Report, {"report": _("Rapporter")}, report_documents, _reports, _visible_reports))
