"""Issues and their blocks; to whom they go, and what became of each mail."""

from .deliveries import Delivery
from .issues import Block, Issue, IssueText

__all__ = ["Block", "Delivery", "Issue", "IssueText"]
