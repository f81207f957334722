"""An import from beginning to end."""

import os
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from samverka.accounts.rules import can_import_register
from samverka.kernel.errors import NotAllowed

from .functions import import_functions
from .normalise import NO_NAME, facts_of
from .plan import Planned, Planner, already_a_body, reason
from .readers import Line, read_lines
from .report import Report
from .write import Writer

#: called now and then with (bytes read, bytes in all)
Progress = Callable[[int, int], None]
_BATCH = 2000
_CHANGED_MEANWHILE = _("Någon ändrade organisationen samtidigt. Läs in filen en gång till.")


def run_import(
    file: IO[bytes], *, by: Any, name: str, source: str = "", dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Read organisations from the open, seekable binary `file` (JSON Lines or CSV with a header row); return the
    report.

    `by` is a user who may import (else NotAllowed) or None for the system. `name` is the file's name; `source` names
    the register where the rows do not say.
    Nothing is written before the whole file has been read, and then all of it at once.
    """
    if by is not None and not can_import_register(by):
        raise NotAllowed
    total = file.seek(0, os.SEEK_END)
    file.seek(0)
    rows = _Rows(source=source or PurePath(name).stem or "import")
    with Writer(by=by) as writer:
        for batch in _batches(rows, read_lines(file, name=name), total, progress):
            writer.stage(batch)
            rows.settle(batch)
        written = set() if dry_run else writer.write()
    report = rows.report(written=None if dry_run else written)
    report.dry_run = dry_run
    if progress:
        progress(total, total)
    return report


def run_functions_import(file: IO[bytes], *, by: Any, name: str, dry_run: bool = False) -> Report:
    """Read office addresses from the open CSV `file`; return the report. Columns: organisation (code, name or
    number), unit, kind, email, phone.
    """
    if by is not None and not can_import_register(by):
        raise NotAllowed
    return import_functions(file, by=by, name=name, dry_run=dry_run)


class _Rows:
    """Keeps the outcome of each line until the end, as small as can be: a file may have 300,000."""

    def __init__(self, *, source: str) -> None:
        self._source = source
        self._planner = Planner()
        self._outcomes: list[tuple[int, str, str, str]] = []

    def planned(self, line: Line) -> Planned | None:
        """Return what to write for a line; notes the outcome of those that need no writing."""
        if line.fault:
            self._note(line.number, "refused", str(line.fault))
            return None
        facts = facts_of(line.values, source=self._source)
        if facts is None:
            self._note(line.number, "refused", str(NO_NAME))
            return None
        if self._planner.is_body(facts):
            self._note(line.number, "unchanged", already_a_body())
            return None
        planned = self._planner.plan(line.number, facts)
        if planned is None:
            self._note(line.number, "unchanged", reason(facts.notes))
        return planned

    def settle(self, batch: list[Planned]) -> None:
        """Note the outcome of staged rows."""
        for planned in batch:
            outcome = "created" if not planned.public_id else "unchanged" if planned.silent else "changed"
            self._note(planned.line, outcome, reason(planned.notes), planned.public_id)

    def _note(self, line: int, outcome: str, why: str, public_id: str = "") -> None:
        self._outcomes.append((line, outcome, why, public_id))

    def report(self, *, written: set[str] | None) -> Report:
        """Return the report in the order of the lines. Known organisations that are not among `written` stayed as
        they were.
        """
        report = Report()
        for line, outcome, why, public_id in sorted(self._outcomes):
            if outcome == "changed" and written is not None and public_id not in written:
                report.add(line, "unchanged", str(_CHANGED_MEANWHILE))
            else:
                report.add(line, outcome, why)
        return report


def _batches(rows: _Rows, lines: Iterator[Line], total: int, progress: Progress | None) -> Iterator[list[Planned]]:
    batch: list[Planned] = []
    for count, line in enumerate(lines, 1):
        planned = rows.planned(line)
        if planned is not None:
            batch.append(planned)
        if len(batch) == _BATCH:
            yield batch
            batch = []
        if progress and count % _BATCH == 0:
            progress(line.read, total)
    if batch:
        yield batch
