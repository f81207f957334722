"""Answers turned on their side: a column for each variable, kept in blocks, so that a million are counted in a second.

How a variable is coded: a choice as its place among the choices, several as a list of such, a number or date as a
number, anything else as whether it is answered; "vet inte" and "ej aktuellt" as -1 and -2. No text is kept here.
Beside an organisation stands its public id, where it is one of the register.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

import polars as pl
from django.db import connection, transaction

from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import NO, OTHER, YES, NoAnswer, QuestionType, SectionKind
from samverka.questionnaires.reading import definition_of
from samverka.questionnaires.values import id_in, scale_values

from .models import ColumnBlock, Response, Round

BLOCK = 25_000
#: Which response of the block a row belongs to; in part "" so that there is a column where all questions are repeated.
ROW_OF = "#response"
CODES = {NoAnswer.DONT_KNOW.value: -1, NoAnswer.NOT_APPLICABLE.value: -2}
ANSWERED = 1
Answers = Mapping[str, Any]


class Layout:
    """Which columns a version gives, and how they are coded. Parts: "" and the code of each repeated group."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    @cached_property
    def parts(self) -> dict[str, list[Question]]:
        """The questions of each part, in order."""
        found: dict[str, list[Question]] = {"": []}
        for placed in self.definition.placed:
            if isinstance(placed.item, Section):
                if placed.item.kind == SectionKind.REPEAT:
                    found[placed.item.code] = []
            elif placed.item.type != QuestionType.NOTE:
                found[placed.repeat].append(placed.item)
        return found

    def values(self, question: Question) -> list[str]:
        """Return the values that can be chosen, each once, in order; none where nothing is chosen."""
        match question.type:
            case QuestionType.YES_NO:
                return [YES, NO]
            case QuestionType.SCALE:
                return [str(value) for value in scale_values(question)]
        values = dict.fromkeys(option.value for option in self.definition.options(question))
        return [*values, OTHER] if question.or_other else [*values]


def number_like(question: Question) -> bool:
    """Return whether the column holds numbers; a scale holds places among its values."""
    return question.type == QuestionType.DATE or (question.is_number and question.type != QuestionType.SCALE)


def no_answer_column(code: str) -> str:
    """Return the column beside numbers that says "vet inte"; no code has that sign."""
    return f"{code}#"


def id_column(code: str) -> str:
    """Return the column that says which organisation was named; no code has that sign."""
    return f"{code}@"


# Making


@transaction.atomic
def store_columns(*, round: Round) -> None:
    """Make the columns of a round from its responses, unless they are those of its revision as it stands now."""
    kept = Round.objects.select_for_update().get(pk=round.pk)
    if _is_fresh(kept):
        return
    kept.blocks.all().delete()
    layout = Layout(definition_of(kept.version))
    for number, answers in enumerate(_blocks(kept)):
        for part in layout.parts:
            data = _packed(_frame(layout, part, answers))
            ColumnBlock.objects.create(round=kept, revision=kept.revision, part=part, number=number, data=data)


def _is_fresh(kept: Round) -> bool:
    """Return whether there are blocks, all of them of the round's revision."""
    revisions = set(kept.blocks.values_list("revision", flat=True))
    return revisions == {kept.revision}


def _blocks(found: Round) -> Iterator[list[Answers]]:
    """Return the answers of the round in the order they came, as many at a time as a block holds."""
    with connection.chunked_cursor() as cursor:
        query = Response.objects.filter(round=found).in_order().values_list("answers", flat=True).query
        # As text: the driver would read each document one by one through Django's own reader.
        sql, params = query.sql_with_params()
        cursor.execute(sql, params)
        # One iterator throughout: the cursor closes when an iterator of it is let go.
        coming = iter(cursor)
        while rows := list(islice(coming, BLOCK)):
            yield [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]


