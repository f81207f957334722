"""Rounds, those who are asked, what they answer on the way and what counts in the end."""

from .anonymous import HeldResponse, SentForm
from .answering import Answer, Passed, Presence
from .asked import Asked, Reminder
from .responses import ColumnBlock, Response
from .rounds import Round
from .samples import Sample
from .strata import Stratum

__all__ = [
    "Answer",
    "Asked",
    "ColumnBlock",
    "HeldResponse",
    "Passed",
    "Presence",
    "Reminder",
    "Response",
    "Round",
    "Sample",
    "SentForm",
    "Stratum",
]
