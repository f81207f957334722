"""The agenda of a first meeting: the chosen questions with the model's honest minutes, and what goes round them."""

import datetime
import itertools
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from samverka.processes.reading import StepView

#: Minutes for what every meeting holds besides its questions.
WELCOME, PROMISES, NEXT, PAUSE = 10, 10, 5, 10
#: What a meeting takes besides its questions and a pause.
AROUND = WELCOME + PROMISES + NEXT
#: Questions that together take longer than this (minutes) get a pause in the middle.
WITHOUT_PAUSE = 75
#: A meeting longer than this (minutes) is too long for an evening; the page says so.
EVENING = 120


@dataclass(frozen=True)
class Item:
    """One line of the agenda. `starts` is None when nobody has said when the meeting begins."""

    heading: str
    text: str
    minutes: int
    step: StepView | None = None
    starts: datetime.time | None = None


@dataclass(frozen=True)
class Agenda:
    """A meeting from welcome to next step."""

    items: tuple[Item, ...]
    ends: datetime.time | None

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return sum(item.minutes for item in self.items)


def make_agenda(steps: tuple[StepView, ...], starts: datetime.time | None = None) -> Agenda:
    """Return the agenda of a meeting about `steps`, each line with its time of day when `starts` is known."""
    welcome = Item(
        _("Välkomna"), _("En runda: vem är du, vem talar du för och vad hoppas du på? Bestäm vem som skriver."), WELCOME
    )
    promises = Item(
        _("Vem gör vad till när?"), _("Skriv upp det ni har lovat varandra i tabellen här nedanför."), PROMISES
    )
    following = Item(
        _("Nästa steg"), _("När ses vi nästa gång, vem kallar, och vem mer ska få veta vad vi kom fram till?"), NEXT
    )
    return _timed([welcome, *_questions(steps), promises, following], starts)


def total_minutes(steps: tuple[StepView, ...]) -> int:
    """Return how long a meeting about `steps` takes in all."""
    return make_agenda(steps).minutes


def in_short(minutes: int) -> str:
    """Write a length of time for a list: "2 tim 30 min"."""
    hours, rest = divmod(minutes, 60)
    said = [_("{n} tim").format(n=hours)] if hours else []
    return " ".join([*said, _("{n} min").format(n=rest)] if rest or not hours else said)


def _questions(steps: tuple[StepView, ...]) -> list[Item]:
    items = [Item(step.question.text, "", step.minutes, step) for step in steps]
    total = sum(step.minutes for step in steps)
    if total <= WITHOUT_PAUSE:
        return items
    # After the question with which half the time has passed, but never after the last: what follows it is short.
    passed = list(itertools.accumulate(step.minutes for step in steps))
    half = next(place for place, minutes in enumerate(passed, start=1) if 2 * minutes >= total)
    at = min(half, len(items) - 1)
    return [*items[:at], Item(_("Paus"), "", PAUSE), *items[at:]] if at else items


def _timed(items: list[Item], starts: datetime.time | None) -> Agenda:
    if starts is None:
        return Agenda(tuple(items), None)
    now = datetime.datetime.combine(datetime.date(2000, 1, 1), starts)  # any day: only the time of day is shown
    timed = []
    for item in items:
        timed.append(replace(item, starts=now.time()))
        now += datetime.timedelta(minutes=item.minutes)
    return Agenda(tuple(timed), now.time())
