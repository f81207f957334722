"""The tallies beside a straightforward count of the same answers, for any questionnaire and any answers."""

import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.definition import ChoiceList, Definition, Option, Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.surveys import columns
from samverka.surveys.actions import open_round
from samverka.surveys.measures import Measure, _Meter, shown_questions
from samverka.surveys.models import Response, Round, Stratum
from samverka.surveys.tallies import tally
from tests.questionnaires.forms import SV

T = QuestionType
VALUES = ["None", "a", "b", "c"]
LISTS = (ChoiceList("val", tuple(Option(value, {"sv": value.upper()}) for value in VALUES)),)
NO = [{"no": "dont_know"}, {"no": "not_applicable"}]
_ANSWERS: dict[QuestionType, st.SearchStrategy[Any]] = {
    T.ONE: st.sampled_from(VALUES),
    T.YES_NO: st.sampled_from(["yes", "no"]),
    T.SEVERAL: st.lists(st.sampled_from(VALUES), min_size=1, unique=True),
    T.SCALE: st.sampled_from(["1", "3", "5"]),
    T.INTEGER: st.integers(-50, 50).map(str),
    T.DECIMAL: st.decimals(-1000, 1000, places=2).map(str),
    T.MONEY: st.integers(0, 10**9).map(str),
    T.TEXT: st.sampled_from(["hej", "å"]),
}


def _question(code: str, kind: QuestionType) -> Question:
    fields: dict[str, Any] = {"choices": "val"} if kind in {T.ONE, T.SEVERAL} else {}
    fields |= {"start": 1, "end": 5, "step": 2} if kind == T.SCALE else {}
    return Question(code, kind, {"sv": code}, **fields)


@dataclass
class Case:
    definition: Definition
    responses: list[dict[str, Any]]


@st.composite
def cases(draw: Any) -> Case:
    kinds = draw(st.lists(st.sampled_from(sorted(_ANSWERS)), min_size=1, max_size=6))
    inner = draw(st.lists(st.sampled_from(sorted(_ANSWERS)), min_size=1, max_size=3))
    asked = [_question(f"q{number}", T(kind)) for number, kind in enumerate(kinds)]
    within = [_question(f"r{number}", T(kind)) for number, kind in enumerate(inner)]
    group = Section("grupp", SectionKind.REPEAT, items=tuple(within))
    definition = Definition({"sv": "T"}, (SV,), (_question("by", T.ONE), *asked, group), LISTS)
    row = st.fixed_dictionaries({}, optional={question.code: _answer(question) for question in within})
    response = st.fixed_dictionaries(
        {}, optional={question.code: _answer(question) for question in (_question("by", T.ONE), *asked)}
        | {"grupp": st.lists(row, min_size=1, max_size=3)},
    )  # fmt: skip
    return Case(definition, draw(st.lists(response, max_size=12)))


def _answer(question: Question) -> st.SearchStrategy[Any]:
    return st.one_of(_ANSWERS[QuestionType(question.type)], _ANSWERS[QuestionType(question.type)], st.sampled_from(NO))


# The straightforward count: loops over the answers as they are kept, with Python's own statistics.


def _counted(question: Question, told: list[Any]) -> dict[str, Any]:
    known = [answer for answer in told if answer is not None and not isinstance(answer, dict)]
    no = Counter(answer["no"] for answer in told if isinstance(answer, dict))
    found: dict[str, Any] = {"base": len(known), "missing": sum(answer is None for answer in told), "no": dict(no)}
    chosen = Counter(value for answer in known for value in (answer if isinstance(answer, list) else [answer]))
    values = {T.ONE: VALUES, T.SEVERAL: VALUES, T.YES_NO: ["yes", "no"], T.SCALE: ["1", "3", "5"]}.get(
        question.type, []
    )
    found["options"] = [(value, chosen[value], chosen[value] / len(known) if known else None) for value in values]
    return found | ({"figures": _figures([Decimal(answer) for answer in known])} if question.is_number else {})


def _figures(numbers: list[Decimal]) -> dict[str, float | None]:
    if not numbers:
        return dict.fromkeys(("mean", "median", "sd", "min", "max"))
    known = [float(number) for number in numbers]
    return {
        "mean": statistics.fmean(known), "median": statistics.median(known),
        "sd": statistics.stdev(known) if len(known) > 1 else None, "min": min(known), "max": max(known),
    }  # fmt: skip


def _weighted(told: list[tuple[str | None, Any]], population: dict[str, int], value: str) -> tuple[float, float] | None:
    """The share of `value` in the population and its margin: (stratum, answer) of each, stratum by stratum."""
    strata: dict[str, list[float]] = {}
    for name, answer in told:
        if name in population and answer is not None and not isinstance(answer, dict):
            strata.setdefault(str(name), []).append(
                float(value in answer if isinstance(answer, list) else value == answer)
            )
    whole = sum(population[name] for name in strata)
    if not whole:
        return None
    mean = sum(population[name] / whole * statistics.fmean(said) for name, said in strata.items())
    error = 0.0
    for name, said in strata.items():
        variance = statistics.variance(said) if len(said) > 1 else 0.25
        unseen = max(0.0, 1 - len(said) / population[name])
        error += (population[name] / whole) ** 2 * unseen * variance / len(said)
    return mean, 1.96 * error**0.5


