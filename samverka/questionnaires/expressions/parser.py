"""From text to tree. Limits stand here: what is too long or too deep is refused before it is ever evaluated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .nodes import BINDING, Attribute, Binary, Call, Current, Literal, Negative, Node, Reference

LONGEST = 5_000
MOST_TOKENS = 1_500
DEEPEST = 100

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d{1,30}(?:\.\d{1,30})?|\.\d{1,30})
    | (?P<text>'[^']*'|"[^"]*")
    | \$\{\s*(?P<reference>[A-Za-z_][A-Za-z0-9_.-]*)\s*\}
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:[:-][A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<sign>!=|<=|>=|[=<>+\-*(),]|\.(?!\.))
    )""",
    re.VERBOSE,
)
_END = re.compile(r"\s*\Z")
#: Names that mean the same as another.
_SAME = {"count_selected": "count-selected", "selected_at": "selected-at", "matches": "regex"}


class ExpressionError(ValueError):
    """The expression cannot be read; the message says where and why."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str) -> Node:
    """Return the tree of an expression. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(_("Villkoret är för långt: högst %(most)d tecken.") % {"most": LONGEST})
    return _Parser(list(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    for _number in range(MOST_TOKENS):
        if _END.match(text, at):
            yield _Token("end", "", len(text))
            return
        found = _TOKEN.match(text, at)
        if not found or not found.lastgroup:
            rest = text[at:].strip()[:12]
            raise ExpressionError(_("”%(rest)s” går inte att läsa i ett villkor.") % {"rest": rest})
        yield _Token(found.lastgroup, found[found.lastgroup], at)
        at = found.end()
    raise ExpressionError(_("Villkoret har för många delar."))


class _Parser:
    """Reads operators by how tightly they bind. Depth is counted where one expression stands inside another."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def whole(self) -> Node:
        node, _depth = self._expression(1)
        if self._now.kind != "end":
            raise self._error()
        return node

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._now
        self._at += 1
        return token

    def _error(self) -> ExpressionError:
        if self._now.kind == "end":
            return ExpressionError(_("Villkoret slutar för tidigt."))
        said = {"text": self._now.text, "at": self._now.at + 1}
        return ExpressionError(_("”%(text)s” står fel i villkoret (tecken %(at)d).") % said)

    def _expression(self, loosest: int) -> tuple[Node, int]:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._too_deep()
        node, depth = self._unary()
        while (operator := self._operator()) and BINDING[operator] >= loosest:
            self._take()
            right, below = self._expression(BINDING[operator] + 1)
            node, depth = Binary(operator, node, right), self._deeper(depth, below)
        self._depth -= 1
        return node, depth

    def _operator(self) -> str:
        token = self._now
        return token.text if token.kind in {"sign", "name"} and token.text in BINDING else ""

    def _unary(self) -> tuple[Node, int]:
        minuses = 0
        while self._now.kind == "sign" and self._now.text == "-":
            self._take()
            minuses += 1
        node, depth = self._primary()
        for _minus in range(minuses):
            node, depth = Negative(node), self._deeper(depth)
        return node, depth

    def _primary(self) -> tuple[Node, int]:
        token = self._now
        if token.kind == "end":
            raise self._error()
        self._take()
        match token.kind, token.text:
            case "number", text:
                return Literal(Decimal(text)), 1
            case "text", text:
                return Literal(text[1:-1]), 1
            case "reference", code:
                return Reference(code), 1
            case "sign", ".":
                return Current(), 1
            case "sign", "(":
                found = self._expression(1)
                self._expect(")")
                return found
            case "name", name if name not in BINDING:
                return self._call(name) if self._now.text == "(" and self._now.kind == "sign" else (Attribute(name), 1)
        self._at -= 1
        raise self._error()

    def _call(self, name: str) -> tuple[Node, int]:
        self._take()
        arguments: list[Node] = []
        deepest = 0
        while not (self._now.kind == "sign" and self._now.text == ")"):
            if arguments:
                self._expect(",")
            node, depth = self._expression(1)
            arguments.append(node)
            deepest = max(deepest, depth)
        self._take()
        return Call(_SAME.get(name, name), tuple(arguments)), self._deeper(deepest)

    def _expect(self, sign: str) -> None:
        if self._now.kind != "sign" or self._now.text != sign:
            raise self._error()
        self._take()

    def _deeper(self, *depths: int) -> int:
        depth = max(depths, default=0) + 1
        if depth > DEEPEST:
            raise self._too_deep()
        return depth

    @staticmethod
    def _too_deep() -> ExpressionError:
        return ExpressionError(_("Villkoret har för många led i varandra. Dela upp det i beräknade fält."))
