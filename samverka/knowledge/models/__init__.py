"""The knowledge bank: pages, and what each kind of page holds besides; what somebody has saved."""

from .examples import Example, Lasting, Portrait, told_of
from .feedback import Feedback
from .pages import FormerAddress, Page, PageEdition
from .publications import Article, FormerSender, Publication, PublicationFile, ReportPart
from .questions import PageQuestion
from .saved import Bookmark, Collection
from .saved_searches import Pace, SavedSearch
from .typed import PageDraft
from .voices import PageParty, Picture, Quote

__all__ = [
    "Article", "Bookmark", "Collection", "Example", "Feedback", "FormerAddress", "FormerSender", "Lasting", "Pace",
    "Page", "PageDraft", "PageEdition", "PageParty", "PageQuestion", "Picture", "Portrait", "Publication",
    "PublicationFile", "Quote", "ReportPart", "SavedSearch", "told_of",
]  # fmt: skip
