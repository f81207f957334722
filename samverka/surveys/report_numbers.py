"""Figures that stand in a report's running text: {{form_iop:yes}}, {{form_iop:yes:slag=region}}, {{svarsandel}}.

In a draft they follow the answers. When an edition is published they are written out with their base.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Question

from .background import NAMES
from .enums import RoundSide
from .measures import can_divide, shown_questions
from .results import RoundResults

#: The response rate of the round.
RATE = "svarsandel"
#: What of numbers may be named, as `measures.Numbers` calls it.
OF_NUMBERS = ("median", "mean")
_MARK = re.compile(r"\{\{\s*([^{}\n]{1,200}?)\s*\}\}")


@dataclass(frozen=True)
class Named:
    """A figure that a text names: a question, which of its answers (or median, mean), and of which group."""

    code: str
    value: str = ""
    by: str = ""
    group: str = ""


def named_in(text: str) -> Iterator[str]:
    """Yield what stands between each pair of braces."""
    yield from _MARK.findall(text)


def replaced(text: str, said: Callable[[str], str]) -> str:
    """Return the text with `said` of each mark in place of it."""
    return _MARK.sub(lambda match: said(match.group(1)), text)


def read_mark(mark: str) -> Named:
    """Read what stands between the braces; whether there is such a figure, `mark_fault` says."""
    code, _colon, rest = mark.partition(":")
    value, _colon, division = rest.partition(":")
    by, _sign, group = division.partition("=")
    return Named(code.strip(), value.strip(), by.strip(), group.strip())


def mark_fault(results: RoundResults, mark: str) -> str:
    """Return why there is no such figure, or "" where there is."""
    named = read_mark(mark)
    if named.code == RATE:
        return ""
    question = question_of(results, named.code)
    if question is None:
        return _("Det finns ingen fråga som heter {code} i omgången.").format(code=named.code or mark)
    values = [value for value, _label in results.values(question)]
    allowed = values or list(OF_NUMBERS)
    if named.value not in allowed:
        return _("{code} har inget svar som heter {value}. Välj bland: {values}.").format(
            code=named.code, value=named.value or "…", values=", ".join(allowed)
        )
    return _division_fault(results, named)


def _division_fault(results: RoundResults, named: Named) -> str:
    if not named.by:
        return ""
    if named.by not in divisions(results):
        return _("Svaren går inte att dela upp efter {by}.").format(by=named.by)
    groups = [value for value, _label in results.groups_of(named.by)]
    if named.group not in groups:
        return _("{by} har ingen grupp som heter {group}.").format(by=named.by, group=named.group or "…")
    return ""


def divisions(results: RoundResults) -> list[str]:
    """Return what the answers of a round can be divided by: backgrounds of public bodies, and questions."""
    backgrounds = list(NAMES) if results.round.side == RoundSide.PUBLIC else []
    return [*backgrounds, *(q.code for q in shown_questions(results.round) if can_divide(q))]


def question_of(results: RoundResults, code: str) -> Question | None:
    """Return the question with that code, if a figure may be made of it."""
    return next((one for one in shown_questions(results.round) if one.code == code), None)
