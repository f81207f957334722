"""The functions of the language: how many arguments each takes, and what it gives.

Rows are the answers of a repeated group, one for each row; only the functions in `OVER_ROWS` take them.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .patterns import compiled
from .values import LONGEST_TEXT, Value, as_chosen, as_condition, as_date, as_number, as_text, known, rounded

_HIGHEST_ROUNDING = 10


@dataclass(frozen=True)
class Function:
    """What a function gives for its arguments, of which there are `least` to `most` (None: any number)."""

    call: Callable[..., Value]
    least: int
    most: int | None

    def takes(self, count: int) -> bool:
        """Return whether so many arguments are right."""
        return count >= self.least and (self.most is None or count <= self.most)


def _numbers(values: Sequence[Value]) -> list[Decimal]:
    return [number for value in values if (number := as_number(value)) is not None]


def _sum(*values: Value) -> Value:
    found = _numbers(values)
    return known(sum(found, Decimal(0))) if found else None


def _least(*values: Value) -> Value:
    return min(_numbers(values), default=None)


def _greatest(*values: Value) -> Value:
    return max(_numbers(values), default=None)


def _answered(*values: Value) -> Value:
    return Decimal(sum(bool(as_text(value)) for value in values))


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if as_text(value)), None)


def _concat(*values: Value) -> Value:
    return "".join(as_text(value) for value in values)[:LONGEST_TEXT]


def _selected(chosen: Value, value: Value) -> Value:
    return as_text(value) in as_chosen(chosen)


def _selected_at(chosen: Value, place: Value) -> Value:
    found, number = as_chosen(chosen), as_number(place)
    return found[int(number)] if number is not None and 0 <= number < len(found) else None


def _round(value: Value, digits: Value = Decimal(0)) -> Value:
    number, places = as_number(value), as_number(digits)
    if number is None or places is None or abs(places) > _HIGHEST_ROUNDING:
        return None
    return rounded(number, int(places))


def _int(value: Value) -> Value:
    number = as_number(value)
    return None if number is None else known(number.to_integral_value("ROUND_DOWN"))


def _abs(value: Value) -> Value:
    number = as_number(value)
    return None if number is None else abs(number)


def _regex(value: Value, pattern: Value) -> Value:
    return compiled(as_text(pattern)).matches(as_text(value))


def _substring(value: Value, start: Value, end: Value = None) -> Value:
    first, last = as_number(start), as_number(end)
    if first is None:
        return None
    return as_text(value)[max(int(first), 0) : None if last is None else max(int(last), 0)]


def _days(value: Value) -> Value:
    day = as_date(value)
    return None if day is None else Decimal((day - datetime.date(1970, 1, 1)).days)


FUNCTIONS: dict[str, Function] = {
    "true": Function(lambda: True, 0, 0),
    "false": Function(lambda: False, 0, 0),
    "not": Function(lambda value: not as_condition(value), 1, 1),
    "boolean": Function(as_condition, 1, 1),
    "number": Function(as_number, 1, 1),
    "string": Function(as_text, 1, 1),
    "int": Function(_int, 1, 1),
    "round": Function(_round, 1, 2),
    "abs": Function(_abs, 1, 1),
    "coalesce": Function(_coalesce, 1, None),
    "concat": Function(_concat, 1, None),
    "string-length": Function(lambda value: Decimal(len(as_text(value))), 1, 1),
    "contains": Function(lambda value, part: as_text(part) in as_text(value), 2, 2),
    "starts-with": Function(lambda value, part: as_text(value).startswith(as_text(part)), 2, 2),
    "ends-with": Function(lambda value, part: as_text(value).endswith(as_text(part)), 2, 2),
    "substr": Function(_substring, 2, 3),
    "regex": Function(_regex, 2, 2),
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(lambda chosen: Decimal(len(as_chosen(chosen))), 1, 1),
    "date": Function(as_date, 1, 1),
    "decimal-date-time": Function(_days, 1, 1),
    "sum": Function(_sum, 1, None),
    "min": Function(_least, 1, None),
    "max": Function(_greatest, 1, None),
    "count": Function(lambda *rows: Decimal(len(rows)), 1, 1),
    "count-non-empty": Function(_answered, 1, None),
    # Evaluated apart: `if` takes the way that is chosen only, `today` is told by whoever asks.
    "if": Function(lambda _condition, then, _otherwise: then, 3, 3),
    "today": Function(lambda: None, 0, 0),
}
OVER_ROWS = frozenset({"sum", "min", "max", "count", "count-non-empty"})
#: `count` is of rows only: the count of a single answer is said by count-non-empty.
ROWS_ONLY = frozenset({"count"})
