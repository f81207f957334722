"""The register as files: the same columns in CSV and XLSX, through the kernel's writers, which defuse formulas."""

from typing import IO

from .register import RegisterFilters

FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def export_register(filters: RegisterFilters, *, format: str, file: IO[bytes]) -> int:
    """Write all organisations of the selection (not only one page) to the open binary `file`; return how many.

    `format` is a key of FORMATS. Only what `shown_rows` lets show is written.
    """
    raise NotImplementedError
