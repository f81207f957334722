"""A questionnaire in blocks: what stands on a page of its own and can be passed on to somebody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from samverka.questionnaires.definition import Definition, Item, Question, Section, Texts
from samverka.questionnaires.enums import SectionKind

#: What a block of questions outside of every section is called.
LOOSE = "fragor"
_LOOSE_LABEL: Texts = {"sv": "Frågor", "en": "Questions"}


@dataclass(frozen=True)
class Block:
    """A section of the questionnaire at its outermost, or questions that stand in none between two sections."""

    code: str
    label: Texts
    items: tuple[Item, ...]
    help: Texts = field(default_factory=dict)
    minutes: int | None = None
    suits: Texts = field(default_factory=dict)
    section: str = ""

    def questions(self) -> Iterator[Question]:
        """Yield every question in it that somebody answers."""
        yield from questions_in(self.items)

    def groups(self) -> Iterator[Section]:
        """Yield every repeated group in it."""
        yield from _groups(self.items)


def blocks_of(definition: Definition) -> tuple[Block, ...]:
    """Return the blocks of a questionnaire, in order."""
    found: list[Block] = []
    for item in definition.items:
        if isinstance(item, Section):
            found.append(_of_section(item))
        elif found and not found[-1].section:
            last = found.pop()
            found.append(Block(last.code, last.label, (*last.items, item)))
        else:
            found.append(Block(f"{LOOSE}-{len(found) + 1}", _LOOSE_LABEL, (item,)))
    return tuple(found)


def block_with(definition: Definition, code: str) -> Block | None:
    """Return the block with that code, or None."""
    return next((block for block in blocks_of(definition) if block.code == code), None)


def _of_section(section: Section) -> Block:
    items = section.items if section.kind == SectionKind.GROUP else (section,)
    return Block(
        section.code, section.label, items, section.help if section.kind == SectionKind.GROUP else {},
        section.minutes, section.suits, section.code,
    )  # fmt: skip


def questions_in(items: Sequence[Item]) -> Iterator[Question]:
    """Yield every question that somebody answers, in sections too."""
    for item in items:
        if isinstance(item, Section):
            yield from questions_in(item.items)
        elif item.is_answered:
            yield item


def _groups(items: Sequence[Item]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            if item.kind == SectionKind.REPEAT:
                yield item
            yield from _groups(item.items)
