"""What some chapters of a report say by themselves, from the round as it is: who answered, method, non-response,
questions. As texts and tables, in the language that is active.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samverka.surveys.background import KIND, Background, name_of
from samverka.surveys.codebook import code_book
from samverka.surveys.enums import ChapterRole, RoundSide
from samverka.surveys.measures import shown_questions
from samverka.surveys.nonresponse import Divided, nonresponse
from samverka.surveys.response_rate import REGISTER, Rate
from samverka.surveys.results import RoundResults, meaning
from samverka.web.components.charts import percent
from samverka.web.components.words import day, number

from . import results_words as words

Facts = dict[str, Any]


def facts_of_chapter(role: str, rounds: Sequence[RoundResults]) -> list[Facts] | None:
    """Return what the chapter says of each round, or None for one that says nothing by itself.

    Each: heading ("" where there is only one round), pairs (name, text), texts, tables, questions.
    """
    of: dict[str, Callable[[RoundResults], Facts]] = {
        ChapterRole.WHO: _who, ChapterRole.METHOD: _method, ChapterRole.MISSING: _missing,
        ChapterRole.QUESTIONS: _questions,
    }  # fmt: skip
    if role not in of:
        return None
    return [_empty() | {"heading": str(one.round) if len(rounds) > 1 else ""} | of[role](one) for one in rounds]


def _empty() -> Facts:
    return {"heading": "", "pairs": [], "texts": [], "tables": [], "questions": []}


def _who(results: RoundResults) -> Facts:
    texts = [words.who_answered(results.rate, results.round.side), words.about_rate(results.rate)]
    tables = [_table(told) for told in nonresponse(results.round, results.language) if told.by == KIND]
    return {"texts": [text for text in texts if text], "tables": tables}


# Method


def _method(results: RoundResults) -> Facts:
    return {"pairs": [list(pair) for pair in _round_facts(results) if pair[1]], "texts": list(_how_counted(results))}


def _round_facts(results: RoundResults) -> Iterator[tuple[str, str]]:
    found = results.round
    yield _("Den som frågar"), found.sender
    yield _("Diarienummer"), found.diary_number
    yield _("Vilka som fick frågan"), _asked(results)
    yield _("Hur man svarade"), _way(results)
    yield _("När"), _when(results)
    yield (
        _("Måste man svara?"),
        (_("Ja, enligt {provision}.").format(provision=found.provision) if found.provision else _("Nej, frivilligt.")),
    )
    yield _("Samråd"), _consulted(results)
    yield _("Frågeformulär"), _form(results)
    yield _("Indelningar"), _divisions(results)
    yield _("Kontakt"), ", ".join(filter(None, (found.contact_name, found.contact_email)))


def _asked(results: RoundResults) -> str:
    whole = results.rate.whole
    if whole.asked is None:
        return results.round.get_side_display()
    return _("{side}: {count}").format(side=results.round.get_side_display(), count=number(whole.asked))


def _way(results: RoundResults) -> str:
    if results.rate.basis == REGISTER:
        return _("Svaren är inlästa från en fil")
    return str(results.round.get_access_display())


def _when(results: RoundResults) -> str:
    found = results.round
    first = localtime(found.opened_at).date() if found.opened_at else None
    last = found.closes_on or (localtime(found.closed_at).date() if found.closed_at else None)
    if first and last and first <= last:
        return _("{first} till {last}").format(first=day(first), last=day(last))
    return _("Svar till och med {day}").format(day=day(last)) if last else day(first)


def _consulted(results: RoundResults) -> str:
    found = results.round
    if not found.consulted_with:
        return ""
    return ", ".join(filter(None, (found.consulted_with, day(found.consulted_on), found.consultation_diary_number)))


def _form(results: RoundResults) -> str:
    version, title = results.round.version, results.definition.text(results.definition.title, results.language)
    said = _("{title}, version {number}").format(title=title, number=version.number)
    return f"{said}, {day(version.published_on)}" if version.published_on else said


def _divisions(results: RoundResults) -> str:
    if results.round.side != RoundSide.PUBLIC:
        return ""
    background = Background(results.round)
    found = [background.classes(by).grouping for by in ("befolkning", "kommungrupp")]
    names = [(one.name_sv if results.language == "sv" else one.name_en, one.source) for one in found if one]
    return ". ".join(f"{name} ({source})" for name, source in names)


def _how_counted(results: RoundResults) -> Iterator[str]:
    yield _(
        "Andelarna räknas på dem som har svarat på frågan. Vid frågor med flera svar räknas de på dem som har valt "
        "minst ett. Ett uteblivet svar är inte noll. Den som har svarat ”vet inte” är inte med i basen men redovisas."
    )
    if results.round.side == RoundSide.PUBLIC:
        yield _(
            "Alla i gruppen har fått frågan. Därför anges ingen felmarginal, bara bortfallet och hur andelen skulle "
            "bli om alla hade svarat. Vad kommuner och regioner svarar är offentligt, så inga tal är borttagna."
        )
    else:
        yield words.rule_of_hiding()
    yield _not_comparable(results)


def _not_comparable(results: RoundResults) -> str:
    """Say what cannot be compared with the round before."""
    earlier = results.before
    if earlier is None:
        return _("Det finns ingen tidigare omgång här att jämföra med.")
    then = {question.code: question for question in shown_questions(earlier.round)}
    changed, new = [], []
    for question in shown_questions(results.round):
        if question.code not in then:
            new.append(question)
        elif meaning(earlier.definition, then[question.code]) != meaning(results.definition, question):
            changed.append(question)
    said = _("Jämförelser med {before}:").format(before=earlier.round)
    if not changed and not new:
        return f"{said} " + _("alla frågor är ställda på samma sätt.")
    parts = [(_("ändrade frågor, som inte jämförs"), changed), (_("nya frågor"), new)]
    return (
        f"{said} "
        + "; ".join(
            f"{name}: {', '.join(_label(results, question) for question in found)}" for name, found in parts if found
        )
        + "."
    )


def _label(results: RoundResults, question: Any) -> str:
    return results.definition.text(question.label, results.language) or question.code


# Non-response


def _missing(results: RoundResults) -> Facts:
    whole = results.rate.whole
    if results.round.side != RoundSide.PUBLIC:
        return {"texts": [_silent(whole), _("Föreningarnas bortfall visas bara för alla tillsammans.")]}
    tables = [_table(told) for told in nonresponse(results.round, results.language)]
    return {"texts": [_silent(whole)], "tables": tables}


def _silent(whole: Rate) -> str:
    if not whole.asked:
        return _("Hur många som har fått frågan är inte känt. Därför går bortfallet inte att ange.")
    silent = whole.asked - whole.answered
    said = _("{silent} av {asked} har inte svarat. Det är {share}.")
    return said.format(silent=number(silent), asked=number(whole.asked), share=percent(silent / whole.asked))


def _table(told: Divided) -> dict[str, Any]:
    title = _("Svar och bortfall efter {by}").format(by=name_of(told.by).lower())
    headings = [name_of(told.by), _("Tillfrågade"), _("Svarade"), _("Svarsandel"), _("Svarade inte")]
    rows = [
        [label, number(rate.asked or 0), number(rate.answered), percent(rate.share),
         number((rate.asked or 0) - rate.answered)]
        for label, rate in told.groups
    ]  # fmt: skip
    return {"title": title, "headings": headings, "rows": rows, "source": told.source}


# Questions


def _questions(results: RoundResults) -> Facts:
    return {"questions": [
        {
            "label": one.label, "code": one.question.code, "type": one.type_label,
            "values": [label for _value, label in one.values],
            "meaning": [
                [name, said] for name, said in (
                    (_("Det här menas"), one.definition), (_("Räknas"), one.counts),
                    (_("Räknas inte"), one.counts_not), (_("Frågan kommer från"), one.question.source),
                    (_("Ställd så sedan"), one.question.since),
                ) if said
            ],
        }
        for one in code_book(results.round, results.language)
    ]}  # fmt: skip
