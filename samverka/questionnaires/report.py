"""How much each block of a questionnaire asks and how easy it is to read: `manage.py questionnaire_report`."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from samverka.kernel.readability import readability

from .definition import Definition, Item, Section
from .enums import SectionKind

#: What one reads as sentences. A list of choices and the rows of a table are no running text.
_READ = ("label", "help", "definition", "counts", "counts_not")


@dataclass(frozen=True)
class BlockReport:
    """One block: its questions (a table counts as one), words of all its running text, and LIX of the same.

    `core` are those that everybody is asked; the others follow from an answer.
    """

    code: str
    title: str
    minutes: int | None
    questions: int
    core: int
    words: int
    lix: float


@dataclass(frozen=True)
class QuestionnaireReport:
    slug: str
    language: str
    minutes: int
    questions: int
    core: int
    words: int
    lix: float
    blocks: tuple[BlockReport, ...]

    def as_data(self) -> dict[str, object]:
        """Return what the report says, for JSON."""
        return asdict(self)


def questionnaire_report(slug: str, definition: Definition, language: str) -> QuestionnaireReport:
    """Return the figures of a questionnaire and each of its blocks; LIX with one decimal."""
    blocks = tuple(_block(item, definition, language) for item in definition.items if isinstance(item, Section))
    whole = readability(text for item in definition.items for text in _running(item, definition, language))
    return QuestionnaireReport(
        slug=slug,
        language=language,
        minutes=sum(block.minutes or 0 for block in blocks),
        questions=sum(block.questions for block in blocks),
        core=sum(block.core for block in blocks),
        words=whole.words,
        lix=round(whole.lix, 1),
        blocks=blocks,
    )


def _block(section: Section, definition: Definition, language: str) -> BlockReport:
    asked = [item for item in section.items if isinstance(item, Section) or item.is_answered]
    count = readability(text for item in section.items for text in _running(item, definition, language))
    return BlockReport(
        code=section.code,
        title=definition.text(section.label, language),
        minutes=section.minutes,
        questions=len(asked),
        core=sum(not item.visible_if for item in asked),
        words=count.words,
        lix=round(count.lix, 1),
    )


def _running(item: Item, definition: Definition, language: str, *, in_table: bool = False) -> Iterator[str]:
    for part in _READ:
        text = definition.text(getattr(item, part, {}), language)
        # A short row of a table is a heading; one that is a whole statement is read.
        if text and not (in_table and part == "label" and not text.rstrip().endswith((".", "?"))):
            yield text
    if isinstance(item, Section):
        for inner in item.items:
            yield from _running(inner, definition, language, in_table=item.kind == SectionKind.MATRIX)
