"""What people search for and do not find: words and how often on each day, so that an editor knows what is lacking.

A name that somebody typed must not stand there. So nothing can be read of a question until VISITORS different visitors
have asked it on DAYS different days: until then there is only a keyed mark of its words, and for each visitor one of
256 marks, which many visitors share. Words that look like somebody's own (a number, an address of mail, a given name)
are not even marked. What is listed is removed after KEPT, what is not within WAITS.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..personal_numbers import mentions
from ..swedish import words
from .known_words import is_given_name
from .models import MissedMark, MissedSearch

KEPT, WAITS = timedelta(days=90), timedelta(days=30)
#: So many visitors, on so many days, make a question that is nobody's own.
VISITORS, DAYS = 3, 2
#: More words than this is somebody's own text and no search.
MOST_WORDS, LONGEST = 8, 80
_DIGITS = re.compile(r"(?:[0-9][\s\-–+.]*){6,}")
_SURNAME = re.compile(r"(?:.{2,}sson|(?:eric|han|jen|niel|nil|peder|peter|ol|lar|jacob|magnu)s(?:en|on))s?$")
_ADD = """
INSERT INTO kernel_missedsearch (day, words, count) VALUES (%s, %s, %s)
ON CONFLICT (day, words) DO UPDATE SET count = kernel_missedsearch.count + EXCLUDED.count
"""


@dataclass(frozen=True)
class Missed:
    """What was not found: the words, how often, the day it was last looked for, and the day it is removed."""

    words: str
    count: int
    last: date

    @property
    def until(self) -> date:
        """The day when nothing is left of it, unless somebody looks for it again."""
        return self.last + KEPT


def note(text: str, visitor: str) -> None:
    """Count one search that found nothing, unless what was typed could tell of a person. Of `visitor` (an address of
    the net, an account) one of 256 marks is kept until the question is listed, and then nothing.
    """
    said = " ".join(words(text))
    if not said or tells_of_somebody(text) or len(said) > LONGEST or len(said.split()) > MOST_WORDS:
        return
    with transaction.atomic():
        if count := 1 if MissedSearch.objects.filter(words=said).exists() else _asked_by_enough(said, visitor):
            with connection.cursor() as cursor:
                cursor.execute(_ADD, [timezone.localdate(), said, count])


def _asked_by_enough(said: str, visitor: str) -> int:
    """Return how often the question has been asked once enough have asked it; 0 until then."""
    today = timezone.localdate()
    fresh = {"first_day": today, "last_day": today}
    row, made = MissedMark.objects.select_for_update().get_or_create(mark=_mark(said), defaults=fresh)
    if not made and row.first_day < today - WAITS:
        row.first_day, row.days, row.visitors, row.count = today, 1, [], 0
    elif row.last_day != today:
        row.days += 1
    row.last_day, row.count = today, row.count + 1
    row.visitors = sorted({*row.visitors, int(_mark(f"{said}\n{visitor}")[:2], 16)})
    if len(row.visitors) >= VISITORS and row.days >= DAYS:
        row.delete()
        return int(row.count)
    row.save()
    return 0


def _mark(text: str) -> str:
    """Return what stands for the text: it tells nothing without the installation's key."""
    return salted_hmac("samverka.search.missed", text, algorithm="sha256").hexdigest()


def tells_of_somebody(text: str) -> bool:
    """Whether `text` holds an address of mail, a number long enough to be somebody's, or what looks like a name."""
    if "@" in text or mentions(text) or _DIGITS.search(text):
        return True
    return any(is_given_name(word) or _SURNAME.match(word) for word in words(text))


def most_missed() -> list[Missed]:
    """Return what has been missed, most often first."""
    rows = MissedSearch.objects.order_by().values("words").annotate(total=Sum("count"), last=Max("day"))
    return [Missed(row["words"], row["total"], row["last"]) for row in rows.order_by("-total", "-last", "words")]


def purge_missed() -> int:
    """Remove what was missed longer ago than KEPT; return how many rows."""
    return MissedSearch.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]


def purge_marks() -> int:
    """Remove the marks of what too few have asked within WAITS; return how many."""
    return MissedMark.objects.filter(first_day__lt=timezone.localdate() - WAITS).delete()[0]
