"""Issues and their blocks; who sends; to whom they go, and what became of each mail."""

from .coming_back import Bounce, LinkCount, Receipt
from .deliveries import Delivery
from .issues import Block, BlockDraft, Issue, IssueText, LinkCheck, Picture
from .routing import Route, Routing
from .senders import DiarySeries, DomainCheck, Sender
from .subscribers import ListedAddress, RecipientList, Subscriber, Suppression
from .templates import IssueTemplate

__all__ = [
    "Block", "BlockDraft", "Bounce", "Delivery", "DiarySeries", "DomainCheck", "Issue", "IssueTemplate", "IssueText",
    "LinkCheck", "LinkCount", "ListedAddress", "Picture", "Receipt", "RecipientList", "Route", "Routing", "Sender",
    "Subscriber", "Suppression",
]  # fmt: skip
