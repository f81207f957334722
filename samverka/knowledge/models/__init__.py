"""The knowledge bank: pages, and what each kind of page holds besides."""

from .feedback import Feedback
from .pages import FormerAddress, Page, PageEdition
from .publications import Article, FormerSender, Publication, PublicationFile, ReportPart

__all__ = [
    "Article", "Feedback", "FormerAddress", "FormerSender", "Page", "PageEdition", "Publication", "PublicationFile",
    "ReportPart",
]  # fmt: skip
