"""What values are while an expression is evaluated, and how one kind is read as another.

No answer, "vet inte" and "ej aktuellt" are all `None` here. Missing is stated: it equals the empty text and itself and
nothing else, it is neither more nor less than anything, what is counted with it is missing, and as a condition it is
false.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Context, Decimal

Value = None | bool | Decimal | str | datetime.date | tuple[str, ...]

LONGEST_TEXT = 10_000
#: Without traps: what cannot be computed becomes NaN or infinity, which is missing.
_ARITHMETIC = Context(prec=28, rounding=ROUND_HALF_UP, Emin=-400, Emax=400, traps=[])
_NUMBER = re.compile(r"\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})\s*\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_EPOCH = datetime.date(1970, 1, 1)


def known(number: Decimal) -> Decimal | None:
    """Return the number, or None where it is none."""
    return number if number.is_finite() else None


def as_number(value: Value) -> Decimal | None:
    """Return the value as a number; a date as days since 1970."""
    match value:
        case bool():
            return Decimal(int(value))
        case Decimal():
            return value
        case str():
            return _ARITHMETIC.create_decimal(value.strip()) if _NUMBER.match(value) else None
        case datetime.date():
            return Decimal((value - _EPOCH).days)
        case tuple():
            return as_number(" ".join(value))
    return None


def as_text(value: Value) -> str:
    """Return the value as text; several chosen values with a space between."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value.normalize(_ARITHMETIC):f}" if value else "0"
        case datetime.date():
            return value.isoformat()
        case tuple():
            return " ".join(value)
    return value


def as_condition(value: Value) -> bool:
    """Return whether the value holds as a condition: missing, 0, no text and nothing chosen do not."""
    return bool(value)


def as_date(value: Value) -> datetime.date | None:
    """Return a date: of a date, a text as 2027-03-12, or days since 1970."""
    match value:
        case datetime.date():
            return value
        case str() if _DATE.match(value):
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                return None
        case Decimal():
            return later(_EPOCH, value)
    return None


def as_chosen(value: Value) -> tuple[str, ...]:
    """Return the chosen values of an answer."""
    return value if isinstance(value, tuple) else tuple(as_text(value).split()) if value is not None else ()


def later(day: datetime.date, days: Decimal) -> datetime.date | None:
    """Return the date so many whole days after `day`, or None outside the calendar."""
    try:
        return day + datetime.timedelta(days=int(days))
    except (OverflowError, ValueError):
        return None


def equal(left: Value, right: Value) -> bool:
    """Return whether two values are the same: as truth, numbers, dates or texts, by what the two are."""
    if isinstance(left, bool) or isinstance(right, bool):
        return as_condition(left) == as_condition(right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        one, other = as_number(left), as_number(right)
        return one is not None and one == other
    if isinstance(left, datetime.date) or isinstance(right, datetime.date):
        day = as_date(left)
        return day is not None and day == as_date(right)
    return as_text(left) == as_text(right)


def ordered(left: Value, right: Value) -> tuple[Decimal, Decimal] | None:
    """Return two values as numbers to compare, or None where one is missing or is no number."""
    if isinstance(left, datetime.date) or isinstance(right, datetime.date):
        left, right = as_date(left), as_date(right)
    one, other = as_number(left), as_number(right)
    return None if one is None or other is None else (one, other)


def computed(operator: str, left: Value, right: Value) -> Value:
    """Return the result of + - * div mod; a date plus or minus days is a date, two dates apart are days."""
    if operator in {"+", "-"} and isinstance(left, datetime.date) and not isinstance(right, datetime.date):
        days = as_number(right)
        return None if days is None else later(left, days if operator == "+" else -days)
    one, other = as_number(left), as_number(right)
    if one is None or other is None:
        return None
    return known(_counted(operator, one, other))


def _counted(operator: str, one: Decimal, other: Decimal) -> Decimal:
    match operator:
        case "+":
            return _ARITHMETIC.add(one, other)
        case "-":
            return _ARITHMETIC.subtract(one, other)
        case "*":
            return _ARITHMETIC.multiply(one, other)
        case "div":
            return _ARITHMETIC.divide(one, other)
    return _ARITHMETIC.remainder(one, other)


def rounded(number: Decimal, digits: int) -> Decimal | None:
    """Return the number with so many decimals, halves away from zero."""
    return known(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _ARITHMETIC))
