"""A questionnaire as its version says it, whole and frozen: sections, questions, lists of choices, conditions.

Conditions and calculations are text in the language of `expressions`. Texts are {language: text}.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .enums import NUMBERS, OTHER, UNANSWERED, WITH_CHOICES, NoAnswer, QuestionType, SectionKind

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Language:
    """A language that the questionnaire is written in; `name` is what a workbook calls it, "" for the unnamed one."""

    code: str
    name: str = ""


@dataclass(frozen=True)
class Option:
    """A choice. `exclusive` cannot be chosen beside another; `attributes` are what a filter of choices reads."""

    value: str
    label: Texts
    exclusive: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ChoiceList:
    name: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question, or a calculated value, or a text to read.

    `definition` says what is meant, `counts` and `counts_not` what counts and what does not, `source` where the
    question comes from, `since` when it was first asked so. A warning is shown where `warn_if` holds; it stops nothing.
    """

    code: str
    type: QuestionType
    label: Texts = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    definition: Texts = field(default_factory=dict)
    counts: Texts = field(default_factory=dict)
    counts_not: Texts = field(default_factory=dict)
    source: str = ""
    since: str = ""
    required_if: str = ""
    required_message: Texts = field(default_factory=dict)
    visible_if: str = ""
    valid_if: str = ""
    valid_message: Texts = field(default_factory=dict)
    warn_if: str = ""
    warn_message: Texts = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    choices: str = ""
    choice_filter: str = ""
    or_other: bool = False
    max_choices: int | None = None
    unit: Texts = field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    step: int | None = None
    low: Texts = field(default_factory=dict)
    high: Texts = field(default_factory=dict)
    dont_know: bool = False
    not_applicable: bool = False
    read_only: bool = False
    accept: str = ""
    appearance: str = ""

    @property
    def no_answers(self) -> tuple[NoAnswer, ...]:
        """What one may answer instead of an answer."""
        offered = {NoAnswer.DONT_KNOW: self.dont_know, NoAnswer.NOT_APPLICABLE: self.not_applicable}
        return tuple(kind for kind, allowed in offered.items() if allowed)

    @property
    def is_number(self) -> bool:
        """Whether its answers are numbers."""
        return self.type in NUMBERS

    @property
    def is_answered(self) -> bool:
        """Whether somebody answers it: calculated values and texts to read are not."""
        return self.type not in UNANSWERED

    @property
    def other_code(self) -> str:
        """The variable that holds what "annat" was."""
        return f"{self.code}_{OTHER}"


@dataclass(frozen=True)
class Section:
    """A part of the questionnaire: a group, a group that is repeated (`count` times, if it says), or a matrix whose
    rows are questions of one type. `minutes` and `suits` say how long it takes and who may best answer.
    """

    code: str
    kind: SectionKind = SectionKind.GROUP
    label: Texts = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    visible_if: str = ""
    count: str = ""
    minutes: int | None = None
    suits: Texts = field(default_factory=dict)
    appearance: str = ""
    items: tuple["Question | Section", ...] = ()


Item = Question | Section


@dataclass(frozen=True)
class Placed:
    """An item where it stands: the sections around it from the outside in, and the repeated group among them."""

    item: Item
    within: tuple[Section, ...]

    @property
    def repeat(self) -> str:
        """The code of the repeated group that it is in, or ""."""
        return next((section.code for section in self.within if section.kind == SectionKind.REPEAT), "")


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire. `form_id` and `edition` are what a workbook calls it; `same_values` lets a list of choices
    have the same value twice, told apart by a filter.
    """

    title: Texts
    languages: tuple[Language, ...]
    items: tuple[Item, ...]
    lists: tuple[ChoiceList, ...] = ()
    form_id: str = ""
    edition: str = ""
    same_values: bool = False

    @property
    def language(self) -> str:
        """The language that is read where another has no text."""
        return self.languages[0].code

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every item in the order one meets it, a section before what is in it."""
        return tuple(_walk(self.items, ()))

    @cached_property
    def by_code(self) -> dict[str, Placed]:
        """The items by their code."""
        return {placed.item.code: placed for placed in self.placed}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in order."""
        return tuple(placed.item for placed in self.placed if isinstance(placed.item, Question))

    @cached_property
    def options_by_list(self) -> dict[str, tuple[Option, ...]]:
        """The choices of each list."""
        return {found.name: found.options for found in self.lists}

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return the choices of a question, unfiltered; none for one without."""
        return self.options_by_list.get(question.choices, ()) if question.type in WITH_CHOICES else ()

    def text(self, texts: Texts, language: str) -> str:
        """Return the text in `language`, or else in the questionnaire's own, or else ""."""
        return texts.get(language) or texts.get(self.language, "")


def _walk(items: tuple[Item, ...], within: tuple[Section, ...]) -> Iterator[Placed]:
    for item in items:
        yield Placed(item, within)
        if isinstance(item, Section):
            yield from _walk(item.items, (*within, item))
