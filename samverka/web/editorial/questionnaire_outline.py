"""The outline of a draft: its sections and questions as a tree, each with its marks, and what is to be mended."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samverka.questionnaires.checking import Fault
from samverka.questionnaires.definition import Definition, Item, Section
from samverka.questionnaires.editing import kinds_of_sections
from samverka.questionnaires.enums import SectionKind

_LONGEST = 120


@dataclass(frozen=True)
class OutlineRow:
    """An item as the outline shows it."""

    code: str
    label: str
    kind: str
    marks: list[str]
    faults: list[str]
    is_section: bool
    is_first: bool
    is_last: bool
    rows: list["OutlineRow"] = field(default_factory=list)


def outline(definition: Definition, found: list[Fault], language: str) -> list[OutlineRow]:
    """Return the outline of a definition with these faults."""
    by_code: dict[str, list[str]] = {}
    for fault in found:
        by_code.setdefault(fault.where, []).append(fault.reason)
    return _Outliner(definition, by_code, language).rows(definition.items)


class _Outliner:
    def __init__(self, definition: Definition, faults: dict[str, list[str]], language: str) -> None:
        self._definition, self._faults, self._language = definition, faults, language

    def rows(self, items: tuple[Item, ...]) -> list[OutlineRow]:
        last = len(items) - 1
        return [self._row(item, place == 0, place == last) for place, item in enumerate(items)]

    def _row(self, item: Item, is_first: bool, is_last: bool) -> OutlineRow:
        said: dict[str, Any] = {"faults": self._faults.get(item.code, []), "is_first": is_first, "is_last": is_last}
        label = short_label(self._definition, item, self._language)
        if isinstance(item, Section):
            return OutlineRow(
                item.code, label, str(SectionKind(item.kind).label), self._marks(item), is_section=True,
                rows=self.rows(item.items), **said,
            )  # fmt: skip
        return OutlineRow(item.code, label, str(item.type.label), self._marks(item), is_section=False, **said)

    def _marks(self, item: Item) -> list[str]:
        found = []
        if item.visible_if:
            found.append(_("visas bara när %(condition)s") % {"condition": item.visible_if})
        if isinstance(item, Section):
            if item.minutes is not None:
                found.append(_("ca %(minutes)d min") % {"minutes": item.minutes})
        else:
            found += [_("behöver svar")] if item.required_if else []
            found += [_("svaret kontrolleras")] if item.valid_if else []
            found += [_("varnar")] if item.warn_if else []
        if any(not item.label.get(one.code) for one in self._definition.languages if item.label):
            found.append(_("saknar översättning"))
        return found


def short_label(definition: Definition, item: Item, language: str) -> str:
    """Return what an item is called in lists: its text, or its code when it has none."""
    text = definition.text(item.label, language) or next(iter(item.label.values()), "") or item.code
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def places(definition: Definition, moved: Item, language: str) -> list[tuple[str, str]]:
    """Return ("section|after", words) for every place that an item can be moved to, in order."""
    inside = {moved.code} | {
        placed.item.code for placed in definition.placed if any(part.code == moved.code for part in placed.within)
    }
    found = _places_in(definition, "", definition.items, inside, language, 0)
    for placed in definition.placed:
        item = placed.item
        if isinstance(item, Section) and item.code not in inside and _takes(definition, item, moved):
            found += _places_in(definition, item.code, item.items, inside, language, len(placed.within) + 1)
    return found


def _takes(definition: Definition, section: Section, moved: Item) -> bool:
    """Return whether a section can hold the item: a table only questions, a repeated group no other."""
    if not isinstance(moved, Section):
        return True
    kinds = kinds_of_sections(definition, section.code)
    inner = [moved, *(p.item for p in definition.placed if moved.code in [part.code for part in p.within])]
    return all(one.kind in kinds for one in inner if isinstance(one, Section))


def _places_in(  # noqa: PLR0917  (a place in words, part by part)
    definition: Definition, section: str, items: tuple[Item, ...], inside: set[str], language: str, depth: int
) -> list[tuple[str, str]]:
    name = short_label(definition, definition.by_code[section].item, language) if section else _("Ytterst")
    found = [(f"{section}|", _("%(section)s: först") % {"section": name})]
    for item in items:
        if item.code not in inside:
            label = short_label(definition, item, language)
            found.append(
                (f"{section}|{item.code}", _("%(section)s: efter ”%(item)s”") % {"section": name, "item": label})
            )
    return found


def palette(definition: Definition, language: str) -> list[tuple[str, str, list[Any]]]:
    """Return (code as it is written in a condition, what it asks, its values) for every answer."""
    return [
        (f"${{{question.code}}}", short_label(definition, question, language), _values(definition, question))
        for question in definition.questions
        if question.type != "note"
    ]


def _values(definition: Definition, question: Any) -> list[Any]:
    if question.type == "yes_no":
        return [("yes", _("Ja")), ("no", _("Nej"))]
    return [
        (option.value, definition.text(option.label, definition.language)) for option in definition.options(question)
    ]
