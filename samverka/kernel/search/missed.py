"""What people search for and do not find: words and how often on each day, so that an editor knows what is lacking.

Nothing says who searched. Words that look like a personal identity number, a telephone number or an address of mail
are never kept, and rows are removed after KEPT.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Max, Sum
from django.utils import timezone

from ..personal_numbers import mentions
from ..swedish import words
from .models import MissedSearch

KEPT = timedelta(days=90)
#: More words than this is somebody's own text and no search.
MOST_WORDS, LONGEST = 8, 80
_DIGITS = re.compile(r"(?:[0-9][\s\-–+.]*){6,}")
_ADD_ONE = """
INSERT INTO kernel_missedsearch (day, words, count) VALUES (%s, %s, 1)
ON CONFLICT (day, words) DO UPDATE SET count = kernel_missedsearch.count + 1
"""


@dataclass(frozen=True)
class Missed:
    """What was not found: the words, how often, and the day it was last looked for."""

    words: str
    count: int
    last: date


def note(text: str) -> None:
    """Count one search that found nothing, unless what was typed could tell of a person."""
    said = " ".join(words(text))
    if said and not tells_of_somebody(text) and len(said) <= LONGEST and len(said.split()) <= MOST_WORDS:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_ONE, [timezone.localdate(), said])


def tells_of_somebody(text: str) -> bool:
    """Whether `text` holds an address of mail, or a number long enough to be somebody's."""
    return "@" in text or mentions(text) or bool(_DIGITS.search(text))


def most_missed() -> list[Missed]:
    """Return what has been missed, most often first."""
    rows = MissedSearch.objects.order_by().values("words").annotate(total=Sum("count"), last=Max("day"))
    return [Missed(row["words"], row["total"], row["last"]) for row in rows.order_by("-total", "-last", "words")]


def purge_missed() -> int:
    """Remove what was missed longer ago than KEPT; return how many rows."""
    return MissedSearch.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]
