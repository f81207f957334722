"""Reading registers from files: `run_import` for organisations, `run_functions_import` for office addresses."""

from .report import Report, Row
from .run import run_functions_import, run_import

__all__ = ["Report", "Row", "run_functions_import", "run_import"]
