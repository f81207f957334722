"""What each municipality and region answered: on the map, and in a table in alphabetical order. Never a ranking."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible
from samverka.organisations.enums import Kind
from samverka.places.shapes import credit, shapes, view_box
from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import NoAnswer, QuestionType
from samverka.surveys.enums import RoundSide
from samverka.surveys.measures import measured, shown_questions
from samverka.surveys.models import Response, Round
from samverka.surveys.results import RoundResults
from samverka.web.components.words import language, number

from . import results_words as words
from .kept import Page, drawn

#: The fills of the map by how many answers there are: the first answer deepest, none white while there are few.
_FILLS = {1: (4,), 2: (4, 1), 3: (4, 2, 1), 4: (4, 3, 2, 1), 5: (4, 3, 2, 1, 0)}
Answered = list[tuple[str, str, str, Any]]


@dataclass(frozen=True)
class Entry:
    """A line of the legend: its fill (a number, or "" for hatched), its words, and how many."""

    fill: str
    label: str
    count: int


@dataclass(frozen=True)
class MapChoice:
    """What a map shows: a question, and of several-of one of its options."""

    question: Question
    option: str

    @classmethod
    def of(cls, found: Round, code: str, query: Mapping[str, str]) -> "MapChoice":
        """Read an address. Raises NotVisible for a side or question that has no map."""
        question = next((one for one in shown_questions(found) if one.code == code), None)
        if question is None or found.side != RoundSide.PUBLIC or code not in measured(found).all:
            raise NotVisible
        if question.type != QuestionType.SEVERAL:
            return cls(question, "")
        known = [value for value, _label in RoundResults(found, "sv").values(question)]
        return cls(question, query.get("svar", "") if query.get("svar") in known else next(iter(known), ""))


def map_parts(found: Round, choice: MapChoice) -> Page:
    """Return the page of a map, drawn."""
    results = RoundResults(found, language())
    figure = results.figure(choice.question)
    context = {
        "round": found, "figure": figure, "facts": words.facts_of(figure), "option": choice.option,
        "body": _Picture(results, choice).draw(), "options": results.values(choice.question) if choice.option else [],
    }  # fmt: skip
    body = drawn(render_to_string("public/surveys/results_map_body.html", context))
    address = reverse("survey_results", args=[found.slug])
    return Page(str(found), address, figure.whole_label, words.finding(figure), str(found), body)


@dataclass(frozen=True)
class MapFigures:
    """What a map shows: the fill of each place, the legend, and (name, answer) of every body in alphabetical order."""

    title: str
    fills: dict[str, str]
    legend: list[Entry]
    municipalities: list[tuple[str, str]]
    regions: list[tuple[str, str]]

    @property
    def description(self) -> str:
        """The map for those who do not see it."""
        return ". ".join(f"{entry.label}: {entry.count}" for entry in self.legend)


def map_figures(results: RoundResults, choice: MapChoice) -> MapFigures:
    """Return what the map of a figure shows."""
    return _Picture(results, choice).figures()


class _Picture:
    """One question's answers by place. Of several-of, one option at a time."""

    def __init__(self, results: RoundResults, choice: MapChoice) -> None:
        self.results, self.question, self.option = results, choice.question, choice.option
        self._values = results.values(choice.question)

    def draw(self) -> SafeString:
        told = self.figures()
        context = {
            "title": told.title, "description": told.description, "view_box": view_box(), "credit": credit(),
            "land": land_of(told.fills, "karta"), "legend": told.legend,
            "municipalities": _table(told.municipalities), "regions": _table(told.regions),
        }  # fmt: skip
        return render_to_string("components/answer_map.html", context)

    def _answers(self) -> Answered:
        """Return (kind, place's code, name, answer) of every body that answered, in alphabetical order."""
        rows = Response.objects.filter(round=self.results.round, organisation__isnull=False)
        told = rows.annotate(answer=F(f"answers__{self.question.code}")).order_by("organisation__sort_key")
        names = ("kind", "municipality", "county", "name")
        return [
            (kind, place if kind == Kind.MUNICIPALITY else county, name, answer)
            for kind, place, county, name, answer in told.values_list(
                *(f"organisation__{one}" for one in names), "answer"
            )
        ]

    def figures(self) -> MapFigures:
        answers, entries = self._answers(), self._entries()
        label = dict(self._values).get(self.option, "")
        places = {place: answer for kind, place, _name, answer in answers if kind == Kind.MUNICIPALITY}
        classes = {place: self._class(answer) for place, answer in places.items()}
        fills = {place: entries[one] for place, one in classes.items() if one in entries}
        counts = Counter(classes.values())
        legend = [Entry(fill, self._words(value), counts[value]) for value, fill in entries.items() if counts[value]]
        legend.append(
            Entry("", _("Svarade inte, eller svarade något annat"), 290 - sum(entry.count for entry in legend))
        )
        title = label or words.finding(self.results.figure(self.question))
        return MapFigures(title, fills, legend, *(self._rows(answers, municipalities=one) for one in (True, False)))

    def _entries(self) -> dict[str, str]:
        """Return which fill each answer has: the options in their order, the first five."""
        if self.option:
            return {"chosen": "4", "other": "0"}
        if not self._values:
            return {"answered": "4"}
        values = [value for value, _label in self._values][: max(_FILLS)]
        return {value: str(fill) for value, fill in zip(values, _FILLS[len(values)], strict=True)}

    def _class(self, answer: Any) -> str:
        if self.option:
            is_told = isinstance(answer, list)
            return "chosen" if is_told and self.option in answer else "other" if is_told else ""
        if not self._values:
            return "answered" if isinstance(answer, str) else ""
        return answer if isinstance(answer, str) else ""

    def _words(self, value: str) -> str:
        named = {"chosen": _("Valde det"), "other": _("Valde något annat"), "answered": _("Svarade")}
        return named.get(value) or dict(self._values).get(value, value)

    def _said(self, answer: Any) -> str:
        """Return an answer in words. Only choices and numbers come here: never what is written by hand."""
        labels = dict(self._values)
        if isinstance(answer, list):
            return ", ".join(labels.get(str(value), str(value)) for value in answer)
        if isinstance(answer, dict):
            return str(NoAnswer(answer["no"]).label)
        if answer is None:
            return _("Inget svar")
        return labels.get(answer) or number(float(answer))

    def _rows(self, answers: Answered, *, municipalities: bool) -> list[tuple[str, str]]:
        wanted = (one for one in answers if (one[0] == Kind.MUNICIPALITY) == municipalities)
        return [(name, self._said(answer)) for _kind, _place, name, answer in wanted]


def _table(rows: list[tuple[str, str]]) -> SafeString:
    return format_html_join("\n", '<tr><th scope="row">{}</th><td>{}</td></tr>', rows)


def land_of(fills: Mapping[str, str], name: str) -> SafeString:
    """Return the outlines of the municipalities with their fills; hatched by the pattern of that name's map."""
    hatch = escape(f"url(#{name}-hatch)")
    return mark_safe(  # noqa: S308  (paths and step numbers of our own)
        "".join(
            f'<path d="{shape.path}" class="map__step-{int(fills[code])}"/>' if code in fills
            else f'<path d="{shape.path}" fill="{hatch}"/>'
            for code, shape in shapes("municipalities").items()
        )
    )  # fmt: skip
