"""What is already in here about a body that is asked, as suggestions: how many collaborations of a form are under way.

That something is not in here does not mean that it does not exist: nothing is ever suggested to be "no" or nought.
Whoever holds the link to a form has no account: they are told forms and numbers, and of partnerships which of the
body's own units, the dates and the public address; never what a collaboration is called or who the others are.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from samverka.collaborations.enums import Form
from samverka.collaborations.queries import FormsUnderWay, Partnership, forms_under_way, under_way_with
from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import YES, QuestionType, SectionKind

from .kept import MOST_ROWS
from .models import Asked


@dataclass(frozen=True)
class Here:
    """What is in here about one who is asked: the organisation with all its units, or the one unit."""

    asked: Asked

    @cached_property
    def under_way(self) -> list[FormsUnderWay]:
        """The collaborations under way."""
        return forms_under_way(self.asked.organisation, self.asked.unit)

    def with_form(self, *forms: Form, before: date | None = None) -> int:
        """Return how many have one of the forms; only those that had begun before a day, where one is given."""
        begun = (one for one in self.under_way if before is None or one.since < before)
        return sum(1 for one in begun if one.forms.intersection(forms))


@dataclass(frozen=True)
class Fact:
    """How many there are in here of what a question asks for, and the answer that this suggests."""

    code: str
    count: int
    value: str
    forms: tuple[Form, ...]


Counted = Callable[[Here], int]
#: Code of a question -> (the forms that are counted, how many of them there are).
_registry: dict[str, tuple[tuple[Form, ...], Counted]] = {}


def register_known(code: str, *forms: Form, count: Counted | None = None) -> None:
    """Say what is known of a question: the collaborations under way that have one of the forms, unless `count` says
    otherwise.
    """
    _registry[code] = (forms, count or (lambda here: here.with_form(*forms)))


def known_facts(asked: Asked, definition: Definition, within: Container[str] | None = None) -> dict[str, Fact]:
    """Return what is known of the questions of a form, or of those `within` only, by code. Nothing is read where there
    is no such question.
    """
    here, found = Here(asked), dict[str, Fact]()
    for code, (forms, count) in _registry.items():
        placed = definition.by_code.get(code) if within is None or code in within else None
        question = placed.item if placed else None
        if isinstance(question, Question) and question.type in _SAID and (number := count(here)):
            found[code] = Fact(code, number, _SAID[question.type](number), forms)
    return found


def forms_counted(asked: Asked) -> Mapping[Form, int]:
    """Return how many collaborations under way there are of each form; one with two forms is in both."""
    here = Here(asked)
    return {form: number for form in Form if (number := here.with_form(form))}


@dataclass(frozen=True)
class KnownRows:
    """A repeated group that lists collaborations of one form, and the questions that take what is known of each."""

    form: Form
    unit: str
    starts_on: str
    ends_on: str
    link: str

    def row(self, one: Partnership) -> dict[str, str]:
        """Return the kept answers to the questions of a row, by code; only what is known."""
        told = {self.unit: one.unit, self.starts_on: _day(one.starts_on), self.ends_on: _day(one.ends_on),
                self.link: one.link}  # fmt: skip
        return {code: value for code, value in told.items() if value}


_rows: dict[str, KnownRows] = {}


def register_known_rows(group: str, rows: KnownRows) -> None:
    """Say that the rows of a repeated group are collaborations of a form."""
    _rows[group] = rows


def known_rows(asked: Asked, definition: Definition, within: Container[str] | None = None) -> dict[str, list[Any]]:
    """Return {group: rows} of the repeated groups that what is in here can fill, or of those only that have a question
    `within`. A row is {code: kept answer}; a collaboration that nothing is known of but that it is there gives none.
    """
    found: dict[str, list[Any]] = {}
    for group, known in _rows.items():
        section = definition.by_code[group].item if group in definition.by_code else None
        if not isinstance(section, Section) or section.kind != SectionKind.REPEAT or section.count:
            continue
        codes = {item.code for item in section.items if isinstance(item, Question)}
        if within is not None and not any(code in within for code in codes):
            continue
        told = under_way_with(known.form, asked.organisation, asked.unit)
        rows = [{code: value for code, value in known.row(one).items() if code in codes} for one in told]
        if any(rows):
            found[group] = [row for row in rows if row][:MOST_ROWS]
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_SAID: dict[Any, Callable[[int], str]] = {QuestionType.YES_NO: lambda _number: YES, QuestionType.INTEGER: str}


def _consultations(here: Here) -> int:
    """Return how many consultations there were last year, of those that still go on."""
    return here.with_form(Form.DIALOGUE, before=localdate().replace(month=1, day=1))


# The codes of the questionnaire that the product ships (content/questionnaires/offentliga-aktorer.yaml). A dialogue, or
# a joint body, is of several kinds there: which it is, nobody here knows.
register_known("form_bidrag", Form.FUNDING, Form.PREMISES)
register_known("form_rad", Form.COUNCIL)
register_known("form_projekt", Form.PROJECT)
register_known("form_drift", Form.PERFORMER)
register_known("form_iop", Form.IOP)
register_known("rad_antal", Form.COUNCIL)
register_known("samrad_antal", Form.DIALOGUE, count=_consultations)
register_known_rows("iop", KnownRows(Form.IOP, "iop_enhet", "iop_start", "iop_slut", "iop_lank"))
