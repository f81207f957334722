"""What a figure holds, and sums of measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samverka.questionnaires.definition import Question

from .columns import CODES
from .enums import RoundSide
from .measures import Measure, Numbers
from .models import Round
from .response_rate import Rate, ResponseRate
from .weighting import Estimate


@dataclass(frozen=True)
class Option:
    """How many chose an option. count None: hidden. low, high: the share if everybody who is missing had said no, or
    yes; only where everybody was asked. `inhabitants` is the share of people who live in such municipalities.
    """

    value: str
    label: str
    count: int | None
    share: float | None
    low: float | None = None
    high: float | None = None
    inhabitants: float | None = None
    estimate: Estimate | None = None


@dataclass(frozen=True)
class Group:
    """The same figure in one group; `size` is how many groups are shown together in it."""

    value: str
    label: str
    base: int
    missing: int
    options: tuple[Option, ...]
    numbers: Numbers | None = None
    rate: Rate | None = None
    size: int = 1


@dataclass(frozen=True)
class Change:
    """Since the round before: percentage points by option. Not comparable: the question has another definition."""

    before: Round
    comparable: bool
    shares: Mapping[str, float] = field(default_factory=dict)
    mean: float | None = None


@dataclass(frozen=True)
class Figure:
    """One question of a round, as it may be shown. `within` is the question of the table that it is a line of."""

    round: Round
    question: Question
    within: str
    label: str
    base: int
    missing: int
    no_answers: Mapping[str, int | None]
    options: tuple[Option, ...]
    numbers: Numbers | None
    rate: ResponseRate
    covers_all: Rate | None
    by: str = ""
    groups: tuple[Group, ...] = ()
    groups_hidden: bool = False
    change: Change | None = None

    @property
    def whole_label(self) -> str:
        """The question with that of the table before it."""
        return f"{self.within} {self.label}".strip()

    @property
    def is_census(self) -> bool:
        """Whether everybody was asked: then there is no margin of error, only those who did not answer."""
        return self.round.side == RoundSide.PUBLIC

    @property
    def hides(self) -> bool:
        """Whether something is left out so that single answers cannot be told."""
        return self.groups_hidden or any(
            option.count is None
            for part in (self.options, *(group.options for group in self.groups))
            for option in part
        )


def difference(now: Numbers | None, then: Numbers | None) -> float | None:
    """Return how much a mean has changed, where both are known."""
    if now is None or then is None or now.mean is None or then.mean is None:
        return None
    return now.mean - then.mean


def spoken(measure: Measure) -> int:
    """Return how many answered something, that they did not know too."""
    return measure.asked - measure.missing


def two(measure: Measure, value: str) -> list[int]:
    """Return a line of one option of several: those who chose it, and those who answered without it."""
    chosen = measure.no_answers.get(value, 0) if value in CODES else measure.counts.get(value, 0)
    return [chosen, spoken(measure) - chosen]


def added(measures: Sequence[Measure]) -> Measure:
    """Return several groups as one; figures of numbers cannot be added and are left out."""
    counts: dict[str, int] = {}
    no: dict[str, int] = {}
    for measure in measures:
        for into, of in ((counts, measure.counts), (no, measure.no_answers)):
            for value, number in of.items():
                into[value] = into.get(value, 0) + number
    return Measure(sum(m.base for m in measures), sum(m.missing for m in measures), no, counts)


def less(whole: Measure, parts: Sequence[Measure]) -> Measure:
    """Return what is left of the whole when the groups are taken away: those whose group nobody knows."""
    known = added(parts)
    return Measure(
        whole.base - known.base, whole.missing - known.missing,
        {kind: number - known.no_answers.get(kind, 0) for kind, number in whole.no_answers.items()},
        {value: number - known.counts.get(value, 0) for value, number in whole.counts.items()},
    )  # fmt: skip
