"""What a round may be weighted by, what the register's sample says of it, and whether it fits the answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from samverka.questionnaires.definition import Question
from samverka.questionnaires.reading import definition_of

from ..columns import Layout
from ..enums import SampledBy
from ..measures import can_divide, measured
from ..models import Round, Sample, Stratum


@dataclass(frozen=True)
class Fit:
    """Values that somebody answered and that have no population, and the other way round."""

    unweighted: tuple[str, ...]
    unanswered: tuple[str, ...]


def dividing_questions(found: Round) -> list[Question]:
    """Return the questions that a round may be weighted by: outside of repeated groups, one answer each."""
    return [
        placed.item
        for placed in definition_of(found.version).placed
        if isinstance(placed.item, Question) and not placed.repeat and can_divide(placed.item)
    ]


def values_of(found: Round, question: Question) -> list[str]:
    """Return the answers that can be chosen, in order."""
    return Layout(definition_of(found.version)).values(question)


def population_in_sample(found: Round, question: Question) -> dict[str, int]:
    """Return {answer: how many in the register}, from the first sample whose strata are answers to the question; empty
    where none are. What the sample says of no stratum at all is left out.
    """
    values = set(values_of(found, question))
    for sample in Sample.objects.filter(round=found).exclude(stratified_by=SampledBy.NONE).order_by("pk"):
        told = {stratum: said["population"] for stratum, said in sample.strata.items() if stratum}
        if told and set(told) <= values:
            return {value: told[value] for value in values if told.get(value)}
    return {}


def suggested_question(found: Round) -> str:
    """Return the code of the question that the round's weights, or else its sample, are about; "" for none."""
    weighted = Stratum.objects.filter(round=found).first()
    if weighted:
        return str(weighted.variable)
    matching = (one.code for one in dividing_questions(found) if population_in_sample(found, one))
    return next(matching, "")


def fit_of(found: Round, question: Question, population: Mapping[str, int]) -> Fit:
    """Return where answers and population do not meet. No numbers: few may have answered."""
    measure = measured(found).all.get(question.code)
    answered = {value for value, count in measure.counts.items() if count} if measure else set()
    values = values_of(found, question)
    return Fit(
        tuple(value for value in values if value in answered and not population.get(value)),
        tuple(value for value in values if value not in answered and population.get(value)),
    )
