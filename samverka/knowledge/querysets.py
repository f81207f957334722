"""Reads of the knowledge bank. Every one starts from `published` or `visible_to(user)`."""

from typing import Any

from django.db import models
from django.db.models import Q

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission


class PageQuerySet(models.QuerySet[Any]):
    """Pages of the knowledge bank."""

    def published(self) -> "PageQuerySet":
        """Those that anyone may read: they have an edition, and nobody has withdrawn them."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def visible_to(self, user: Any) -> "PageQuerySet":
        """Those this person may read: what is published, what they wrote, and for an editor what has been sent in."""
        if not getattr(user, "is_authenticated", False):
            return self.published()
        published = Q(published_at__isnull=False, withdrawn_at__isnull=True)
        own = Q(sent_in_by=user)
        if has_host_permission(user, Permission.EDIT_KNOWLEDGE):
            return self.filter(published | own | ~Q(state="draft"))
        return self.filter(published | own)


class FeedbackQuerySet(models.QuerySet[Any]):
    """What visitors say of pages. Editors read all of it, a page's owner what is said of its own
    (`writing.feedback_to`); the address is there only while an answer is owed.
    """

    def visible_to(self, user: Any) -> "FeedbackQuerySet":
        """Everything for an editor, nothing for others."""
        return self.all() if has_host_permission(user, Permission.EDIT_KNOWLEDGE) else self.none()

    def said(self) -> "FeedbackQuerySet":
        """Those that hold words, and not only a yes or a no."""
        return self.exclude(text="")

    def waiting(self) -> "FeedbackQuerySet":
        """Those with words that nobody has handled."""
        return self.said().filter(handled_at__isnull=True)
