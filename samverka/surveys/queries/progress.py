"""How far those who are asked have come: which blocks hold an answer, never what it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from samverka.questionnaires.definition import Definition, Section
from samverka.questionnaires.reading import definition_of

from ..models import Answer, Asked, Round


@dataclass(frozen=True)
class Block:
    """A block of a questionnaire: its code and its heading."""

    code: str
    label: str
    minutes: int | None = None


def blocks_of(found: Round, language: str) -> list[Block]:
    """Return the blocks of the round's questionnaire: its sections at the top."""
    definition = definition_of(found.version)
    sections = [item for item in definition.items if isinstance(item, Section)]
    return [Block(one.code, definition.text(one.label, language) or one.code, one.minutes) for one in sections]


def block_of_code(definition: Definition) -> dict[str, str]:
    """Return the block that each question stands in, by the question's code."""
    return {
        placed.item.code: placed.within[0].code
        for placed in definition.placed
        if placed.within and not isinstance(placed.item, Section)
    }


def begun_blocks(found: Round, asked: Iterable[Asked]) -> dict[int, set[str]]:
    """Return, by the key of each who is asked, the blocks where something is answered; one query."""
    blocks = block_of_code(definition_of(found.version))
    begun: dict[int, set[str]] = {one.pk: set() for one in asked}
    # A place whose answer was taken away again holds none. That is asked of the database, and no answer is read.
    empty = ExpressionWrapper(Q(value=None) | Q(value__isnull=True), output_field=BooleanField())
    newest = Answer.objects.filter(asked__in=list(begun)).newest().annotate(empty=empty)
    for key, code, taken_away in newest.values_list("asked", "code", "empty"):
        if code in blocks and not taken_away:
            begun[key].add(blocks[code])
    return begun
