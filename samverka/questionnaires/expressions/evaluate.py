"""The one evaluator: the same on the page, in validation and at import."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .functions import FUNCTIONS, OVER_ROWS
from .nodes import Attribute, Binary, Call, Current, Literal, Negative, Node, Reference
from .parser import parse
from .values import Value, as_condition, as_number, computed, equal, ordered


@dataclass(frozen=True)
class Scope:
    """What an expression can see: answers by code, rows of repeated groups by code, the answer it stands at (`.`), the
    columns of the choice that is filtered, and the day.
    """

    values: Mapping[str, Value]
    rows: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    current: Value = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    today: datetime.date = datetime.date(1970, 1, 1)


def holds(text: str, scope: Scope) -> bool:
    """Return whether a condition, as text, holds. Raises ExpressionError for text that is none."""
    return as_condition(evaluate(tree(text), scope))


@lru_cache(maxsize=4096)
def tree(text: str) -> Node:
    """Return the tree of an expression that is used again and again."""
    return parse(text)


def evaluate(node: Node, scope: Scope) -> Value:
    """Return the value of the expression."""
    match node:
        case Binary():
            return _binary(node, scope)
        case Call():
            return _call(node, scope)
        case Negative(operand):
            number = as_number(evaluate(operand, scope))
            return None if number is None else -number
    return _told(node, scope)


def _told(node: Literal | Reference | Current | Attribute, scope: Scope) -> Value:
    match node:
        case Literal(value):
            return value
        case Reference(code):
            return scope.values.get(code)
        case Attribute(name):
            return scope.attributes.get(name)
    return scope.current


def _binary(node: Binary, scope: Scope) -> Value:
    left = evaluate(node.left, scope)
    match node.operator:
        case "and":
            return as_condition(left) and as_condition(evaluate(node.right, scope))
        case "or":
            return as_condition(left) or as_condition(evaluate(node.right, scope))
    right = evaluate(node.right, scope)
    match node.operator:
        case "=":
            return equal(left, right)
        case "!=":
            return not equal(left, right)
        case "<" | "<=" | ">" | ">=":
            return _compared(node.operator, left, right)
    return computed(node.operator, left, right)


def _compared(operator: str, left: Value, right: Value) -> bool:
    pair = ordered(left, right)
    if pair is None:
        return False
    one, other = pair
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[operator]


def _call(node: Call, scope: Scope) -> Value:
    match node.name:
        case "today":
            return scope.today
        case "if":
            condition, then, otherwise = node.arguments
            return evaluate(then if as_condition(evaluate(condition, scope)) else otherwise, scope)
    arguments: list[Value] = []
    for argument in node.arguments:
        if node.name in OVER_ROWS and isinstance(argument, Reference) and argument.code in scope.rows:
            arguments.extend(scope.rows[argument.code])
        else:
            arguments.append(evaluate(argument, scope))
    # A group without rows leaves nothing to call with.
    return FUNCTIONS[node.name].call(*arguments)
