"""Rounds, those who are asked, what they answer on the way, what counts in the end, and reports about it."""

from .anonymous import HeldResponse, SentForm
from .answering import Answer, Passed, Presence
from .asked import Asked, Reminder
from .reports import BlockDraft, Edition, Report, ReportBlock
from .responses import ColumnBlock, Response
from .rounds import Round
from .samples import Sample
from .strata import Stratum

__all__ = [
    "Answer",
    "Asked",
    "BlockDraft",
    "ColumnBlock",
    "Edition",
    "HeldResponse",
    "Passed",
    "Presence",
    "Reminder",
    "Report",
    "ReportBlock",
    "Response",
    "Round",
    "Sample",
    "SentForm",
    "Stratum",
]
