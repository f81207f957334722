"""Reading office addresses from a CSV file."""

from typing import IO, Any

from .report import Report


def import_functions(file: IO[bytes], *, by: Any, name: str, dry_run: bool) -> Report:
    """Read office addresses; see `run_functions_import`."""
    raise NotImplementedError
