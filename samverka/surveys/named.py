"""Organisations that answers name, as far as they may be told of: one that is protected is never named."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samverka.organisations.models import Organisation
from samverka.questionnaires.definition import Placed, Question
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.reading import definition_of
from samverka.questionnaires.values import id_in

from .models import Response, Round


def public_names(ids: Iterable[str]) -> dict[str, str]:
    """Return what the organisations are called now, in Swedish order; without those that are protected or withdrawn."""
    rows = Organisation.objects.visible_to(None).filter(public_id__in=list(ids), protected=False).order_by("sort_key")
    return dict(rows.values_list("public_id", "name"))


def organisation_questions(found: Round) -> list[Placed]:
    """Return the questions of a round that are answered with an organisation, those of repeated groups too."""
    return [
        placed for placed in definition_of(found.version).placed
        if isinstance(placed.item, Question) and placed.item.type == QuestionType.ORGANISATION
    ]  # fmt: skip


def file_questions(found: Round) -> list[Question]:
    """Return the questions of a round that are answered with a file, but for those of repeated groups."""
    return [
        placed.item for placed in definition_of(found.version).placed
        if isinstance(placed.item, Question) and placed.item.type == QuestionType.FILE and not placed.repeat
    ]  # fmt: skip


def told_in(placed: Placed, answers: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the kept answers to a question, row by row where it is in a repeated group."""
    rows = answers.get(placed.repeat) or () if placed.repeat else (answers,)
    for row in rows:
        if (value := row.get(placed.item.code)) is not None:
            yield value


@dataclass(frozen=True)
class NamedOften:
    """A question with the organisations that were named, (public id, name, times), most first; `others` were only
    written by hand, or may not be told of.
    """

    question: Question
    named: tuple[tuple[str, str, int], ...]
    others: int


def named_organisations(found: Round) -> list[NamedOften]:
    """Return which organisations the answers of a round name. What was written by hand is counted, never shown."""
    questions = organisation_questions(found)
    if not questions:
        return []
    answers = list(Response.objects.filter(round=found).values_list("answers", flat=True))
    return [_named_often(placed.item, placed, answers) for placed in questions if isinstance(placed.item, Question)]


def _named_often(question: Question, placed: Placed, answers: Iterable[Mapping[str, Any]]) -> NamedOften:
    told = [value for one in answers for value in told_in(placed, one) if isinstance(value, str) or id_in(value)]
    counts = Counter(filter(None, map(id_in, told)))
    names = public_names(counts)
    rows = sorted(((key, name, counts[key]) for key, name in names.items()), key=lambda row: -row[2])
    return NamedOften(question, tuple(rows), len(told) - sum(row[2] for row in rows))
