"""An expression as a tree, and the text that reads back to the same tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Literal:
    """A number or a text."""

    value: Decimal | str


@dataclass(frozen=True)
class Reference:
    """The answer to the question with that variable code, or the rows of a repeated group."""

    code: str


@dataclass(frozen=True)
class Current:
    """The answer that is asked about: `.`."""


@dataclass(frozen=True)
class Attribute:
    """A column of the choices sheet, in a filter of choices: `kommun` in `${kommun} = kommun`."""

    name: str


@dataclass(frozen=True)
class Negative:
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Node", ...]


Node = Literal | Reference | Current | Attribute | Negative | Binary | Call

#: How tightly an operator binds, loosest first; all of them group from the left.
BINDING = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
_NEGATIVE = 7


def parts(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below `node`."""
    match node:
        case Binary(_, left, right):
            return (left, right)
        case Negative(operand):
            return (operand,)
        case Call(_, arguments):
            return arguments
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Return `node` and every node below it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(parts(found)))


def references(node: Node) -> set[str]:
    """Return the codes that the expression speaks of."""
    return {found.code for found in walk(node) if isinstance(found, Reference)}


def unparse(node: Node) -> str:
    """Return the expression as text; parsed again it is the same tree."""
    match node:
        case Binary(operator, left, right):
            tight = BINDING[operator]
            return f"{_inside(left, tight)} {operator} {_inside(right, tight + 1)}"
        case Negative(operand):
            return f"-{_inside(operand, _NEGATIVE)}"
        case Call(name, arguments):
            return f"{name}({', '.join(unparse(argument) for argument in arguments)})"
    return _leaf(node)


def _leaf(node: Literal | Reference | Current | Attribute) -> str:
    match node:
        case Literal(value):
            return _literal(value)
        case Reference(code):
            return f"${{{code}}}"
        case Attribute(name):
            return name
    return "."


def _inside(node: Node, needed: int) -> str:
    binding = {Binary: BINDING.get(getattr(node, "operator", ""), 0), Negative: _NEGATIVE}.get(type(node), 9)
    return unparse(node) if binding >= needed else f"({unparse(node)})"


def _literal(value: Decimal | str) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f'"{value}"' if "'" in value else f"'{value}'"
