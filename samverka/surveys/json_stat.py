"""A round as JSON-stat 2.0 (https://json-stat.org/full/): a dataset with answer, group and measure as dimensions."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from .background import KIND, day_of
from .enums import RoundSide
from .figures import Figure, Option
from .measures import shown_questions
from .models import Round
from .results import RoundResults

ALL = "alla"
_MEASURES = {"antal": "Antal", "andel": "Andel", "bas": "Bas"}
_SUPPRESSED = ":"
Cells = dict[str, tuple[int | None, float | None, int]]


def dataset(found: Round, *, by: str = KIND) -> dict[str, Any]:
    """Return the dataset of a round, divided by a background; of associations there are only figures of all."""
    results = RoundResults(found, "sv")
    public = found.side == RoundSide.PUBLIC
    figures = [results.figure(question, by=by if public else "") for question in shown_questions(found)]
    figures = [figure for figure in figures if figure.options]
    groups = [(ALL, "Alla"), *(results.groups_of(by) if public else [])]
    answers = [(f"{f.question.code}:{o.value}", f"{f.label} {o.label}") for f in figures for o in f.options]
    cells = {value: _cells(figures, value) for value, _label in groups}
    values, status = _flat([code for code, _label in answers], [value for value, _label in groups], cells)
    return {
        "version": "2.0", "class": "dataset", "label": str(found), "source": found.sender or str(found),
        "updated": (found.published_at or timezone.now()).isoformat(timespec="seconds"),
        "id": ["svar", "grupp", "matt"], "size": [len(answers), len(groups), len(_MEASURES)],
        "role": {"metric": ["matt"]},
        "dimension": {
            "svar": _dimension("Svar", answers), "grupp": _dimension("Grupp", groups),
            "matt": _dimension("Mått", list(_MEASURES.items())),
        },
        "value": values, "status": status,
        "note": ["':' visas inte, så att enskilda svar inte kan räknas fram."] if status else [],
        "extension": {"omgang": found.slug, "ar": day_of(found).year, "indelning": by if public else ""},
    }  # fmt: skip


def _dimension(label: str, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    index = {code: place for place, (code, _label) in enumerate(pairs)}
    return {"label": label, "category": {"index": index, "label": dict(pairs)}}


def _cells(figures: Sequence[Figure], group: str) -> Cells:
    """Return {question:option: (count, share, base)} of a group, or of all."""
    found: Cells = {}
    for figure in figures:
        if group == ALL:
            found |= _options(figure, figure.options, figure.base)
        for one in figure.groups:
            if one.value == group:
                found |= _options(figure, one.options, one.base)
    return found


def _options(figure: Figure, options: Sequence[Option], base: int) -> Cells:
    return {f"{figure.question.code}:{one.value}": (one.count, one.share, base) for one in options}


def _flat(
    answers: Sequence[str], groups: Sequence[str], cells: dict[str, Cells]
) -> tuple[list[float | None], dict[str, str]]:
    """Return the values in the order of the dimensions, and which of them are not shown."""
    values: list[float | None] = []
    status: dict[str, str] = {}
    for answer in answers:
        for group in groups:
            told = cells[group].get(answer)
            if told and told[0] is None:
                status |= {str(len(values) + place): _SUPPRESSED for place in (0, 1)}
            values += list(told) if told else [None, None, None]
    return values, status
