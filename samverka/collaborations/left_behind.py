"""How each kind of thing that a step leaves behind is kept: what is said by one party and what by all together, which
fields are rows of their own or stand on the collaboration, and what a field may hold.

What is not named here is kept as it is: in `Outcome.values`, by the key of the step's field.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused
from samverka.processes.enums import FieldKind, LeavesKind
from samverka.processes.reading import FieldView, StepView

from . import principles
from .enums import Continuation, Form, ParticipationLevel, Rows, Way, form_labels

#: Kinds of fields beside those of the model: several forms of collaboration, answers to the six principles.
FORMS, PRINCIPLES = "forms", "principles"
LONGEST_TEXT, LONGEST_LINE, MOST_LINES = 10_000, 300, 200
_BULLET = re.compile(r"^[-*•–]\s+")


@dataclass(frozen=True)
class Kept:
    """How one kind is kept.

    own: each party says it for itself. together: fields of such a kind that all write together all the same.
    rows: the table that holds the fields `in_rows`. on_collaboration: field -> the column of Collaboration it is.
    """

    own: bool = False
    together: frozenset[str] = frozenset()
    rows: Rows | None = None
    in_rows: frozenset[str] = frozenset()
    on_collaboration: Mapping[str, str] = field(default_factory=dict)


KEPT: dict[str, Kept] = {
    LeavesKind.PURPOSE: Kept(on_collaboration={"purpose": "purpose"}),
    LeavesKind.MANDATES: Kept(
        own=True, rows=Rows.MANDATES, in_rows=frozenset({"person", "may_promise", "take_home", "valid_until"})
    ),
    LeavesKind.OPENNESS: Kept(rows=Rows.DIARY_NUMBERS, in_rows=frozenset({"diary_numbers"})),
    LeavesKind.DEPUTIES: Kept(
        own=True, rows=Rows.CONTACTS, in_rows=frozenset({"contact", "deputy", "accepted", "reading"})
    ),
    LeavesKind.DRIVERS: Kept(own=True),
    LeavesKind.FORM: Kept(on_collaboration={"form": "forms"}),
    LeavesKind.COMMITMENTS: Kept(rows=Rows.COMMITMENTS, in_rows=frozenset({"commitments", "awaiting_decision"})),
    LeavesKind.RESOURCES: Kept(own=True),
    LeavesKind.DECISION: Kept(
        own=True, rows=Rows.DECISIONS, in_rows=frozenset({"decided_by", "decided_on", "reference", "valid_until"})
    ),
    LeavesKind.FIRST_COMMITMENT: Kept(rows=Rows.COMMITMENTS, in_rows=frozenset({"what", "who", "done_by"})),
    LeavesKind.COMMITMENT_STATUS: Kept(rows=Rows.COMMITMENTS),
    LeavesKind.RECONCILIATION: Kept(rows=Rows.COMMITMENTS, in_rows=frozenset({"kept", "broken", "forgotten"})),
    # The widest gap is read from the answers.
    LeavesKind.TWO_VIEWS: Kept(own=True, together=frozenset({"seen", "action"}), in_rows=frozenset({"widest_gap"})),
    LeavesKind.CONTINUATION: Kept(rows=Rows.DECISIONS),
    LeavesKind.HANDOVER: Kept(own=True),
}
#: Choices that mean something to the product, so that they are kept as codes; a model's own choices go before them.
CODES: dict[tuple[str, str], type[TextChoices]] = {
    (LeavesKind.DECISION_ROOM, "participation"): ParticipationLevel,
    (LeavesKind.CHOICE_OF_WAY, "way"): Way,
    (LeavesKind.CONTINUATION, "decision"): Continuation,
}


def kept(step: StepView) -> Kept:
    """Return how what the step leaves behind is kept."""
    return KEPT.get(step.leaves.kind, Kept())


def value_fields(step: StepView) -> tuple[FieldView, ...]:
    """Return the fields that are said in words, not as rows of their own."""
    return tuple(found for found in step.leaves.fields if found.key not in kept(step).in_rows)


def fields_of(step: StepView, *, joint: bool) -> tuple[FieldView, ...]:
    """Return the fields that all write together (`joint`), or that each party writes for itself."""
    how = kept(step)
    if not how.own:
        return value_fields(step) if joint else ()
    return tuple(found for found in value_fields(step) if (found.key in how.together) is joint)


def kind_of(step: StepView, found: FieldView) -> str:
    """Return what the field holds: a FieldKind, FORMS or PRINCIPLES."""
    if (step.leaves.kind, found.key) == (LeavesKind.FORM, "form"):
        return FORMS
    if (step.leaves.kind, found.key) == (LeavesKind.TWO_VIEWS, "answers"):
        return PRINCIPLES
    return found.kind


def choices_of(step: StepView, found: FieldView) -> list[tuple[str, str]]:
    """Return the field's choices as (value, label); none means that one writes freely."""
    if found.choices:
        return [(choice, choice) for choice in found.choices]
    codes = CODES.get((step.leaves.kind, found.key))
    return [(code.value, str(code.label)) for code in codes] if codes else []


