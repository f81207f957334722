"""A figure as it may be shown: what was answered, of how many, by whom, since when, and what is hidden.

No HTML and no language but that of the questionnaire's own texts. What public bodies answer is shown whole; what
associations answer passes `suppression`.
"""

from collections.abc import Sequence
from functools import cached_property

from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.enums import NO, YES, QuestionType, SectionKind
from samverka.questionnaires.reading import definition_of

from .background import KIND, NAMES, Background
from .columns import CODES, Layout
from .enums import RoundSide
from .figures import Change, Figure, Group, Option, added, difference, less, spoken, two
from .measures import Measure, Measured, Numbers, measured
from .models import Round
from .response_rate import Rate, ResponseRate, response_rate
from .statistics import LABELS, Labels
from .suppression import LEAST, hidden_columns, protect, together

#: The question that says what an answer covers, and the answer that says all of it.
COVERAGE, WHOLE = "tackning", "hela"
#: A group on its way: value, label, measure.
_Row = tuple[str, str, Measure]
#: Groups that are too small by themselves, as one.
TOGETHER, NO_GROUP = "#together", "#none"


class RoundResults:
    """The figures of one round in one language."""

    def __init__(self, found: Round, language: str) -> None:
        self.round, self.language = found, language
        self.definition: Definition = definition_of(found.version)
        self._labels = Labels(Layout(self.definition), language)
        self._public = found.side == RoundSide.PUBLIC

    @cached_property
    def rate(self) -> ResponseRate:
        """How many of those asked answered."""
        return response_rate(self.round)

    @cached_property
    def before(self) -> "RoundResults | None":
        """The published round before this one."""
        found = previous_round(self.round)
        return RoundResults(found, self.language) if found else None

    def figure(self, question: Question, *, by: str = "") -> Figure:
        """Return the figure of a question, by a background or another question where `by` says so."""
        told = measured(self.round, by or KIND)
        measure = told.all.get(question.code, Measure())
        hidden = self._hidden_total(question, measure)
        groups, hides_groups = self._groups(question, told, by) if by else ((), False)
        return Figure(
            self.round, question, self._within(question), self._labels.item(question) or question.code,
            measure.base, measure.missing,
            {kind: None if kind in hidden else number for kind, number in measure.no_answers.items()},
            self._options(question, measure, hidden, whole=True),
            None if hidden else self._numbers(measure), self.rate,
            self._coverage(told), by, groups, hides_groups, self._change(question, measure),
        )  # fmt: skip

    def values(self, question: Question) -> list[tuple[str, str]]:
        """Return (value, label) of what a question can be answered with; yes and no for one that is calculated so."""
        if question.type == QuestionType.CALCULATED:
            return [(value, LABELS[value].get(self.language, LABELS[value]["sv"])) for value in (YES, NO)]
        return self._labels.values(question)

    def _within(self, question: Question) -> str:
        around = self.definition.by_code[question.code].within
        return self._labels.item(around[-1]) if around and around[-1].kind == SectionKind.MATRIX else ""

    # What is hidden

    def _columns(self, question: Question, measure: Measure) -> list[str]:
        """Return the cells of a line that leaves nobody out: options, and what says nothing of the matter."""
        return [
            *(value for value, _label in self.values(question)),
            *(kind for kind in CODES if kind in measure.no_answers),
        ]

    def _line(self, measure: Measure, columns: Sequence[str]) -> list[int]:
        return [measure.no_answers.get(c, 0) if c in CODES else measure.counts.get(c, 0) for c in columns]

    def _hidden_total(self, question: Question, measure: Measure) -> frozenset[str]:
        if self._public or not measure.counts:
            return frozenset()
        columns = self._columns(question, measure)
        if question.type == QuestionType.SEVERAL:
            return frozenset(c for c in columns if hidden_columns(two(measure, c)))
        return frozenset(columns[c] for c in hidden_columns(self._line(measure, columns)))

    # Options

    def _options(
        self, question: Question, measure: Measure, hidden: frozenset[str], *, whole: bool = False
    ) -> tuple[Option, ...]:
        if measure.numbers and question.type != QuestionType.SCALE:
            return ()
        return tuple(
            Option(value, label, None, None) if value in hidden else self._option(measure, value, label, whole=whole)
            for value, label in self.values(question)
        )

    def _option(self, measure: Measure, value: str, label: str, *, whole: bool) -> Option:
        low = high = people = None
        count = measure.counts.get(value, 0)
        asked = self.rate.whole.asked
        if whole and self._public and asked and asked >= measure.base:
            low, high = count / asked, (count + asked - measure.base) / asked
        if self._public and measure.inhabitants_base:
            people = measure.inhabitants.get(value, 0) / measure.inhabitants_base
        return Option(value, label, count, measure.share(value), low, high, people, measure.weighted.get(value))

    def _numbers(self, measure: Measure) -> Numbers | None:
        """Return the figures; of associations' answers neither the ends nor a figure of too few."""
        found = measure.numbers
        if self._public or found is None:
            return found
        return Numbers(found.mean, found.median, found.sd, found.q1, found.q3) if measure.base >= LEAST * 2 else None

    def _coverage(self, told: Measured) -> Rate | None:
        covered = told.all.get(COVERAGE)
        return Rate(covered.counts.get(WHOLE, 0), covered.base) if covered and self._public else None

    # Groups

    def groups_of(self, by: str) -> list[tuple[str, str]]:
        """Return (value, label) of the groups of a division."""
        if by in NAMES and by not in self.definition.by_code:
            return Background(self.round).classes(by).labels(self.language)
        return next(self.values(question) for question in self.definition.questions if question.code == by)

    def _groups(self, question: Question, told: Measured, by: str) -> tuple[tuple[Group, ...], bool]:
        labels = dict(self.groups_of(by))
        rows = [
            (value, label, told.groups[value].get(question.code))
            for value, label in labels.items()
            if value in told.groups
        ]
        found = [(value, label, measure) for value, label, measure in rows if measure]
        if self._public:
            return tuple(self._group(question, row, frozenset()) for row in found), False
        return self._protected(question, found, told.all.get(question.code, Measure()))

    def _group(self, question: Question, row: _Row, hidden: frozenset[str], size: int = 1) -> Group:
        value, label, measure = row
        rate = self.rate.by_kind.get(value) if self._public else None
        options = self._options(question, measure, hidden)
        # A mean beside hidden counts would be an equation that they must satisfy.
        numbers = None if hidden else self._numbers(measure)
        return Group(value, label, measure.base, measure.missing, options, numbers, rate, size)

    def _protected(self, question: Question, rows: list[_Row], whole: Measure) -> tuple[tuple[Group, ...], bool]:
        """Return the groups with what must be hidden hidden, and whether all of them are."""
        rest = less(whole, [measure for _value, _label, measure in rows])
        if rest.asked - rest.missing:
            rows = [*rows, (NO_GROUP, "", rest)]
        small = together([spoken(measure) for _value, _label, measure in rows])
        if small:
            kept = [row for place, row in enumerate(rows) if place not in small]
            one = added([rows[place][2] for place in sorted(small)])
            rows = [*kept, (TOGETHER, "", one)]
        hidden, every = self._hidden_cells(question, [measure for _v, _l, measure in rows], whole)
        if every:
            return (), True
        sizes = {TOGETHER: len(small)}
        shown = (self._group(question, row, hidden[place], sizes.get(row[0], 1)) for place, row in enumerate(rows))
        return tuple(shown), False

    def _hidden_cells(
        self, question: Question, measures: list[Measure], whole: Measure
    ) -> tuple[list[frozenset[str]], bool]:
        columns = self._columns(question, whole)
        if whole.numbers and not whole.counts:
            return [frozenset()] * len(measures), False
        if question.type != QuestionType.SEVERAL:
            found = protect([self._line(measure, columns) for measure in measures])
            return [
                frozenset(columns[c] for r, c in found.cells if r == row) for row in range(len(measures))
            ], found.all_rows
        each = {c: protect([two(measure, c) for measure in measures]) for c in columns}
        return [
            frozenset(c for c, found in each.items() if found.all_rows or (row, 0) in found.cells)
            for row in range(len(measures))
        ], all(found.all_rows for found in each.values())  # fmt: skip

    # Since the round before

    def _change(self, question: Question, measure: Measure) -> Change | None:
        earlier = self.before
        if earlier is None:
            return None
        placed = earlier.definition.by_code.get(question.code)
        if placed is None or not isinstance(placed.item, Question):
            return None
        if meaning(earlier.definition, placed.item) != meaning(self.definition, question):
            return Change(earlier.round, comparable=False)
        then = measured(earlier.round).all.get(question.code, Measure())
        hidden = self._hidden_total(question, measure) | earlier._hidden_total(question, then)
        shares = {
            value: now - old for value, _label in self.values(question)
            if value not in hidden
            and (now := measure.share(value)) is not None and (old := then.share(value)) is not None
        }  # fmt: skip
        return Change(earlier.round, True, shares, difference(self._numbers(measure), earlier._numbers(then)))


def meaning(definition: Definition, question: Question) -> tuple[object, ...]:
    """Return what makes a figure of two rounds the same: the words of the question and its definition, its answers."""
    own = definition.language
    texts = (question.label, question.definition, question.counts, question.counts_not, question.unit)
    options = tuple((option.value, option.label.get(own, "")) for option in definition.options(question))
    said = tuple(told.get(own, "") for told in texts)
    return (question.type, question.calculation, question.start, question.end, question.step, *said, options)


def previous_round(found: Round) -> Round | None:
    """Return the published round before: the one that it says, else the latest earlier one of the same side."""
    real = Round.objects.real().filter(published_at__isnull=False).select_related("version")
    if found.previous_id:
        said: Round | None = real.filter(pk=found.previous_id).first()
        return said
    earlier = real.filter(side=found.side, version__questionnaire=found.version.questionnaire_id)
    latest: Round | None = earlier.filter(opened_at__lt=found.opened_at).order_by("-opened_at").first()
    return latest
