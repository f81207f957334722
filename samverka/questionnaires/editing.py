"""Changes to a definition: each takes one and returns another, and leaves codes and names of lists unique.

What comes out may have faults (`checking.py`): a draft is allowed to, a published version is not.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from django.utils.translation import gettext as _

from .checking import CODE
from .definition import ChoiceList, Definition, Item, Question, Section
from .enums import SectionKind

Change = Callable[[Definition], Definition]


class EditingError(ValueError):
    """The change cannot be made; the message says why, `field` is the part of the item that it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def item_of(definition: Definition, code: str) -> Item:
    """Return the item with that code. Raises EditingError."""
    if code not in definition.by_code:
        raise EditingError(_("”%(code)s” finns inte längre i utkastet.") % {"code": code})
    return definition.by_code[code].item


def around(definition: Definition, code: str) -> str:
    """Return the code of the section that an item stands in, "" for the outermost level."""
    item_of(definition, code)
    within = definition.by_code[code].within
    return within[-1].code if within else ""


def siblings(definition: Definition, section: str) -> tuple[Item, ...]:
    """Return what stands in a section, "" for the outermost level. Raises EditingError for what is no section."""
    if not section:
        return definition.items
    found = item_of(definition, section)
    if not isinstance(found, Section):
        raise EditingError(_("”%(code)s” är inget avsnitt.") % {"code": section})
    return found.items


def add_item(definition: Definition, item: Item, *, into: str = "", place: int | None = None) -> Definition:
    """Put an item in a section, last or at that place."""
    _refuse_taken(definition, item)
    there = list(siblings(definition, into))
    there.insert(len(there) if place is None else place, item)
    return _with(definition, into, there)


def remove_item(definition: Definition, code: str) -> Definition:
    """Take away an item, and with a section what is in it."""
    item_of(definition, code)
    section = around(definition, code)
    return _with(definition, section, [item for item in siblings(definition, section) if item.code != code])


def replace_item(definition: Definition, code: str, item: Item) -> Definition:
    """Put `item` in the place of the one with that code. If its code is another, what speaks of it follows."""
    old = item_of(definition, code)
    if item.code != code:
        _refuse_taken(remove_item(definition, code), item)
    section = around(definition, code)
    there = [item if found is old else found for found in siblings(definition, section)]
    return renamed_in(_with(definition, section, there), {code: item.code})


def shift_item(definition: Definition, code: str, steps: int) -> Definition:
    """Move an item up (-1) or down (1) where it stands; at the end it stays."""
    item = item_of(definition, code)
    section = around(definition, code)
    there = list(siblings(definition, section))
    here = there.index(item)
    there.insert(min(max(here + steps, 0), len(there) - 1), there.pop(here))
    return _with(definition, section, there)


def move_item(definition: Definition, code: str, *, into: str = "", place: int | None = None) -> Definition:
    """Move an item to a section, last or at that place. A section cannot be moved into itself."""
    item = item_of(definition, code)
    siblings(definition, into)
    if into == code or (into and any(found.code == code for found in definition.by_code[into].within)):
        raise EditingError(_("Ett avsnitt kan inte flyttas in i sig självt."), "into")
    return add_item(remove_item(definition, code), item, into=into, place=place)


def copy_item(definition: Definition, code: str) -> Definition:
    """Put a copy right after an item, with codes of its own; what speaks of itself inside speaks of the copy."""
    item = item_of(definition, code)
    new = copied_codes(definition, code)
    section = around(definition, code)
    here = siblings(definition, section).index(item)
    return add_item(definition, _copied(item, new), into=section, place=here + 1)


def copied_codes(definition: Definition, code: str) -> dict[str, str]:
    """Return {code: code of its copy} for an item and what is in it."""
    taken = set(definition.by_code)
    new: dict[str, str] = {}
    for found in _inside(item_of(definition, code)):
        new[found.code] = free_code(found.code, taken)
        taken.add(new[found.code])
    return new


