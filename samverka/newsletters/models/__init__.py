"""Issues and their blocks; to whom they go, and what became of each mail."""

from .coming_back import Bounce, LinkCount, Receipt
from .deliveries import Delivery
from .issues import Block, Issue, IssueText
from .routing import Route, Routing
from .subscribers import ListedAddress, RecipientList, Subscriber, Suppression

__all__ = [
    "Block",
    "Bounce",
    "Delivery",
    "Issue",
    "IssueText",
    "LinkCount",
    "ListedAddress",
    "Receipt",
    "RecipientList",
    "Route",
    "Routing",
    "Subscriber",
    "Suppression",
]
