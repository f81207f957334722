"""Questionnaires as XLSForm workbooks, in and out. pyxform is the judge of the format.

What the format lacks stands in columns that begin with samverka_; other programs pass them over.
"""

from .reading import Reading, read_workbook
from .sheets import Refusal, WorkbookRefused
from .writing import write_workbook

__all__ = ["Reading", "Refusal", "WorkbookRefused", "read_workbook", "write_workbook"]