def free_code(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or it with the first number that is free."""
    used, stem = set(taken), re.sub(r"_\d+\Z", "", wanted)[:75]
    if wanted not in used:
        return wanted
    return next(code for number in range(2, len(used) + 3) if (code := f"{stem}_{number}") not in used)


def put_list(definition: Definition, name: str, found: ChoiceList) -> Definition:
    """Put a list in the place of the one called `name`, last if there is none; questions follow a new name."""
    if not CODE.match(found.name):
        raise EditingError(_("Listans namn får bara ha a–z, siffror, _ . och -, och börjar med en bokstav."), "name")
    if found.name != name and found.name in definition.options_by_list:
        raise EditingError(_("Det finns redan en lista som heter %(name)s.") % {"name": found.name}, "name")
    lists = tuple(found if one.name == name else one for one in definition.lists)
    if name not in definition.options_by_list:
        lists = (*definition.lists, found)
    follow = _each(lambda item: replace(item, choices=found.name) if _uses(item, name) else item)
    return replace(definition, lists=lists, items=follow(definition.items) if name else definition.items)


def remove_list(definition: Definition, name: str) -> Definition:
    """Take away a list that no question uses."""
    if name not in definition.options_by_list:
        raise EditingError(_("Listan %(name)s finns inte längre.") % {"name": name})
    if users := [question.code for question in definition.questions if _uses(question, name)]:
        raise EditingError(_("Listan används av %(codes)s.") % {"codes": ", ".join(users)})
    return replace(definition, lists=tuple(one for one in definition.lists if one.name != name))


def renamed_in(definition: Definition, new: dict[str, str]) -> Definition:
    """Let every condition, calculation and text that shows an answer speak of new codes: ${old} becomes ${new}."""
    changed = {old: code for old, code in new.items() if old != code}
    if not changed:
        return definition
    return replace(definition, items=_each(lambda item: _spoken(item, changed))(definition.items))


def speaking_of(definition: Definition, code: str) -> list[Item]:
    """Return the items whose conditions, calculations or texts speak of an item or of what is in it."""
    gone = {found.code for found in _inside(item_of(definition, code))}
    spoken = re.compile(r"\$\{\s*(" + "|".join(map(re.escape, gone)) + r")(_other)?\s*\}")
    return [
        placed.item
        for placed in definition.placed
        if placed.item.code not in gone and any(spoken.search(text) for text in _texts(placed.item))
    ]


def _refuse_taken(definition: Definition, item: Item) -> None:
    for found in _inside(item):
        if not CODE.match(found.code):
            raise EditingError(_("Koden får bara ha a–z, siffror, _ . och -, och börjar med en bokstav."), "code")
        if found.code in definition.by_code:
            raise EditingError(_("Koden %(code)s finns redan. Välj en annan.") % {"code": found.code}, "code")


def _inside(item: Item) -> list[Item]:
    found = [item]
    for inner in item.items if isinstance(item, Section) else ():
        found += _inside(inner)
    return found


def _with(definition: Definition, section: str, items: Sequence[Item]) -> Definition:
    """Return the definition with these items in a section."""
    if not section:
        return replace(definition, items=tuple(items))
    put = _each(lambda item: replace(item, items=tuple(items)) if item.code == section else item)
    return replace(definition, items=put(definition.items))


def _each(change: Callable[[Any], Any]) -> Callable[[tuple[Item, ...]], tuple[Item, ...]]:
    """Return what applies `change` to every item, the innermost first."""

    def all_of(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            change(replace(item, items=all_of(item.items)) if isinstance(item, Section) else item) for item in items
        )

    return all_of


def _uses(item: Item, name: str) -> bool:
    return isinstance(item, Question) and bool(name) and item.choices == name


def _copied(item: Item, new: dict[str, str]) -> Item:
    spoken = _spoken(replace(item, code=new[item.code]), new)
    if isinstance(spoken, Section):
        return replace(spoken, items=tuple(_copied(inner, new) for inner in spoken.items))
    return spoken


def _spoken(item: Item, new: dict[str, str]) -> Item:
    """Return one item whose own texts speak of the new codes."""
    told = new | {f"{old}_other": f"{code}_other" for old, code in new.items()}
    pattern = re.compile(r"\$\{\s*(" + "|".join(map(re.escape, told)) + r")\s*\}")

    def follow(text: str) -> str:
        return pattern.sub(lambda found: f"${{{told[found[1]]}}}", text)

    changed: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in {"code", "items"}:
            continue
        if isinstance(value, str) and "${" in value:
            changed[field.name] = follow(value)
        elif isinstance(value, dict) and any("${" in text for text in value.values()):
            changed[field.name] = {language: follow(text) for language, text in value.items()}
    return replace(item, **changed) if changed else item


def _texts(item: Item) -> list[str]:
    found: list[str] = []
    for field in fields(item):
        value = getattr(item, field.name)
        found += [value] if isinstance(value, str) else value.values() if isinstance(value, dict) else []
    return found


def kinds_of_sections(definition: Definition, section: str) -> list[SectionKind]:
    """Return the kinds of sections that may be put in a section: no repeated group in another, nothing in a table."""
    found = definition.by_code.get(section)
    inside = [part.kind for part in (*found.within, found.item) if isinstance(part, Section)] if found else []
    if SectionKind.MATRIX in inside:
        return []
    return [kind for kind in SectionKind if kind != SectionKind.REPEAT or SectionKind.REPEAT not in inside]
