"""The knowledge bank: pages, and what each kind of page holds besides."""

from .examples import Example, Lasting, Portrait, told_of
from .feedback import Feedback
from .pages import FormerAddress, Page, PageEdition
from .questions import PageQuestion
from .saved import Bookmark, Collection
from .voices import PageParty, Picture, Quote

__all__ = [
    "Bookmark", "Collection", "Example", "Feedback", "FormerAddress", "Lasting", "Page", "PageEdition", "PageParty",
    "PageQuestion", "Picture", "Portrait", "Quote", "told_of",
]  # fmt: skip
