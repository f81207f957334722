"""What a new version changes against one that people answer or have answered, and what that does to the figures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .definition import Definition, Option, Placed, Question, Texts
from .enums import WITH_CHOICES


class Weight(StrEnum):
    """What a change does to a series of figures."""

    BREAKS = "breaks"
    DOUBTFUL = "doubtful"
    HARMLESS = "harmless"


class Kind(StrEnum):
    REMOVED = "removed"
    ADDED = "added"
    TYPE = "type"
    REPEATED = "repeated"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_ADDED = "choice_added"
    CHOICE_TEXT = "choice_text"
    SCALE = "scale"
    MOST = "most"
    CALCULATION = "calculation"
    TEXT = "text"
    DEFINITION = "definition"
    UNIT = "unit"
    SHOWN = "shown"
    UNKNOWN = "unknown"
    HELP = "help"
    MOVED = "moved"


WEIGHTS = {
    Kind.REMOVED: Weight.BREAKS, Kind.TYPE: Weight.BREAKS, Kind.REPEATED: Weight.BREAKS,
    Kind.CHOICE_REMOVED: Weight.BREAKS, Kind.SCALE: Weight.BREAKS, Kind.UNIT: Weight.BREAKS,
    Kind.CALCULATION: Weight.BREAKS,
    Kind.CHOICE_ADDED: Weight.DOUBTFUL, Kind.CHOICE_TEXT: Weight.DOUBTFUL, Kind.MOST: Weight.DOUBTFUL,
    Kind.TEXT: Weight.DOUBTFUL, Kind.DEFINITION: Weight.DOUBTFUL, Kind.SHOWN: Weight.DOUBTFUL,
    Kind.UNKNOWN: Weight.DOUBTFUL,
    Kind.ADDED: Weight.HARMLESS, Kind.HELP: Weight.HARMLESS, Kind.MOVED: Weight.HARMLESS,
}  # fmt: skip

_SENTENCES: dict[Kind, Any] = {
    Kind.REMOVED: gettext_lazy("Frågan är borttagen. Serien slutar med den förra versionen."),
    Kind.ADDED: gettext_lazy("Frågan är ny."),
    Kind.TYPE: gettext_lazy("Frågetypen är ändrad från ”%(before)s” till ”%(after)s”. Svaren går inte att jämföra."),
    Kind.REPEATED: gettext_lazy("Frågan har flyttats in i eller ut ur en upprepad grupp. Svaren går inte att jämföra."),
    Kind.CHOICE_REMOVED: gettext_lazy("Valet ”%(before)s” finns inte kvar. Andelarna går inte att jämföra."),
    Kind.CHOICE_ADDED: gettext_lazy("Valet ”%(after)s” är nytt. De andra valens andelar kan bli mindre av det."),
    Kind.CHOICE_TEXT: gettext_lazy(
        "Ett val har nya ord: ”%(before)s” heter nu ”%(after)s”. Avgör om det betyder detsamma."
    ),
    Kind.SCALE: gettext_lazy("Skalan är ändrad från %(before)s till %(after)s. Svaren går inte att jämföra."),
    Kind.MOST: gettext_lazy("Det högsta antalet val är ändrat från %(before)s till %(after)s."),
    Kind.CALCULATION: gettext_lazy("Det räknas på ett annat sätt. Talen går inte att jämföra."),
    Kind.TEXT: gettext_lazy("Frågan har nya ord: ”%(before)s” är nu ”%(after)s”. Avgör om svaren går att jämföra."),
    Kind.DEFINITION: gettext_lazy("Det som menas eller räknas är ändrat. Avgör om svaren går att jämföra."),
    Kind.UNIT: gettext_lazy("Enheten är ändrad från ”%(before)s” till ”%(after)s”. Talen går inte att jämföra."),
    Kind.SHOWN: gettext_lazy("Andra får frågan än förut. Basen blir en annan."),
    Kind.UNKNOWN: gettext_lazy("Möjligheten att svara ”vet inte” eller ”ej aktuellt” är ändrad."),
    Kind.HELP: gettext_lazy("Hjälptexten är ändrad."),
    Kind.MOVED: gettext_lazy("Frågan har flyttats."),
}


@dataclass(frozen=True)
class Difference:
    """One change: of which question (code and text), of what kind, and what stood before and stands now."""

    code: str
    label: str
    kind: Kind
    before: str = ""
    after: str = ""

    @property
    def weight(self) -> Weight:
        """What it does to the figures."""
        return WEIGHTS[self.kind]

    def sentence(self) -> str:
        """Return the change as a sentence in the reader's language."""
        return str(_SENTENCES[self.kind]) % {"before": self.before, "after": self.after}


def compare(old: Definition, new: Definition, language: str) -> list[Difference]:
    """Return every change to what is asked, from `old` to `new`, in the words of `language`; what breaks first."""
    found = [difference for placed in _asked(old) for difference in _of_old(placed, old, new, language)]
    found += [
        _difference(placed, new, language, Kind.ADDED)
        for placed in _asked(new)
        if not isinstance(_item(old, placed.item.code), Question)
    ]
    order = list(Weight)
    return sorted(found, key=lambda difference: order.index(difference.weight))


def _asked(definition: Definition) -> Iterator[Placed]:
    return (placed for placed in definition.placed if isinstance(placed.item, Question))


