"""Answers from a file: columns by variable code, every row good or none is kept."""

from .mapping import Mapping, read_mapping
from .report import BadRow, ImportRefused
from .run import Imported, run_import

__all__ = ["BadRow", "ImportRefused", "Imported", "Mapping", "read_mapping", "run_import"]
