"""The knowledge bank: pages, and what each kind of page holds besides."""

from .pages import FormerAddress, Page, PageEdition

__all__ = ["FormerAddress", "Page", "PageEdition"]
