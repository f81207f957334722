"""The coming days of many collaborations: what a list is sorted by, and what the rows of one page show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Least
from django.utils import timezone

from samverka.kernel.compiled import compiled

from ..models import Collaboration, Commitment, Decision, Outcome
from .commitments import OPEN


def _said(key: str) -> Any:
    return Cast(KeyTextTransform(key, "values"), DateField())


def _days() -> tuple[tuple[QuerySet[Any], Any], ...]:
    """Where a collaboration's coming days stand, each as rows and their day; the period's last day is on its own row.
    Promises come first: theirs are also looked at when they are past.
    """
    joint = Outcome.objects.filter(joint=True)
    return (
        (Commitment.objects.filter(OPEN), F("due_on")),
        (Decision.objects.filter(withdrawn_at__isnull=True), F("valid_until")),
        (joint.filter(values__has_key="check_on"), _said("check_on")),
        (joint.filter(values__has_key="all_told_by"), _said("all_told_by")),
    )


def _first(rows: QuerySet[Any], day: Any) -> Subquery:
    """The first day from today on that `rows` of the collaboration say."""
    coming = rows.filter(collaboration=OuterRef("pk")).annotate(day=day).filter(day__gte=timezone.localdate())
    return Subquery(coming.order_by().values("collaboration").annotate(first=Min("day")).values("first"))


def next_day() -> Any:
    """The next day of promises, decisions, goal, continuation and period, to sort by; NULL where none is to come."""
    own_end = Case(When(ends_on__gte=timezone.localdate(), then=F("ends_on")))
    return Least(*(_first(rows, day) for rows, day in _days()), own_end)


def days_of(rows: Iterable[Collaboration]) -> dict[int, tuple[date | None, int]]:
    """Return {key: (next day, number of late promises)} of the rows of one page, in one query. For all that come
    before them in the order it would be found out in vain.
    """
    today, ends = timezone.localdate(), {row.pk: row.ends_on for row in rows}
    told: dict[int, list[tuple[int, date]]] = {key: [(-1, end)] if end else [] for key, end in ends.items()}
    for key, source, day in _all_days.all(keys=list(ends)):
        if day:
            told[key].append((source, day))
    return {key: _told(days, today) for key, days in told.items()}


@compiled
def _all_days(keys: list[int]) -> Any:
    asked = [
        found.filter(collaboration__any_of=keys).order_by().values_list("collaboration_id", Value(source), day)
        for source, (found, day) in enumerate(_days())
    ]
    return asked[0].union(*asked[1:], all=True)


def _told(days: list[tuple[int, date]], today: date) -> tuple[date | None, int]:
    coming = min((day for _source, day in days if day >= today), default=None)
    return coming, sum(not source and day < today for source, day in days)
