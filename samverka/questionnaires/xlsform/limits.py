"""A highest number of choices in a workbook: a condition that every program keeps, and a column that says which."""

from decimal import Decimal

from ..expressions import ExpressionError, parse, unparse
from ..expressions.nodes import Binary, Call, Current, Literal


def _limit(most: int) -> Binary:
    return Binary("<=", Call("count-selected", (Current(),)), Literal(Decimal(most)))


def with_limit(condition: str, most: int) -> str:
    """Return a condition that also holds the highest number."""
    return unparse(Binary("and", parse(condition), _limit(most)) if condition else _limit(most))


def without_limit(condition: str, most: int) -> str:
    """Return the condition that `with_limit` was given; one that lacks the limit as it is."""
    try:
        found = parse(condition)
    except ExpressionError:
        return condition
    if found == _limit(most):
        return ""
    if isinstance(found, Binary) and found.operator == "and" and found.right == _limit(most):
        return unparse(found.left)
    return condition
