"""What is wrong with an expression before anybody answers: unknown names, wrong number of arguments, bad patterns."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .functions import FUNCTIONS, OVER_ROWS, ROWS_ONLY
from .nodes import Attribute, Call, Current, Literal, Node, Reference, parts
from .parser import ExpressionError, parse
from .patterns import PatternError, compiled


@dataclass(frozen=True)
class Known:
    """What the expression may speak of where it stands: single answers, answers and groups that have rows, whether
    there is an answer it stands at (`.`), and the columns of choices.
    """

    single: Collection[str]
    rows: Collection[str] = ()
    current: bool = False
    attributes: Collection[str] = ()


def check_expression(text: str, known: Known) -> list[str]:
    """Return what is wrong with the expression, as sentences; none when it can be used."""
    try:
        return list(dict.fromkeys(_faults(parse(text), known)))
    except ExpressionError as error:
        return [str(error)]


def _faults(node: Node, known: Known, over_rows: str = "") -> Iterator[str]:
    match node:
        case Reference(code):
            yield from _reference_fault(code, known, over_rows)
        case Current() if not known.current:
            yield _("”.” betyder frågans eget svar och kan inte stå här.")
        case Attribute(name) if name not in known.attributes:
            yield _("”%(name)s” är ingenting känt. Svaret på en fråga skrivs ${%(name)s}, text inom ' '.") % {
                "name": name
            }
        case Call(name, arguments):
            yield from _call_faults(name, arguments)
    inner = node.name if isinstance(node, Call) and node.name in OVER_ROWS else ""
    for part in parts(node):
        yield from _faults(part, known, inner)


def _reference_fault(code: str, known: Known, over_rows: str) -> Iterator[str]:
    said = {"code": code}
    if code in known.single:
        if over_rows in ROWS_ONLY:
            yield _("count() räknar rader i en upprepad grupp, och ${%(code)s} har inga.") % said
    elif code not in known.rows:
        yield _("Det finns ingen fråga med koden %(code)s.") % said
    elif not over_rows:
        yield _("${%(code)s} har ett svar för varje rad. Använd sum, count, count-non-empty, min eller max.") % said


def _call_faults(name: str, arguments: tuple[Node, ...]) -> Iterator[str]:
    function = FUNCTIONS.get(name)
    if not function:
        yield _("Funktionen %(name)s() finns inte här.") % {"name": name}
    elif not function.takes(len(arguments)):
        yield _("Funktionen %(name)s() har fel antal värden inom parentesen.") % {"name": name}
    elif name in ROWS_ONLY and not isinstance(arguments[0], Reference):
        yield _("count() räknar rader i en upprepad grupp: skriv count(${kod}).")
    elif name == "regex":
        yield from _pattern_faults(arguments[1])


def _pattern_faults(pattern: Node) -> Iterator[str]:
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        yield _("Mönstret i regex() måste stå som text inom ' '.")
        return
    try:
        compiled(pattern.value)
    except PatternError as error:
        yield str(error)
