"""What is wrong with a definition. A version is made only of one without faults."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .definition import ChoiceList, Definition, Item, Placed, Question, Section
from .enums import WITH_CHOICES, QuestionType, SectionKind
from .expressions import Known, check_expression
from .order import Circle, order_of_evaluation
from .values import default_fault

#: As in XLSForm: it must stand in a file of answers and in ${…}.
CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}\Z")
PIPED = re.compile(r"\$\{\s*([^}]*?)\s*\}")
MOST_ITEMS = 2_000
#: Pages that stand beside the blocks where a form is answered (web.public.surveys.answer_urls): a block with such a
#: code would never be reached, nor one that is called as the questions outside of every section are.
PAGES = frozenset({
    "stammer", "inlagt", "min", "skicka-vidare", "lamna-in", "kvitto", "oppna-igen", "be-om-underskrift", "skriv-under",
    "bilaga", "klart",
})  # fmt: skip
LOOSE = re.compile(r"fragor-[0-9]+\Z")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the code of an item, the name of a list (and the place in it), or "" for the whole.
    `part` is the field of the item, as it is called in `definition`.
    """

    where: str
    reason: str
    part: str = ""
    place: int = 0


def faults(definition: Definition) -> list[Fault]:
    """Return everything that is wrong with the definition, in order."""
    found = [*_head_faults(definition), *_list_faults(definition)]
    for placed in definition.placed:
        found += _item_faults(definition, placed)
    return found or list(_order_faults(definition))


def _head_faults(definition: Definition) -> Iterator[Fault]:
    if not definition.languages:
        yield Fault("", _("Frågeformuläret saknar språk."))
    if not any(text.strip() for text in definition.title.values()):
        yield Fault("", _("Frågeformuläret saknar rubrik."))
    if not definition.questions:
        yield Fault("", _("Frågeformuläret har inga frågor."))
    if len(definition.placed) > MOST_ITEMS:
        yield Fault("", _("Frågeformuläret får ha högst %(most)d frågor och avsnitt.") % {"most": MOST_ITEMS})


def _list_faults(definition: Definition) -> Iterator[Fault]:
    for name, count in Counter(found.name for found in definition.lists).items():
        if count > 1:
            yield Fault(name, _("Vallistan %(name)s finns två gånger.") % {"name": name})
    for found in definition.lists:
        yield from _option_faults(definition, found)


def _option_faults(definition: Definition, found: ChoiceList) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, option in enumerate(found.options):
        said = {"value": option.value}
        if not option.value or any(sign.isspace() for sign in option.value):
            yield Fault(
                found.name, _("Valet ”%(value)s” har ett värde som är tomt eller har mellanslag.") % said, place=place
            )
        if option.value in seen and not definition.same_values:
            yield Fault(found.name, _("Värdet %(value)s finns två gånger i listan.") % said, place=place)
        if not any(text.strip() for text in option.label.values()):
            yield Fault(found.name, _("Valet ”%(value)s” saknar text.") % said, place=place)
        seen.add(option.value)


def _item_faults(definition: Definition, placed: Placed) -> Iterator[Fault]:
    item = placed.item
    said = {"code": item.code}
    if not CODE.match(item.code):
        yield Fault(
            item.code, _("Koden ”%(code)s” får bara ha a–z, siffror, _ . och -, och börjar med en bokstav.") % said
        )
    if definition.by_code[item.code] is not placed:
        yield Fault(item.code, _("Koden %(code)s finns två gånger.") % said)
    if isinstance(item, Section):
        if not placed.within and (item.code in PAGES or LOOSE.match(item.code)):
            told = _("Koden %(code)s är upptagen av en sida där man svarar. Kalla avsnittet något annat.") % said
            yield Fault(item.code, told, "code")
        yield from _section_faults(item, placed)
    else:
        yield from _question_faults(definition, item)
    for part, reason in _expression_faults(definition, placed):
        yield Fault(item.code, reason, part)


def _section_faults(section: Section, placed: Placed) -> Iterator[Fault]:
    if section.kind == SectionKind.REPEAT and placed.repeat:
        yield Fault(section.code, _("En upprepad grupp kan inte ligga i en annan."))
    if section.kind != SectionKind.MATRIX:
        return
    kinds = {(item.type, item.choices) if isinstance(item, Question) else None for item in section.items}
    if len(kinds) != 1 or None in kinds:
        yield Fault(section.code, _("Raderna i en tabell ska vara frågor av samma slag, med samma val."))


