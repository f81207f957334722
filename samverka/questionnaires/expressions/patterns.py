r"""Regular expressions whose time is in proportion to the text, whatever the pattern: sets of states, no backtracking.

Signs, classes ([a-z], \d \w \s), `.`, groups, `|`, `* + ?` and {m,n}. No back-references and no looking around. A
pattern is held against the whole text, as XLSForm's regex() is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

LONGEST_PATTERN = 300
MOST_STATES = 1_000
LONGEST_TEXT = 2_000
MOST_REPEATS = 200

Test = Callable[[str], bool]
_CLASSES: dict[str, Test] = {
    "d": lambda sign: "0" <= sign <= "9",
    "w": lambda sign: sign.isalnum() or sign == "_",
    "s": str.isspace,
}
_SPECIAL = {"n": "\n", "t": "\t", "r": "\r"}


class PatternError(ValueError):
    """The pattern cannot be used; the message says why."""


@dataclass
class _State:
    """Where reading can be: it goes on for nothing to `free`, and by a sign that passes `test` to `to`."""

    free: list[int] = field(default_factory=list)
    test: Test | None = None
    to: int = 0


@dataclass(frozen=True)
class Pattern:
    """A pattern made ready."""

    states: tuple[_State, ...]
    start: int
    end: int

    def matches(self, text: str) -> bool:
        """Return whether the whole text follows the pattern; a text that is too long to try does not."""
        if len(text) > LONGEST_TEXT:
            return False
        now = self._free({self.start})
        for sign in text:
            now = self._free({s.to for s in (self.states[n] for n in now) if s.test is not None and s.test(sign)})
            if not now:
                return False
        return self.end in now

    def _free(self, found: set[int]) -> set[int]:
        waiting = list(found)
        while waiting:
            for free in self.states[waiting.pop()].free:
                if free not in found:
                    found.add(free)
                    waiting.append(free)
        return found


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """Return the pattern made ready. Raises PatternError."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(_("Mönstret är för långt: högst %(most)d tecken.") % {"most": LONGEST_PATTERN})
    return _Builder(pattern).pattern()


class _Builder:
    """Reads a pattern and builds its states; a piece is the pair of its first and last state."""

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("^")
        if self._text.endswith("$") and not self._text.endswith("\\$"):
            self._text = self._text[:-1]
        self._at = 0
        self._states: list[_State] = []

    def pattern(self) -> Pattern:
        start, end = self._alternatives(0)
        if self._at < len(self._text):
            raise self._error()
        return Pattern(tuple(self._states), start, end)

    def _error(self) -> PatternError:
        rest = self._text[self._at : self._at + 10]
        return PatternError(_("Mönstret går inte att läsa vid ”%(rest)s”.") % {"rest": rest})

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _take(self) -> str:
        sign = self._peek()
        if not sign:
            raise self._error()
        self._at += 1
        return sign

    def _state(self) -> int:
        if len(self._states) >= MOST_STATES:
            raise PatternError(_("Mönstret upprepar för mycket."))
        self._states.append(_State())
        return len(self._states) - 1

    def _join(self, first: int, *then: int) -> None:
        self._states[first].free.extend(then)

    def _alternatives(self, depth: int) -> tuple[int, int]:
        if depth > 20:
            raise self._error()
        start, end = self._state(), self._state()
        while True:
            first, last = self._sequence(depth)
            self._join(start, first)
            self._join(last, end)
            if self._peek() != "|":
                return start, end
            self._take()

    def _sequence(self, depth: int) -> tuple[int, int]:
        start = last = self._state()
        while self._peek() not in {"", "|", ")"}:
            began = self._at
            piece = self._atom(depth)
            least, most = self._times()
            after = self._at
            last = self._repeated(last, piece, (began, depth), least, most)
            self._at = after
        return start, last

    def _again(self, began: int, depth: int) -> tuple[int, int]:
        self._at = began
        return self._atom(depth)

    def _repeated(self, last: int, piece: tuple[int, int], again: tuple[int, int], least: int, most: int | None) -> int:
        """Join the piece on, made anew for each time; `most` None is any number of times."""
        end = self._state()
        for number in range(max(least, most or 1)):
            first, tail = piece if number == 0 else self._again(*again)
            if number >= least:
                self._join(last, end)
            self._join(last, first)
            last = tail
            if most is None and number >= least - 1:
                self._join(last, first)
        self._join(last, end)
        return end

    def _times(self) -> tuple[int, int | None]:
        match self._peek():
            case "*":
                found: tuple[int, int | None] = (0, None)
            case "+":
                found = (1, None)
            case "?":
                found = (0, 1)
            case "{":
                return self._braces()
            case _:
                return 1, 1
        self._take()
        return self._single(found)

    def _single(self, found: tuple[int, int | None]) -> tuple[int, int | None]:
        if self._peek() in {"*", "+", "?", "{"}:
            raise self._error()
        return found

    def _braces(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        least, comma, most = self._text[self._at + 1 : end].partition(",")
        counts = [part for part in (least, most) if part]
        if end < 0 or not (least or comma) or not all(part.isascii() and part.isdigit() for part in counts):
            raise self._error()
        low = int(least or 0)
        high = (int(most) if most else None) if comma else low
        if max(low, high or 0) > MOST_REPEATS or (high is not None and (high < low or high == 0)):
            raise PatternError(_("Mönstret upprepar för mycket."))
        self._at = end + 1
        return self._single((low, high))

    def _atom(self, depth: int) -> tuple[int, int]:
        match self._take():
            case "(":
                return self._group(depth)
            case "[":
                return self._one(self._set())
            case ".":
                return self._one(lambda sign: sign != "\n")
            case "\\":
                return self._one(self._escaped())
            case sign if sign in "*+?{}|)]^$":
                self._at -= 1
                raise self._error()
            case sign:
                return self._one(sign.__eq__)

    def _one(self, test: Test) -> tuple[int, int]:
        first, last = self._state(), self._state()
        self._states[first].test, self._states[first].to = test, last
        return first, last

    def _group(self, depth: int) -> tuple[int, int]:
        if self._text.startswith("?:", self._at):
            self._at += 2
        elif self._peek() == "?":
            raise self._error()
        piece = self._alternatives(depth + 1)
        if self._take() != ")":
            self._at -= 1
            raise self._error()
        return piece

    def _escaped(self) -> Test:
        sign = self._take()
        if test := _CLASSES.get(sign.lower()):
            return test if sign.islower() else (lambda found: not test(found))
        if sign.isalnum() and sign not in _SPECIAL:
            self._at -= 1
            raise self._error()
        return _SPECIAL.get(sign, sign).__eq__

    def _set(self) -> Test:
        refusing = self._peek() == "^"
        self._at += refusing
        tests: list[Test] = []
        while (sign := self._take()) != "]" or not tests:
            tests.append(self._in_set(sign))
        if refusing:
            return lambda found: not any(test(found) for test in tests)
        return lambda found: any(test(found) for test in tests)

    def _in_set(self, sign: str) -> Test:
        if sign == "\\":
            return self._escaped()
        if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in {"", "]"}:
            self._take()
            last = self._take()
            if last == "\\":
                last = self._take()
            if last < sign:
                raise self._error()
            return lambda found: sign <= found <= last
        return sign.__eq__
