"""Issues and their blocks; who sends; to whom they go, and what became of each mail."""

from .deliveries import Delivery
from .issues import Block, BlockDraft, Issue, IssueText, LinkCheck, Picture
from .senders import DiarySeries, DomainCheck, Sender

__all__ = [
    "Block", "BlockDraft", "Delivery", "DiarySeries", "DomainCheck", "Issue", "IssueText", "LinkCheck", "Picture",
    "Sender",
]  # fmt: skip
