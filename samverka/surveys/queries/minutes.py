"""How long the blocks of a questionnaire take, measured in its pilots.

For each who was asked, the time of a block is the sum of the gaps between one saved answer and the next, where both
are in that block and the gap is under ten minutes: a longer one is a pause. The figure is the median over those who
answered in the block. What came before the block's first saved answer is not in it, so it is a little low.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from samverka.questionnaires.reading import definition_of

from ..enums import RoundMode
from ..models import Answer, Round
from .progress import Block, block_of_code, blocks_of

PAUSE = datetime.timedelta(minutes=10)
#: Minutes; a block that takes longer is to be shortened before the round opens.
MOST = 5

#: Who is asked, the question's code, when it was saved.
Saved = tuple[int, str, datetime.datetime]


@dataclass(frozen=True)
class BlockTime:
    """A block, how many answered in it in the pilots, and their median time in minutes; None for nobody."""

    block: Block
    answered: int
    minutes: float | None

    @property
    def is_long(self) -> bool:
        """Whether it takes longer than a block may."""
        return self.minutes is not None and self.minutes > MOST


def block_times(found: Round, language: str) -> list[BlockTime]:
    """Return the times of each block, over all pilots of the same version of the questionnaire."""
    pilots = Round.objects.filter(version=found.version, mode=RoundMode.PILOT)
    saved = Answer.objects.filter(asked__round__in=pilots, origin="typed").order_by("asked", "saved_at", "pk")
    rows = saved.values_list("asked", "code", "saved_at")
    times = times_in(rows.iterator(), block_of_code(definition_of(found.version)))
    return [
        BlockTime(block, len(spent := times.get(block.code, [])), median(spent) if spent else None)
        for block in blocks_of(found, language)
    ]


def times_in(saved: Iterable[Saved], blocks: dict[str, str]) -> dict[str, list[float]]:
    """Return the minutes that each who was asked spent in each block; `saved` comes by who is asked, then by time."""
    spent: dict[tuple[str, int], float] = defaultdict(float)
    before: tuple[int, str, datetime.datetime] | None = None
    for asked, code, at in saved:
        block = blocks.get(code, "")
        if before and before[:2] == (asked, block) and block and at - before[2] < PAUSE:
            spent[block, asked] += (at - before[2]).total_seconds() / 60
        before = (asked, block, at)
    found: dict[str, list[float]] = defaultdict(list)
    for (block, _asked), minutes in spent.items():
        found[block].append(minutes)
    return found
