"""Which answer each column of a file holds.

`kod` an answer; `kod/värde` (or `kod.värde`, `kod_värde`, `kod:värde`) one of several, 0 or 1; `kod_other` what
"annat" was; `grupp[1]/kod` (or `kod[1]`) the answer in a row of a repeated group. A repeated question without a number
takes one row of the group from each row of the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.values import AnswerReader

from .mapping import Mapping
from .report import ImportRefused

RESPONDENT_NAMES = ("respondent", "respondent_id")
_INDEXED = re.compile(
    r"(?:(?P<group>[^\[\]/]+)\[(?P<n>\d{1,4})\][/.](?P<code>.+)|(?P<alone>[^\[\]/]+)\[(?P<m>\d{1,4})\](?P<rest>.*))\Z"
)
_BETWEEN = "/.:_="


@dataclass(frozen=True)
class Target:
    """Where a column goes: a question, one choice of it (`value`) or its "annat" (`is_other_text`); in which row of its
    repeated group (`index`, from 1; None for the row that the file's row is).
    """

    column: str
    place: int
    question: Question
    group: str = ""
    index: int | None = None
    value: str = ""
    is_other_text: bool = False

    @property
    def code(self) -> str:
        """The key of the answer."""
        return self.question.other_code if self.is_other_text else self.question.code


@dataclass(frozen=True)
class Targets:
    """The columns of a file: where each goes, which one says who answers (None: each row is someone), those unknown."""

    columns: tuple[Target, ...]
    respondent: int | None
    unknown: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether a respondent can have several rows, each with a row of a repeated group."""
        return self.respondent is not None and any(t.group and t.index is None for t in self.columns)


def find_targets(definition: Definition, headings: Sequence[str], mapping: Mapping) -> Targets:
    """Return where each column goes. Raises ImportRefused when none is known, or two say the same."""
    finder = _Finder(definition)
    respondent = _respondent(definition, headings, mapping)
    found, unknown = [], []
    for place, heading in enumerate(headings):
        name = mapping.columns.get(heading, heading).strip()
        if place == respondent or not name:
            continue
        target = finder.target(heading, place, name)
        if target:
            found.append(target)
        else:
            unknown.append(heading)
    _check(found, headings, mapping)
    return Targets(tuple(found), respondent, tuple(unknown))


def _respondent(definition: Definition, headings: Sequence[str], mapping: Mapping) -> int | None:
    if mapping.respondent:
        if mapping.respondent not in headings:
            raise ImportRefused(_("Kolumnen %(name)s finns inte i filen.") % {"name": mapping.respondent})
        return headings.index(mapping.respondent)
    names = [name for name in RESPONDENT_NAMES if name in headings and name not in definition.by_code]
    return headings.index(names[0]) if names else None


def _check(found: Sequence[Target], headings: Sequence[str], mapping: Mapping) -> None:
    if not found:
        raise ImportRefused(_("Ingen kolumn i filen har en kod som finns i frågeformuläret."))
    if missing := mapping.columns.keys() - set(headings):
        raise ImportRefused(_("Kolumnen %(name)s finns inte i filen.") % {"name": min(missing)})
    seen: dict[tuple[str, int | None, str], str] = {}
    for target in found:
        key = (target.code, target.index, target.value)
        if key in seen:
            said = {"one": seen[key], "other": target.column}
            raise ImportRefused(_("Kolumnerna %(one)s och %(other)s säger samma sak.") % said)
        seen[key] = target.column


class _Finder:
    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._questions = {p.item.code: p for p in definition.placed if isinstance(p.item, Question)}
        self._others = {
            placed.item.other_code: placed
            for placed in self._questions.values()
            if isinstance(placed.item, Question) and placed.item.or_other
        }

    def target(self, column: str, place: int, name: str) -> Target | None:
        """Return where a column goes by its name, or None."""
        index = None
        if found := _INDEXED.match(name):
            index = int(found["n"] or found["m"])
            name = found["code"] or f"{found['alone']}{found['rest']}"
        for code, is_other in ((name, False), (name, True)):
            placed = (self._others if is_other else self._questions).get(code)
            if placed and isinstance(placed.item, Question) and placed.item.type != QuestionType.NOTE:
                return Target(
                    column, place, placed.item, placed.repeat, self._index(placed.repeat, index), "", is_other
                )
        return self._choice(column, place, name, index)

    @staticmethod
    def _index(group: str, index: int | None) -> int | None:
        return index if group else None

    def _choice(self, column: str, place: int, name: str, index: int | None) -> Target | None:
        """Return the question and choice of a 0/1 column; the longest code that fits, so that `a_b/c` is not of `a`."""
        for code in sorted(self._questions, key=len, reverse=True):
            placed = self._questions[code]
            question, rest = placed.item, name[len(code) :]
            if not isinstance(question, Question) or question.type != QuestionType.SEVERAL:
                continue
            if name.startswith(code) and rest[:1] and rest[0] in _BETWEEN:
                value = AnswerReader(self._definition, question).known(rest.lstrip(rest[0]) or rest[1:])
                if value:
                    return Target(column, place, question, placed.repeat, self._index(placed.repeat, index), value)
        return None
