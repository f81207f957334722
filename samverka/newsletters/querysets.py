"""Reads of issues and their blocks."""

from typing import Any, Self

from django.db import models

from .enums import SENT_STATES, Format, IssueState

#: What the audience of a monthly digest holds.
MONTHLY = {"kind": "monthly"}


class IssueQuerySet(models.QuerySet[Any]):
    """Issues."""

    def public(self) -> Self:
        """Those that anybody may read: sending has begun, and their document is frozen."""
        return self.filter(state__in=SENT_STATES).exclude(document={})

    def in_archive(self) -> Self:
        """Those of `public` that stand in the archive: no letter to some associations, and no digest of the rest."""
        return self.public().exclude(format=Format.PLAIN).exclude(audience__contains=MONTHLY)

    def drafts(self) -> Self:
        """Those that may still be changed."""
        return self.filter(state__in=[IssueState.DRAFT, IssueState.SCHEDULED])

    def of_sender(self, organisation: Any) -> Self:
        """Those of one organisation."""
        return self.filter(sender=organisation)


class BlockQuerySet(models.QuerySet[Any]):
    """Parts of issues."""

    def standing(self) -> Self:
        """Those that have not been removed."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> Self:
        """Those that can be put back, the latest first."""
        return self.filter(removed_at__isnull=False).order_by("-removed_at", "-id")