def _question_faults(definition: Definition, question: Question) -> Iterator[Fault]:
    def fault(reason: str, part: str = "") -> Fault:
        return Fault(question.code, reason, part)

    if question.type != QuestionType.CALCULATED and not any(text.strip() for text in question.label.values()):
        yield fault(_("Frågan saknar text."), "label")
    if question.type == QuestionType.CALCULATED and not question.calculation:
        yield fault(_("Ett beräknat fält behöver en beräkning."), "calculation")
    yield from (fault(reason, part) for part, reason in _choice_faults(definition, question))
    if question.type == QuestionType.SCALE and not _is_scale(question):
        yield fault(_("En skala behöver lägsta och högsta värde i hela steg, högst 101 steg."), "start")
    if question.default and (reason := default_fault(definition, question)):
        yield fault(reason, "default")


def _is_scale(question: Question) -> bool:
    if question.start is None or question.end is None:
        return False
    step = question.step or 1
    return step > 0 and question.end > question.start and (question.end - question.start) // step <= 100


def _choice_faults(definition: Definition, question: Question) -> Iterator[tuple[str, str]]:
    options = definition.options_by_list.get(question.choices)
    if question.type not in WITH_CHOICES:
        return
    if not options:
        yield "choices", _("Vallistan ”%(name)s” finns inte eller är tom.") % {"name": question.choices}
        return
    if question.or_other and any(option.value == "other" for option in options):
        yield "choices", _("Listan har redan ett val med värdet other.")
    if question.or_other and question.other_code in definition.by_code:
        yield "choices", _("Koden %(code)s behövs för det som är annat.") % {"code": question.other_code}
    if question.max_choices is not None and (question.type != QuestionType.SEVERAL or question.max_choices < 1):
        yield "max_choices", _("Ett högsta antal val passar bara en fråga med flera val.")


# What expressions may speak of


def _expression_faults(definition: Definition, placed: Placed) -> Iterator[tuple[str, str]]:
    item = placed.item
    known = _known(definition, placed.repeat)
    for part in ("visible_if", "count", "calculation", "required_if"):
        if text := getattr(item, part, ""):
            yield from ((part, reason) for reason in check_expression(text, known))
    if isinstance(item, Question):
        yield from _answer_expression_faults(definition, item, known)
    for part, texts in (("label", item.label), ("help", item.help)):
        yield from ((part, reason) for reason in _piping_faults(texts.values(), known))


def _answer_expression_faults(definition: Definition, item: Question, known: Known) -> Iterator[tuple[str, str]]:
    own = Known(known.single, known.rows, current=True)
    for part in ("valid_if", "warn_if"):
        if text := getattr(item, part):
            yield from ((part, reason) for reason in check_expression(text, own))
    if item.choice_filter:
        columns = {name for option in definition.options(item) for name in option.attributes} | {"name", "label"}
        filtered = Known(known.single, known.rows, attributes=columns)
        yield from (("choice_filter", reason) for reason in check_expression(item.choice_filter, filtered))


def _piping_faults(texts: Iterable[str], known: Known) -> Iterator[str]:
    for text in texts:
        for code in PIPED.findall(text):
            if code not in known.single:
                yield _("Texten visar ${%(code)s}, som inte är ett svar där.") % {"code": code}


def _known(definition: Definition, repeat: str) -> Known:
    """Return what can be spoken of in a repeated group, or outside of any ("")."""
    single: set[str] = set()
    rows: set[str] = set()
    for placed in definition.placed:
        codes = _variables(placed.item)
        (single if placed.repeat in {"", repeat} else rows).update(codes)
        if isinstance(placed.item, Section) and placed.item.kind == SectionKind.REPEAT:
            rows.add(placed.item.code)
    return Known(single, rows)


def _variables(item: Item) -> set[str]:
    if isinstance(item, Section) or item.type == QuestionType.NOTE:
        return set()
    return {item.code, item.other_code} if item.or_other else {item.code}


def _order_faults(definition: Definition) -> Iterator[Fault]:
    try:
        order_of_evaluation(definition)
    except Circle as circle:
        for code in circle.codes:
            yield Fault(code, _("Villkoren går i cirkel: %(codes)s.") % {"codes": " → ".join(circle.codes)})
