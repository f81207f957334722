"""Does it fit (”Stämmer det här?”): what was answered in the round before and what is in here, to say yes to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from samverka.kernel.access import public
from samverka.questionnaires.definition import Section
from samverka.questionnaires.enums import SectionKind
from samverka.surveys.actions import set_aside, take_over
from samverka.surveys.blocks import Block, blocks_of
from samverka.surveys.known import forms_counted
from samverka.surveys.offers import Offer, Offers, offers_of
from samverka.surveys.sheet import sheet_of
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.words import language
from samverka.web.own_answers import offered_words

from .answer_block import takes_answers
from .offers import known_words
from .respondent import Link, open_form

#: Where the first page leads when something is offered.
HERE = "stammer"


@dataclass(frozen=True)
class OfferRow:
    """An offer as the page shows it: the question, the answer, and what is in here of it, in words."""

    code: str
    label: str
    answer: str
    known: str


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_prefill(request: HttpRequest, key: str) -> HttpResponse:
    """All that is offered, in one table. Looking at it changes nothing."""
    link = open_form(request, key)
    if not takes_answers(link) or not link.holder.name:
        return redirect(f"{link.form_url}?till={HERE}")
    if request.method == "POST":
        return HttpResponseRedirect(_answer(request, link))
    found, words = _offers(link), AnswerWords(_definition(link), language())
    context = {
        "link": link, "title": words.text(words.definition.title), "groups": _groups(found, words),
        "count": len(found.by_code), "year": found.year, "known_url": link.to("survey_known"),
        "before": link.holder.asked.round.previous, "onwards": link.form_url,
    }  # fmt: skip
    return render(request, "public/surveys/answer_prefill.html", context)


def _definition(link: Link) -> Any:
    return sheet_of(link.holder.asked).definition


def _offers(link: Link) -> Offers:
    asked = link.holder.asked
    return offers_of(asked, sheet_of(asked))


def _answer(request: HttpRequest, link: Link) -> str:
    """Keep what was chosen of what the page showed; return where to go on."""
    shown = request.POST.getlist("code")
    chosen = {code: request.POST.get(f"s:{code}", "") for code in shown}
    if request.POST.get("do") == "all":
        chosen = dict.fromkeys(shown, "yes")
    take_over(by=link.holder, codes=[code for code, said in chosen.items() if said == "yes"])
    changed = set_aside(by=link.holder, codes=[code for code, said in chosen.items() if said == "change"])
    return _to_change(link, changed[0]) if changed else link.form_url + "#block"


def _to_change(link: Link, code: str) -> str:
    for block in blocks_of(_definition(link)):
        if code in {question.code for question in block.questions()}:
            return f"{link.block_url(block.code)}#q_{code}"
        if code in {group.code for group in block.groups()}:
            return f"{link.block_url(block.code)}#s_{code}"
    return link.form_url


def _groups(found: Offers, words: AnswerWords) -> list[tuple[str, list[OfferRow]]]:
    """Return the offers under the heading of their block, or of the table that they are lines of."""
    groups: dict[str, list[OfferRow]] = {}
    for block in blocks_of(words.definition):
        for offer in found.by_code.values():
            if _is_in(offer, block):
                groups.setdefault(_heading(offer, block, words), []).append(_row(offer, words))
    return list(groups.items())


def _is_in(offer: Offer, block: Block) -> bool:
    codes = {question.code for question in block.questions()} | {group.code for group in block.groups()}
    return offer.code in codes


def _heading(offer: Offer, block: Block, words: AnswerWords) -> str:
    within = words.definition.by_code[offer.code].within
    around = within[-1] if within else None
    if isinstance(around, Section) and around.kind == SectionKind.MATRIX:
        return words.text(around.label)
    return words.text(block.label)


def _row(offer: Offer, words: AnswerWords) -> OfferRow:
    known = known_words(offer.fact.count) if offer.fact else ""
    return OfferRow(offer.code, words.text(offer.item.label), offered_words(words, offer.values, offer.item), known)


@public
@require_safe
def survey_known(request: HttpRequest, key: str) -> HttpResponse:
    """What is counted: how many collaborations under way of each form. Whoever has the link is told no names."""
    link = open_form(request, key)
    words = AnswerWords(_definition(link), language())
    rows = [(str(form.label), number) for form, number in forms_counted(link.holder.asked).items()]
    asked = link.holder.asked
    context = {"link": link, "asked": asked, "rows": rows, "title": words.text(words.definition.title)}
    return render(request, "public/surveys/answer_known.html", context)
