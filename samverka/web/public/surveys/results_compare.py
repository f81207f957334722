"""The two sides beside each other: what both were asked with the same words for the same variable."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Question
from samverka.surveys.background import day_of
from samverka.surveys.enums import RoundSide
from samverka.surveys.figures import Figure
from samverka.surveys.measures import shown_questions
from samverka.surveys.models import Round
from samverka.surveys.results import RoundResults
from samverka.surveys.series import published_rounds
from samverka.web.components import charts
from samverka.web.components.charts import Bar, Table, percent
from samverka.web.components.words import language, number

from . import results_words as words

Pair = tuple[Question, Question]


def comparison_page(query: Mapping[str, str]) -> dict[str, Any]:
    """Return the context: the newest public round of each side, what both asked, and the figure that is chosen."""
    sides = [_newest(side) for side in (RoundSide.PUBLIC, RoundSide.CIVIL)]
    ours, theirs = sides
    pairs = _pairs(ours, theirs) if ours and theirs else {}
    chosen = query.get("fraga") if query.get("fraga") in pairs else next(iter(pairs), "")
    context: dict[str, Any] = {"public_round": ours, "civil_round": theirs, "chosen": chosen, "chart": ""}
    if ours and theirs:
        first = RoundResults(ours, language())
        context["questions"] = [
            (code, first.definition.text(q.label, language())) for code, (q, _other) in pairs.items()
        ]
        if chosen:
            context |= _compared(first, RoundResults(theirs, language()), pairs[chosen])
    return context | {"rule": words.rule_of_hiding()}


def _newest(side: str) -> Round | None:
    return next(iter(published_rounds(side)), None)


def _pairs(ours: Round, theirs: Round) -> dict[str, Pair]:
    """Return the questions of choices that both rounds ask for the same variable, with the same answers."""
    other = {question.code: question for question in shown_questions(theirs)}
    first, second = RoundResults(ours, "sv"), RoundResults(theirs, "sv")
    return {
        question.code: (question, other[question.code])
        for question in shown_questions(ours)
        if question.code in other
        and (values := [value for value, _label in first.values(question)])
        and values == [value for value, _label in second.values(other[question.code])]
    }


def _compared(ours: RoundResults, theirs: RoundResults, pair: Pair) -> dict[str, Any]:
    figures = ours.figure(pair[0]), theirs.figure(pair[1])
    names = [_("Kommuner och regioner"), _("Föreningar")]
    rows, table = [], []
    for one, other in zip(figures[0].options, figures[1].options, strict=True):
        for name, option, figure, hatched in ((names[0], one, figures[0], False), (names[1], other, figures[1], True)):
            rows.append(
                Bar(
                    f"{option.label}: {name.lower()}",
                    option.share,
                    words.option_said(option, figure.base),
                    hatched=hatched,
                )
            )
        table.append([one.label, *(percent(option.share, 1) for option in (one, other))])
    table.append([_("Bas"), *(number(figure.base) for figure in figures)])
    title = _title(figures)
    chart = charts.bars(
        rows, name="jamfor", title=title, description=words.described([*figures[0].options, *figures[1].options]),
        table=Table([_("Svar"), *names], table),
    )  # fmt: skip
    asked = [(name, figure.label, words.who_answered(figure.rate, figure.round.side), day_of(figure.round).year)
             for name, figure in zip(names, figures, strict=True)]  # fmt: skip
    return {"chart": chart, "title": title, "asked": asked, "hides": figures[1].hides}


def _title(figures: tuple[Figure, Figure]) -> str:
    pairs = [
        (a, b)
        for a, b in zip(*(f.options for f in figures), strict=True)
        if a.share is not None and b.share is not None
    ]
    if not pairs:
        return figures[0].label
    one, other = pairs[0]
    return _("{label}: {public} av kommuner och regioner, {civil} av föreningarna").format(
        label=one.label, public=percent(one.share), civil=percent(other.share)
    )
