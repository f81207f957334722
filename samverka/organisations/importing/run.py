"""An import from beginning to end."""

from collections.abc import Callable
from typing import IO, Any

from .report import Report

#: called now and then with (bytes read, bytes in all)
Progress = Callable[[int, int], None]


def run_import(
    file: IO[bytes], *, by: Any, name: str, source: str = "", dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Read organisations from the open binary `file` (JSON Lines or CSV with a header row); return the report.

    `by` is a user who may import (else NotAllowed) or None for the system. `name` is the file's name; `source` names the register where the rows do not say.
    Nothing is written before the whole file has been read, and then all of it at once.
    """
    raise NotImplementedError


def run_functions_import(file: IO[bytes], *, by: Any, name: str, dry_run: bool = False) -> Report:
    """Read office addresses from the open CSV `file`; return the report. Columns: organisation (code, name or number), unit, kind, email, phone."""
    raise NotImplementedError
