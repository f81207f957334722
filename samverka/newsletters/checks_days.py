"""What is looked at before sending of last days and of what one can do: one action an issue (users.md E)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from .deadlines import deadlines_in, past
from .enums import BlockKind
from .models import Block, Issue
from .resolving import sent_on
from .subjects import long_day


def days_said(issue: Issue, blocks: Sequence[Block]) -> Iterator[tuple[bool, str, Block]]:
    """Return what is found: whether it stops the issue, what it is, and in which block."""
    for block in blocks:
        if block.kind == BlockKind.DEADLINES:
            yield from _of_one(issue, block)
    actions = [block for block in blocks if block.kind == BlockKind.ACTION]
    if len(actions) > 1:
        said = _("Ha en enda sak att göra på fem minuter. Då är det lättare att få den gjord. Nu är det {n}.")
        yield False, said.format(n=len(actions)), actions[1]


def _of_one(issue: Issue, block: Block) -> Iterator[tuple[bool, str, Block]]:
    """Days that are over when the issue leaves are not in it: that is told, and stops it when none is left."""
    rows = deadlines_in(block.content)
    over = past(rows, sent_on(issue))
    if rows and len(over) == len(rows):
        yield True, _("Alla sista dagar har varit när utskicket går. Byt dem, eller ta bort delen."), block
        return
    for one in over:
        said = _("Sista dagen {day} för ”{what}” har varit när utskicket går. Den tas inte med.")
        yield False, said.format(day=long_day(one.day), what=one.what), block