def clean_value(step: StepView, found: FieldView, raw: Any) -> Any:
    """Return what is kept of `raw`: JSON, and "", [] or {} for nothing. Raises Refused (with `field`)."""
    kind = kind_of(step, found)
    if kind == FieldKind.CHOICE:
        return _choice(found, raw, choices_of(step, found))
    return _CLEAN[kind](found, raw)


def _refused(found: FieldView, message: str) -> Refused:
    return Refused(message, field=found.key)


def _paragraphs(found: FieldView, raw: Any) -> str:
    return _text(found, str(raw or "").replace("\r\n", "\n").strip(), LONGEST_TEXT)


def _line(found: FieldView, raw: Any) -> str:
    return _text(found, " ".join(str(raw or "").split()), LONGEST_LINE)


def _text(found: FieldView, text: str, longest: int) -> str:
    if len(text) > longest:
        raise _refused(found, _("Texten är för lång. Den får ha högst %(n)s tecken.") % {"n": longest})
    return text


def _date(found: FieldView, raw: Any) -> str:
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw or "").strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise _refused(found, _("Skriv dagen som år-månad-dag, till exempel 2027-03-12.")) from None


def _lines(found: FieldView, raw: Any) -> list[str]:
    parts = raw if isinstance(raw, list) else str(raw or "").splitlines()
    lines = [line for line in (_BULLET.sub("", " ".join(str(part).split())) for part in parts) if line]
    if len(lines) > MOST_LINES:
        raise _refused(found, _("Listan är för lång. Den får ha högst %(n)s rader.") % {"n": MOST_LINES})
    return [_text(found, line, 2 * LONGEST_LINE) for line in lines]


def _choice(found: FieldView, raw: Any, choices: list[tuple[str, str]]) -> str:
    value = _line(found, raw)
    if value and choices and value not in dict(choices):
        raise _refused(found, _("Välj ett av alternativen."))
    return value


def _forms(found: FieldView, raw: Any) -> list[str]:
    chosen = [str(code) for code in raw or []]
    if not set(chosen) <= set(Form.values):
        raise _refused(found, _("Välj bland formerna i listan."))
    # Not decided says nothing beside a form that is.
    decided = [code for code in Form.values if code in chosen and code != Form.UNDECIDED]
    return decided or chosen[:1]


def _answers(found: FieldView, raw: Any) -> dict[str, dict[str, str]]:
    given: Mapping[str, Any] = raw or {}
    if not set(given) <= set(principles.KEYS):
        raise _refused(found, _("Svara på de sex principerna."))
    answers = {key: _answer(found, given[key]) for key in principles.KEYS if key in given}
    return {key: answer for key, answer in answers.items() if answer}


def _answer(found: FieldView, given: Mapping[str, Any]) -> dict[str, str]:
    answer, comment = str(given.get("answer") or ""), str(given.get("comment") or "").strip()
    if answer and answer not in principles.Answer.values:
        raise _refused(found, _("Välj ett av svaren på skalan."))
    said = {"answer": answer, "comment": _text(found, comment, 2000)}
    return {name: text for name, text in said.items() if text}


_CLEAN: dict[str, Callable[[FieldView, Any], Any]] = {
    FieldKind.TEXT: _paragraphs,
    FieldKind.LINE: _line,
    FieldKind.DATE: _date,
    FieldKind.LIST: _lines,
    FieldKind.PEOPLE: _lines,
    FORMS: _forms,
    PRINCIPLES: _answers,
}


def clean_values(step: StepView, fields: tuple[FieldView, ...], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of `raw` for `fields`, without what is empty. Raises Refused at the first fault."""
    unknown = set(raw) - {found.key for found in fields}
    if unknown:
        raise Refused(_("Det här steget har inga sådana rutor. Ladda om sidan."))
    cleaned = {found.key: clean_value(step, found, raw.get(found.key)) for found in fields}
    return {key: value for key, value in cleaned.items() if value}


def in_lines(step: StepView, found: FieldView, value: Any) -> list[str]:
    """Return a kept value in words, one text a line, in the reader's language; nothing for an empty one."""
    if not value:
        return []
    match kind_of(step, found):
        case FieldKind.DATE:
            return [date_format(date.fromisoformat(value), "j F Y")]
        case FieldKind.LIST | FieldKind.PEOPLE:
            return list(value)
        case "forms":
            return form_labels(value)
        case "principles":
            return _answers_in_lines(value)
    return [str(dict(choices_of(step, found)).get(value, value))]


def _answers_in_lines(answers: Mapping[str, Mapping[str, str]]) -> list[str]:
    lines = []
    for principle in principles.PRINCIPLES:
        given = answers.get(principle.key, {})
        label = str(principles.Answer(given["answer"]).label) if given.get("answer") else ""
        said = ". ".join(part for part in (label, given.get("comment", "")) if part)
        lines += [f"{principle.name}: {said}"] if said else []
    return lines


def in_words(step: StepView, values: Mapping[str, Any]) -> str:
    """Return all values as one text, in the order of the step's fields."""
    said = ((found.label, in_lines(step, found, values.get(found.key))) for found in step.leaves.fields)
    return "\n\n".join("\n".join([f"{label}:", *lines]) for label, lines in said if lines)
