"""What a page of results shows, put together from the figures of a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Question, Section
from samverka.questionnaires.enums import YES
from samverka.surveys.background import NAMES, day_of, name_of
from samverka.surveys.derived import HAPPENED, PLANNED, came_about, planned_before, turnover
from samverka.surveys.enums import RoundSide
from samverka.surveys.figures import Figure
from samverka.surveys.measures import can_divide, shown_questions
from samverka.surveys.models import Round
from samverka.surveys.named import NamedOften, named_organisations
from samverka.surveys.results import RoundResults
from samverka.surveys.series import published_rounds, response_series, series
from samverka.web.components.charts import points_changed
from samverka.web.components.words import language, number

from . import results_words as words
from .kept import Page, drawn
from .results_charts import chart_of, groups_of, trend_of


@dataclass(frozen=True)
class Choice:
    """What the reader has chosen: a question, a division, and which option the groups are shown for."""

    question: Question | None
    by: str
    option: str

    @classmethod
    def of(cls, found: Round, query: Mapping[str, str]) -> "Choice":
        """Read an address; what is not there or does not exist is not chosen."""
        asked = {question.code: question for question in shown_questions(found)}
        question = asked.get(query.get("fraga", ""))
        by = query.get("grupp", "")
        known = by in _backgrounds(found) or (by in asked and can_divide(asked[by]) and question is not asked[by])
        return cls(question, by if question and known else "", query.get("svar", ""))

    def address(self, **changes: str) -> str:
        """Return the query of this choice with some of it changed."""
        said = {"fraga": self.question.code if self.question else "", "grupp": self.by, "svar": self.option} | changes
        return "?" + urlencode({name: value for name, value in said.items() if value})


def _backgrounds(found: Round) -> list[str]:
    """Return the divisions by body; of associations nothing is known but what they answer."""
    return list(NAMES) if found.side == RoundSide.PUBLIC else []


def results_parts(found: Round, choice: Choice) -> Page:
    """Return a round's page, drawn."""
    context = results_page(found, choice) | {"preliminary": False}
    body = drawn(render_to_string("public/surveys/results_body.html", context))
    label = context["figure"].whole_label if choice.question else ""
    kicker = str(found) if label else str(context["year"])
    return Page(str(found), reverse("survey_results", args=[found.slug]), label, context["who"], kicker, body)


def results_page(found: Round, choice: Choice) -> dict[str, Any]:
    """Return the context of a round's page: one figure where one is chosen, else all of them in short."""
    results = RoundResults(found, language())
    shared = {
        "round": found,
        "choice": choice,
        "questions": _grouped(results, found),
        "backgrounds": [(name, name_of(name)) for name in _backgrounds(found)],
        "divisions": [q for q in _labelled(results, found) if can_divide(q[0]) and q[0] is not choice.question],
        "rounds": _years(found, choice),
        "who": words.who_answered(results.rate, found.side),
        "about_rate": words.about_rate(results.rate),
        "is_civil": found.side == RoundSide.CIVIL,
        "rule": words.rule_of_hiding(),
        "year": day_of(found).year,
    }
    more = _figure_page(results, choice) if choice.question else _overview(results)
    return shared | more


def _labelled(results: RoundResults, found: Round) -> list[tuple[Question, str]]:
    text = results.definition.text
    return [(q, text(q.label, results.language) or q.code) for q in shown_questions(found)]


def _grouped(results: RoundResults, found: Round) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the questions under the heading of their block or table: (heading, [(code, label)])."""
    found_groups: dict[str, list[tuple[str, str]]] = {}
    for question, label in _labelled(results, found):
        found_groups.setdefault(_heading(results, question), []).append((question.code, label))
    return list(found_groups.items())


def _heading(results: RoundResults, question: Question) -> str:
    within: tuple[Section, ...] = results.definition.by_code[question.code].within
    return results.definition.text(within[-1].label, results.language) if within else ""


def _years(found: Round, choice: Choice) -> list[tuple[str, str, bool]]:
    """Return (address's slug, what the round is called, whether it is this one) of the same side, newest first."""
    rounds = published_rounds(found.side)
    rounds = rounds if any(one.pk == found.pk for one in rounds) else [found, *rounds]
    return [(one.slug, str(day_of(one).year), one.pk == found.pk) for one in rounds]


# All figures in short


def _overview(results: RoundResults) -> dict[str, Any]:
    found = results.round
    blocks: dict[str, list[tuple[str, str, str]]] = {}
    for question in shown_questions(found):
        figure = results.figure(question)
        if question.code in {PLANNED, HAPPENED} and not figure.base:
            continue
        blocks.setdefault(_heading(results, question), []).append((question.code, figure.label, words.short(figure)))
    title = _("Så många har svarat genom åren")
    return {
        "blocks": list(blocks.items()),
        "named": _named(results),
        "derived": words.since_last(turnover(found), planned_before(found), came_about(found)),
        "trend": trend_of(response_series(found, results.language), title, "svarsandel"),
    }


def _named(results: RoundResults) -> list[tuple[str, NamedOften]]:
    """Return (question, the organisations of the register that were named) of public bodies' answers."""
    if results.round.side != RoundSide.PUBLIC:
        return []
    text, tongue = results.definition.text, results.language
    found = [(text(one.question.label, tongue), one) for one in named_organisations(results.round)]
    return [(label, one) for label, one in found if one.named or one.others]


# One figure


def _figure_page(results: RoundResults, choice: Choice) -> dict[str, Any]:
    assert choice.question is not None  # noqa: S101  (the caller asks)
    figure = results.figure(choice.question, by=choice.by)
    option = _chosen_option(figure, choice)
    points = series(results.round, choice.question, option, results.language) if option else []
    label = next((one.label for one in figure.options if one.value == option), "")
    return {
        "figure": figure,
        "title": words.finding(figure),
        "chart": chart_of(figure),
        "numbers": words.number_rows(figure.numbers) if figure.numbers else [],
        "facts": words.facts_of(figure),
        "meaning": _meaning(results, choice.question),
        "groups": groups_of(results, figure, option, label),
        "options": [(one.value, one.label) for one in figure.options] if choice.by and len(figure.options) > 2 else [],
        "option": option,
        "trend": trend_of(points, words.through_years(points, label), "ar"),
        "change": _change(figure, option, label),
        "has_map": results.round.side == RoundSide.PUBLIC,
        "share_address": choice.address(),
    }


def _chosen_option(figure: Figure, choice: Choice) -> str:
    values = [option.value for option in figure.options]
    if choice.option in values:
        return choice.option
    if YES in values or not values:
        return YES if values else ""
    return max(figure.options, key=lambda option: option.share or 0).value


def _meaning(results: RoundResults, question: Question) -> list[tuple[str, str]]:
    text = results.definition.text
    parts = (
        (_("Det här menas"), question.definition),
        (_("Räknas"), question.counts),
        (_("Räknas inte"), question.counts_not),
    )
    return [(name, said) for name, texts in parts if (said := text(texts, results.language))]


def _change(figure: Figure, option: str, label: str) -> str:
    change = figure.change
    if change is None:
        return ""
    before = str(change.before)
    if not change.comparable:
        return _("Går inte att jämföra med {before}: frågan hade en annan lydelse eller definition då.").format(
            before=before
        )
    if option in change.shares:
        said = _("{points} procentenheter sedan {before}: {label}.")
        return said.format(points=points_changed(change.shares[option]), before=before, label=label)
    if change.mean is not None:
        return _("Medelvärdet har ändrats med {change} sedan {before}.").format(
            change=number(round(change.mean, 2)), before=before
        )
    return ""
