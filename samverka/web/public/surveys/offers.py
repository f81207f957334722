"""What is offered as answers, as the pages of a form show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samverka.surveys.blocks import Block
from samverka.surveys.offers import Offers
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.words import count_sentence
from samverka.web.own_answers import offered_words


@dataclass(frozen=True)
class Suggestion:
    """An answer that nobody has said yes to: the input's name, the question, the answer, where it comes from."""

    name: str
    label: str
    answer: str
    origin: Any


def known_words(count: int) -> str:
    """Say how many are in here: "Här är två inlagda."."""
    return count_sentence(count, _("Här är en inlagd."), _("Här är {n} inlagda."), "")


def known_in(found: Offers) -> Mapping[str, str]:
    """Return what is said at each question of what is known in here, by code."""
    return {code: known_words(fact.count) for code, fact in found.facts.items()}


def offered_in(block: Block, found: Offers, words: AnswerWords, left_out: Iterable[str]) -> list[Suggestion]:
    """Return what is offered for the questions and groups of a block, but for those told of already."""
    codes = {question.code for question in block.questions()} | {group.code for group in block.groups()}
    wanted = codes - set(left_out)
    return [
        Suggestion(
            code, words.text(offer.item.label), offered_words(words, offer.values, offer.item), offer.origin.label
        )
        for code, offer in found.by_code.items()
        if code in wanted
    ]
