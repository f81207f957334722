"""Whoever holds a link to a form. There is no account: what they may do follows from the link alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block
from .models import Asked, Passed


@dataclass(frozen=True)
class Holder:
    """The holder of the link to a whole form, or (`passed`) to some blocks. `name` is what they call themselves."""

    asked: Asked
    passed: Passed | None = None
    name: str = ""

    #: The trail asks for it of everybody; a holder has no account.
    pk = None

    def __str__(self) -> str:
        return self.name or str(self.asked.organisation)

    def may_answer(self, code: str) -> bool:
        """Return whether the link opens the block with that code."""
        return self.passed is None or code in self.passed.blocks

    def of(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return the blocks that the link opens."""
        return tuple(block for block in blocks if self.may_answer(block.code))
