"""Reading a file of answers into a round."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Question
from samverka.questionnaires.engine import INVALID, Engine
from samverka.questionnaires.reading import engine_of
from samverka.questionnaires.values import from_json, to_json

from ..actions import Incoming, add_responses
from ..models import Response, Round
from .mapping import Mapping
from .report import Bad, ImportRefused
from .rows import Parts, RowReader, broken, needs_engine
from .targets import Targets, find_targets

LONGEST_NAME = 120
_OUTSIDE = ("", None)
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Imported:
    """How many responses were read in, and the columns that no question has."""

    responses: int
    unknown: tuple[str, ...]


def run_import(found: Round, path: Path, *, by: Any, mapping: Mapping | None = None) -> Imported:
    """Read a CSV file of answers into a round, all of it or nothing. Raises ImportRefused, and what the action raises.

    UTF-8, with comma, semicolon or tab between. An empty cell is no answer.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _File(found, file, mapping or Mapping()).run(by)
    except UnicodeDecodeError as error:
        raise ImportRefused(_("Filen är inte i UTF-8. Spara om den som CSV UTF-8.")) from error
    except csv.Error as error:
        told = _("Filen går inte att läsa som CSV: %(error)s.")
        raise ImportRefused(told % {"error": error}) from error
    except OSError as error:
        raise ImportRefused(_("Filen %(path)s går inte att läsa.") % {"path": path}) from error


class _File:
    def __init__(self, found: Round, file: TextIO, mapping: Mapping) -> None:
        self._round, self._mapping, self._bad = found, mapping, Bad()
        self._engine: Engine = engine_of(found.version)
        self._lines = csv.reader(file, delimiter=_delimiter(file))
        self._headings = [heading.strip() for heading in next(self._lines, [])]
        self._targets: Targets = find_targets(self._engine.definition, self._headings, mapping)
        self._reader = RowReader(self._engine.definition, self._targets, mapping, self._bad)
        self._together = needs_engine(self._engine.definition)
        self._known = set(
            Response.objects.filter(round=found).exclude(respondent="").values_list("respondent", flat=True)
        )

    def run(self, by: Any) -> Imported:
        rows = self._merged() if self._targets.is_long else self._separate()
        responses = ((name, self._document(row, parts)) for name, row, parts in rows)
        try:
            added = add_responses(
                by=by, round_id=self._round.pk, responses=self._good(responses), check=self._bad.check
            )
        except DatabaseError as error:
            # A bad row that only the database sees; those found before it tell more.
            self._bad.check()
            told = _("Databasen tog inte emot filen: %(error)s")
            raise ImportRefused(told % {"error": error}) from error
        return Imported(added, self._targets.unknown)

    def _good(self, responses: Iterator[Incoming]) -> Iterator[Incoming]:
        """Pass responses on until something is bad; after that the file is only looked through."""
        return (response for response in responses if not self._bad.total)

    def _rows(self) -> Iterator[tuple[str, int, Parts]]:
        """Return who, the row's number and its answers. Blank lines are passed over; empty cells are someone's."""
        width, who = len(self._headings), self._targets.respondent
        for cells in self._lines:
            number = self._lines.line_num
            if not cells:
                continue
            if len(cells) != width:
                said = {"count": len(cells), "width": width}
                self._bad.add(number, "", _("Raden har %(count)d celler, rubrikerna är %(width)d.") % said)
                continue
            yield self._name(number, cells[who]) if who is not None else "", number, self._reader.parts(number, cells)

    def _name(self, number: int, text: str) -> str:
        name = text.strip()
        if not name or len(name) > LONGEST_NAME or "\x00" in name:
            self._bad.add(number, "respondent", _("Varje rad behöver säga vem som svarar, med högst 120 tecken."))
        if name in self._known:
            self._bad.add(number, "respondent", _("%(name)s har redan svarat i omgången.") % {"name": name})
        return name

    def _separate(self) -> Iterator[tuple[str, int, Parts]]:
        seen: dict[str, int] = {}
        for name, number, parts in self._rows():
            if name and (first := seen.setdefault(name, number)) != number:
                said = {"name": name, "row": first}
                self._bad.add(number, "respondent", _("%(name)s finns också på rad %(row)d.") % said)
            yield name, number, parts

    def _merged(self) -> Iterator[tuple[str, int, Parts]]:
        """Return one for each respondent, with a row of the repeated group from each of their rows."""
        found: dict[str, tuple[int, Parts]] = {}
        for name, number, parts in self._rows():
            first, whole = found.setdefault(name, (number, {}))
            for (group, index), answers in parts.items():
                if group:
                    whole[(group, number if index is None else index)] = answers
                else:
                    self._join(number, whole.setdefault(_OUTSIDE, {}), answers)
        for name, (first, whole) in found.items():
            yield name, first, whole

    def _join(self, number: int, whole: dict[str, str], answers: dict[str, str]) -> None:
        for code, said in answers.items():
            if whole.setdefault(code, said) != said:
                self._bad.add(number, code, _("Svaret är ett annat än på respondentens tidigare rad."))

    def _document(self, row: int, parts: Parts) -> str:
        """Return the answers as one JSON object."""
        fields = _fields(parts.get(_OUTSIDE, {}))
        groups: dict[str, list[str]] = {}
        for (group, _index), answers in sorted(parts.items(), key=_by_index):
            if group:
                groups.setdefault(group, []).append("{" + ",".join(_fields(answers)) + "}")
        fields += [f'"{group}":[{",".join(rows)}]' for group, rows in groups.items()]
        text = "{" + ",".join(fields) + "}"
        return self._looked_at_together(row, text) if self._together else text

    def _looked_at_together(self, row: int, text: str) -> str:
        """Return the answers with what is calculated, and note what breaks a rule."""
        document = json.loads(text)
        outcome = self._engine.evaluate(self._typed(document), today=timezone.localdate())
        for problem in outcome.of_kind(INVALID):
            item = self._engine.definition.by_code[problem.code].item
            rule = item.valid_if if isinstance(item, Question) else ""
            self._bad.add(row, problem.code, next(iter(problem.message.values()), "") or broken(rule))
        for placed in self._engine.definition.placed:
            question = placed.item
            if isinstance(question, Question) and question.calculation:
                told = outcome.rows[placed.repeat] if placed.repeat else [outcome.values]
                kept = document.get(placed.repeat, []) if placed.repeat else [document]
                for answers, values in zip(kept, told, strict=False):
                    if (value := values.get(question.code)) not in (None, ""):
                        answers.setdefault(question.code, to_json(value))
        return json.dumps(document, ensure_ascii=False)

    def _typed(self, document: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for code, said in document.items():
            placed = self._engine.definition.by_code.get(code)
            if placed and not isinstance(placed.item, Question):
                found[code] = [self._typed(row) for row in said]
            else:
                found[code] = from_json(placed.item, said) if placed and isinstance(placed.item, Question) else said
        return found


def _fields(answers: dict[str, str]) -> list[str]:
    return [f'"{code}":{said}' for code, said in answers.items()]


def _by_index(part: tuple[tuple[str, int | None], Any]) -> tuple[str, int]:
    (group, index), _answers = part
    return group, index or 0


def _delimiter(file: TextIO) -> str:
    """Return what stands between the columns: the sign that the heading row has most of."""
    start = file.tell()
    heading = file.readline()
    file.seek(start)
    signs: Sequence[str] = (",", ";", "\t")
    return max(signs, key=heading.count)