def _frame(layout: Layout, part: str, answers: Sequence[Answers]) -> pl.DataFrame:
    rows = [(number, row) for number, told in enumerate(answers) for row in (told.get(part) or () if part else (told,))]
    which = pl.Series(ROW_OF, [number for number, _row in rows], pl.UInt32)
    return pl.DataFrame([which, *_columns(layout, part, [row for _number, row in rows])])


def _columns(layout: Layout, part: str, answers: Sequence[Answers]) -> Iterator[pl.Series]:
    for question in layout.parts[part]:
        told = [row.get(question.code) for row in answers]
        yield from _coded(layout, question, told)


def _coded(layout: Layout, question: Question, told: list[Any]) -> Iterator[pl.Series]:
    code = question.code
    if question.type == QuestionType.CALCULATED:
        yield pl.Series(code, [value or None for value in told], pl.String)
    elif number_like(question):
        as_number: Callable[[str], float] = _ordinal if question.type == QuestionType.DATE else float
        yield pl.Series(code, [as_number(value) if type(value) is str else None for value in told], pl.Float64)
        yield pl.Series(no_answer_column(code), [_no(value) for value in told], pl.Int16)
    else:
        yield _chosen(layout, question, told)
    if question.type == QuestionType.ORGANISATION:
        yield pl.Series(id_column(code), [id_in(value) or None for value in told], pl.String)


def _chosen(layout: Layout, question: Question, told: list[Any]) -> pl.Series:
    values = layout.values(question)
    if not values:
        coded = [ANSWERED if type(value) is str or id_in(value) else _no(value) for value in told]
        return pl.Series(question.code, coded, pl.Int16)
    places = {value: place for place, value in enumerate(values)}
    if question.type == QuestionType.SEVERAL:
        lists = [[places[one] for one in value] if type(value) is list else _no_list(value) for value in told]
        return pl.Series(question.code, lists, pl.List(pl.Int16))
    return pl.Series(question.code, [places[value] if type(value) is str else _no(value) for value in told], pl.Int16)


def _no(value: Any) -> int | None:
    return CODES[value["no"]] if type(value) is dict else None


def _no_list(value: Any) -> list[int] | None:
    code = _no(value)
    return None if code is None else [code]


def _ordinal(value: str) -> float:
    return float(date.fromisoformat(value).toordinal())


def _packed(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


# Reading


def stored_columns(found: Round) -> dict[str, pl.DataFrame]:
    """Return the columns of a round, part by part, made now if they are not those of its revision.

    Rows of repeated groups say with ROW_OF which row of part "" they belong to.
    """
    if not _is_fresh(Round.objects.get(pk=found.pk)):
        store_columns(round=found)
    return _together(Layout(definition_of(found.version)), _kept_blocks(found))


def columns_of(found: Round) -> dict[str, pl.DataFrame]:
    """Return the same without writing anything, for a page that is only read."""
    if _is_fresh(found):
        return stored_columns(found)
    layout = Layout(definition_of(found.version))
    made = enumerate(_blocks(found))
    frames = [(number, {part: _frame(layout, part, told) for part in layout.parts}) for number, told in made]
    return _together(layout, ((part, number, by[part]) for part in sorted(layout.parts) for number, by in frames))


def _kept_blocks(found: Round) -> Iterator[tuple[str, int, pl.DataFrame]]:
    kept = found.blocks.order_by("part", "number").values_list("part", "number", "data")
    return ((part, number, pl.read_ipc(io.BytesIO(data))) for part, number, data in kept)


def _together(layout: Layout, blocks: Iterator[tuple[str, int, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    # An empty block of each part, so that a round without answers has its columns too.
    frames = {part: [_frame(layout, part, [])] for part in layout.parts}
    starts: dict[int, int] = {}
    for part, number, block in blocks:
        frame = block
        if part:
            frame = frame.with_columns(pl.col(ROW_OF) + starts[number])
        else:
            starts[number] = sum(map(len, frames[""]))
        frames[part].append(frame)
    return {part: pl.concat(parts, rechunk=False) for part, parts in frames.items()}
