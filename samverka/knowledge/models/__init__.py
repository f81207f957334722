"""The knowledge bank: pages, and what each kind of page holds besides."""

from .feedback import Feedback
from .pages import FormerAddress, Page, PageEdition

__all__ = ["Feedback", "FormerAddress", "Page", "PageEdition"]
