"""The knowledge bank: pages, and what each kind of page holds besides."""

from .pages import FormerAddress, Page, PageEdition
from .saved_searches import Pace, SavedSearch

__all__ = ["FormerAddress", "Pace", "Page", "PageEdition", "SavedSearch"]
