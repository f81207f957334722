"""Which answers decide what a block shows: when one of them changes, the block is drawn anew."""

from collections.abc import Iterator

from samverka.questionnaires.definition import Definition, Item, Question, Section
from samverka.questionnaires.enums import SectionKind
from samverka.questionnaires.expressions import parse, references
from samverka.surveys.blocks import Block


def drivers_of(definition: Definition, block: Block) -> set[str]:
    """Return the codes of questions whose answers change what a block shows."""
    waiting = [code for item in _all(block.items) for code in _read_by(item)]
    found: set[str] = set()
    while waiting:
        code = waiting.pop()
        placed = definition.by_code.get(code)
        if placed is None or code in found:
            continue
        found.add(code)
        if isinstance(placed.item, Question) and placed.item.calculation:
            waiting += references(parse(placed.item.calculation))
    return found


def _all(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, Section):
            yield from _all(item.items)


def _read_by(item: Item) -> Iterator[str]:
    """Yield the codes that decide how an item is shown; its own, where its answer is judged."""
    texts = [item.visible_if]
    if isinstance(item, Section):
        texts.append(item.count if item.kind == SectionKind.REPEAT else "")
    else:
        texts += [item.valid_if, item.warn_if, item.choice_filter]
        if item.valid_if or item.warn_if:
            yield item.code
    for text in texts:
        if text:
            yield from references(parse(text))
