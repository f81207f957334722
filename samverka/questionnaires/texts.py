"""Every text of a definition by where it stands, so that what misses a language can be found and filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from .definition import ChoiceList, Definition, Item, Section, Texts

TITLE, ITEM, OPTION = "title", "item", "option"
#: What each text of an item is called to the person who writes it.
NAMES: Mapping[str, Any] = {
    "label": _("Text"),
    "help": _("Hjälptext"),
    "definition": _("Vad som menas"),
    "counts": _("Det här räknas"),
    "counts_not": _("Det här räknas inte"),
    "required_message": _("Sägs när svar saknas"),
    "valid_message": _("Sägs när svaret inte stämmer"),
    "warn_message": _("Sägs som varning"),
    "unit": _("Enhet"),
    "low": _("Ord vid skalans början"),
    "high": _("Ord vid skalans slut"),
    "suits": _("Vem det passar"),
}


@dataclass(frozen=True)
class TextPlace:
    """Where a text stands: of the title, of an item's part, or of the choice at a place in a list."""

    kind: str
    where: str = ""
    part: str = "label"
    place: int = 0

    @property
    def key(self) -> str:
        """How the place is written as the name of a field."""
        return ":".join([self.kind, self.where, self.part, str(self.place)])


def text_places(definition: Definition) -> Iterator[tuple[TextPlace, Texts]]:
    """Return every text that is said in some language, in the order of the questionnaire, lists last."""
    yield TextPlace(TITLE), definition.title
    for placed in definition.placed:
        for part in _parts(placed.item):
            if any(text.strip() for text in getattr(placed.item, part).values()):
                yield TextPlace(ITEM, placed.item.code, part), getattr(placed.item, part)
    for found in definition.lists:
        for place, option in enumerate(found.options):
            yield TextPlace(OPTION, found.name, "label", place), option.label


def untranslated(definition: Definition) -> list[tuple[TextPlace, Texts, list[str]]]:
    """Return (where, the texts there, the languages that are missing)."""
    codes = [language.code for language in definition.languages]
    found = [
        (place, texts, [code for code in codes if not texts.get(code, "").strip()])
        for place, texts in text_places(definition)
    ]
    return [(place, texts, missing) for place, texts, missing in found if missing]


def fill_in(definition: Definition, given: Mapping[tuple[str, str], str]) -> Definition:
    """Set texts that are missing: {(key of the place, language): text}. A text that is there already stays."""
    wanted: dict[str, dict[str, str]] = {}
    for place, texts, missing in untranslated(definition):
        new = {code: given[(place.key, code)] for code in missing if given.get((place.key, code), "").strip()}
        if new:
            wanted[place.key] = dict(texts) | new
    return replace(
        definition,
        title=wanted.get(TextPlace(TITLE).key, definition.title),
        items=tuple(_filled(item, wanted) for item in definition.items),
        lists=tuple(_filled_list(found, wanted) for found in definition.lists),
    )


def already_said(definition: Definition, given: Mapping[tuple[str, str], str]) -> list[tuple[TextPlace, str, str, str]]:
    """Return (where, language, what stands there, what was given) for texts that somebody else has filled in."""
    return [
        (place, code, texts[code], given[(place.key, code)].strip())
        for place, texts in text_places(definition)
        for code in texts
        if texts[code].strip() and given.get((place.key, code), "").strip() not in {"", texts[code].strip()}
    ]


def _parts(item: Item) -> list[str]:
    return [field.name for field in fields(item) if field.name in NAMES]


def _filled(item: Item, wanted: Mapping[str, dict[str, str]]) -> Item:
    found = {part: TextPlace(ITEM, item.code, part).key for part in _parts(item)}
    changed: dict[str, Any] = {part: wanted[key] for part, key in found.items() if key in wanted}
    if isinstance(item, Section):
        changed["items"] = tuple(_filled(inner, wanted) for inner in item.items)
    return replace(item, **changed)


def _filled_list(found: ChoiceList, wanted: Mapping[str, dict[str, str]]) -> ChoiceList:
    keys = [TextPlace(OPTION, found.name, "label", place).key for place in range(len(found.options))]
    options = tuple(
        replace(option, label=wanted.get(key, option.label)) for option, key in zip(found.options, keys, strict=True)
    )
    return replace(found, options=options)