def _item(definition: Definition, code: str) -> Any:
    placed = definition.by_code.get(code)
    return placed.item if placed else None


def _difference(  # noqa: PLR0917  (what is said, in order)
    placed: Placed, definition: Definition, language: str, kind: Kind, before: str = "", after: str = ""
) -> Difference:
    label = definition.text(placed.item.label, language) or placed.item.code
    return Difference(placed.item.code, label, kind, before, after)


def _of_old(placed: Placed, old: Definition, new: Definition, language: str) -> Iterator[Difference]:
    now = new.by_code.get(placed.item.code)
    if now is None or not isinstance(now.item, Question) or not isinstance(placed.item, Question):
        yield _difference(placed, old, language, Kind.REMOVED)
        return
    pair = _Pair(placed.item, now.item, old, new, language)
    for kind, before, after in pair.changes():
        yield _difference(placed, old, language, kind, before, after)
    if placed.repeat != now.repeat:
        yield _difference(placed, old, language, Kind.REPEATED)
    elif _around(placed) != _around(now):
        yield _difference(placed, old, language, Kind.MOVED)


def _around(placed: Placed) -> str:
    return placed.within[-1].code if placed.within else ""


Told = tuple[Kind, str, str]


@dataclass(frozen=True)
class _Pair:
    """A question as it was and as it is."""

    was: Question
    now: Question
    old: Definition
    new: Definition
    language: str

    def changes(self) -> Iterator[Told]:
        if self.was.type != self.now.type:
            yield Kind.TYPE, str(self.was.type.label), str(self.now.type.label)
            return
        yield from self._choices()
        yield from self._numbers()
        yield from self._texts()
        if self._conditions(self.old, self.was) != self._conditions(self.new, self.now):
            yield Kind.SHOWN, "", ""
        if self.was.no_answers != self.now.no_answers:
            yield Kind.UNKNOWN, "", ""

    def _numbers(self) -> Iterator[Told]:
        if _scale(self.was) != _scale(self.now):
            yield Kind.SCALE, _scale(self.was), _scale(self.now)
        if self.was.max_choices != self.now.max_choices:
            most = [_("inget") if one.max_choices is None else str(one.max_choices) for one in (self.was, self.now)]
            yield Kind.MOST, most[0], most[1]
        if self.was.calculation != self.now.calculation:
            yield Kind.CALCULATION, "", ""

    def _texts(self) -> Iterator[Told]:
        if not self._same(lambda question: question.label):
            yield Kind.TEXT, *self._said(lambda question: question.label)
        if not all(self._same(lambda question, part=part: getattr(question, part)) for part in _MEANING):  # type: ignore[misc]
            yield Kind.DEFINITION, "", ""
        if not self._same(lambda question: question.unit):
            yield Kind.UNIT, *self._said(lambda question: question.unit)
        if not self._same(lambda question: question.help):
            yield Kind.HELP, "", ""

    def _same(self, part: Callable[[Question], Texts]) -> bool:
        """Return whether the words are the same in every language that both versions have words in."""
        before, after = part(self.was), part(self.now)
        shared = before.keys() & after.keys()
        return bool(before) == bool(after) and all(before[code] == after[code] for code in shared)

    def _said(self, part: Callable[[Question], Texts]) -> tuple[str, str]:
        """Return the words before and now, in a language in which they differ."""
        before, after = part(self.was), part(self.now)
        codes = [self.language, *(found.code for found in self.old.languages)]
        told = [(before[code], after[code]) for code in codes if code in before and code in after]
        whole = (self.old.text(before, self.language), self.new.text(after, self.language))
        return next((both for both in told if both[0] != both[1]), whole)

    def _choices(self) -> Iterator[Told]:
        if self.was.type not in WITH_CHOICES:
            return
        was = {option.value: option for option in self.old.options(self.was)}
        now = {option.value: option for option in self.new.options(self.now)}
        for value in (value for value in was if value not in now):
            yield Kind.CHOICE_REMOVED, self._label(self.old, was[value]), ""
        for value in (value for value in now if value not in was):
            yield Kind.CHOICE_ADDED, "", self._label(self.new, now[value])
        for value in (value for value in was if value in now):
            before, after = self._label(self.old, was[value]), self._label(self.new, now[value])
            if before != after:
                yield Kind.CHOICE_TEXT, before, after
        if self.was.or_other != self.now.or_other:
            yield (Kind.CHOICE_REMOVED, _("Annat"), "") if self.was.or_other else (Kind.CHOICE_ADDED, "", _("Annat"))

    def _label(self, definition: Definition, option: Option) -> str:
        return definition.text(option.label, self.language) or option.value

    @staticmethod
    def _conditions(definition: Definition, question: Question) -> tuple[str, ...]:
        """Return the conditions on the way to the question: of the sections around it and its own."""
        around = (section.visible_if for section in definition.by_code[question.code].within)
        return tuple(condition for condition in (*around, question.visible_if, question.choice_filter) if condition)


_MEANING = ("definition", "counts", "counts_not")


def _scale(question: Question) -> str:
    if question.start is None or question.end is None:
        return ""
    return f"{question.start}–{question.end}" + (f" ({question.step})" if (question.step or 1) != 1 else "")