def _same_measure(measure: Any, expected: dict[str, Any], question: Question) -> None:
    assert (measure.base, measure.missing) == (expected["base"], expected["missing"])
    assert {kind: number for kind, number in measure.no_answers.items() if number} == expected["no"]
    assert {value: measure.counts.get(value, 0) for value, _n, _s in expected["options"]} == {
        value: number for value, number, _share in expected["options"]
    }
    if question.is_number and expected["base"]:
        found = {name: getattr(measure.numbers, name) for name in ("mean", "median", "sd", "min", "max")}
        _close(found, expected["figures"])


def _same(count: Any, expected: dict[str, Any]) -> None:
    assert (count.base, count.missing) == (expected["base"], expected["missing"])
    assert {kind.value: number for kind, number in count.no_answers.items() if number} == expected["no"]
    assert [(option.value, option.count, option.share) for option in count.options] == expected["options"]
    if "figures" in expected:
        _close(vars(count.figures), expected["figures"])


def _close(found: dict[str, Any], expected: dict[str, float | None]) -> None:
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name] == (None if value is None else pytest.approx(value, rel=1e-9, abs=1e-6)), name


def _per_respondent(question: Question, rows: list[list[Any]]) -> dict[str, Any]:
    known = [[answer for answer in told if answer is not None and not isinstance(answer, dict)] for told in rows]
    some = [told for told in known if told]
    found: dict[str, Any] = {"base": len(some), "missing": len(rows) - len(some), "no": {}}
    if question.is_number and question.type != T.SCALE:
        return found | {"options": [], "figures": _figures([sum(map(Decimal, told), Decimal(0)) for told in some])}
    options = _counted(question, [])["options"]
    having: Callable[[str], int] = lambda value: sum(  # noqa: E731
        any(value in answer if isinstance(answer, list) else value == answer for answer in told) for told in some
    )
    counts = [(value, having(value)) for value, _count, _share in options]
    return found | {"options": [(value, number, number / len(some) if some else None) for value, number in counts]}


def _round(case: Case) -> Round:
    publish_definition(by=None, slug="prov", definition=case.definition)
    opened = open_round(by=None, slug="prov", questionnaire="prov")
    day = "2026-11-25"
    Response.objects.bulk_create([Response(round=opened, answers=told, received_on=day) for told in case.responses])
    return opened


class TallyTest(TestCase):
    @settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
    @given(cases(), st.sampled_from([1, 3, 100]))
    def test_tally_agrees_with_a_straightforward_count(self, case: Case, block: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "BLOCK", block)
            told = {one.variable: one for one in tally(_round(case), by="by")}
        for placed in case.definition.placed:
            question = placed.item
            if not isinstance(question, Question):
                continue
            rows = [response.get("grupp", []) if placed.repeat else [response] for response in case.responses]
            answers = [[row.get(question.code) for row in found] for found in rows]
            _same(told[question.code].count, _counted(question, [answer for found in answers for answer in found]))
            if placed.repeat:
                per = told[question.code].per_respondent
                assert per is not None
                _same(per, _per_respondent(question, answers))
            for group in told[question.code].groups:
                inside = [
                    a for response, a in zip(case.responses, answers, strict=True) if response.get("by") == group.value
                ]
                _same(group.count, _counted(question, [answer for found in inside for answer in found]))
        sizes = [Decimal(len(r["grupp"])) for r in case.responses if r.get("grupp")]
        assert told["grupp"].count.base == len(sizes)
        _close(vars(told["grupp"].count.figures), _figures(sizes))

    @settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
    @given(cases(), st.lists(st.integers(1, 40), min_size=4, max_size=4), st.booleans())
    def test_measures_agree_with_a_straightforward_count(self, case: Case, sizes: list[int], is_stored: bool) -> None:
        found = _round(case)
        population = dict(zip(VALUES, (size + len(case.responses) for size in sizes), strict=True))
        Stratum.objects.bulk_create(
            Stratum(round=found, variable="by", value=value, population=size) for value, size in population.items()
        )
        if is_stored:
            columns.store_columns(round=found)
        measured = _Meter(found, "by").measure()
        for question in (one for one in shown_questions(found) if one.code != "by"):
            answers = [response.get(question.code) for response in case.responses]
            _same_measure(measured.all.get(question.code, Measure()), _counted(question, answers), question)
            by = [response.get("by") for response in case.responses]
            for group, measures in measured.groups.items():
                inside = [answer for name, answer in zip(by, answers, strict=True) if name == group]
                _same_measure(measures[question.code], _counted(question, inside), question)
            if question.type in {T.ONE, T.SEVERAL, T.YES_NO}:
                told = list(zip([n if isinstance(n, str) else None for n in by], answers, strict=True))
                weighted = measured.all[question.code].weighted if question.code in measured.all else {}
                for value, _count, _share in _counted(question, answers)["options"]:
                    expected = _weighted(told, population, value)
                    got = (weighted[value].value, weighted[value].margin) if value in weighted else None
                    assert got == (None if expected is None else pytest.approx(expected, abs=1e-9))
