"""In which order values become known: a calculated field after what it counts, a question after what shows it."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from .definition import Definition, Item, Placed, Question
from .expressions import parse, references


class Circle(ValueError):
    """Two things wait for each other; `codes` are those in the circle."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(" ".join(codes))
        self.codes = codes


def order_of_evaluation(definition: Definition) -> tuple[str, ...]:
    """Return the codes of every item, each after what it waits for and otherwise as they stand. Raises Circle."""
    owners = {code: placed.item.code for placed in definition.placed for code in _codes(placed.item)}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for placed in definition.placed:
        sorter.add(placed.item.code, *(owners.get(code, code) for code in _waits_for(definition, placed)))
    try:
        ordered = list(sorter.static_order())
    except CycleError as error:
        raise Circle(tuple(error.args[1])) from error
    return tuple(code for code in ordered if code in definition.by_code)


def _codes(item: Item) -> Iterator[str]:
    yield item.code
    if isinstance(item, Question) and item.or_other:
        yield item.other_code


def _waits_for(definition: Definition, placed: Placed) -> Iterator[str]:
    item = placed.item
    yield from (section.code for section in placed.within)
    for text in (item.visible_if, item.calculation if isinstance(item, Question) else item.count):
        if text:
            yield from references(parse(text))
