"""Reads of rounds, of those who are asked, and of what they answer."""

from typing import Any, Self

from django.db import models

from .enums import AskedState, ReportState, RoundMode, RoundState


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds."""

    def open(self) -> Self:
        """Those that take answers."""
        return self.filter(state=RoundState.OPEN)

    def real(self) -> Self:
        """Those that are part of results."""
        return self.filter(mode=RoundMode.REAL)


class AskedQuerySet(models.QuerySet[Any]):
    """Those who are asked."""

    def answered(self) -> Self:
        """Those whose answer counts: handed over, signed or not."""
        return self.filter(state__in=[AskedState.HANDED_OVER, AskedState.SIGNED])

    def silent(self) -> Self:
        """Those who are invited and have neither handed over nor declined."""
        return self.filter(state__in=[AskedState.INVITED, AskedState.OPENED, AskedState.BEGUN])

    def to_invite(self) -> Self:
        """Those who wait for their invitation and have an address."""
        return self.filter(state=AskedState.WAITING, invited_at__isnull=True).exclude(email="")


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers on the way."""

    def newest(self) -> Self:
        """The newest of each place."""
        return self.order_by("asked_id", "code", "row", "-version").distinct("asked_id", "code", "row")


class ResponseQuerySet(models.QuerySet[Any]):
    """Responses."""

    def in_order(self) -> Self:
        """In the order they came, which the columns keep."""
        return self.order_by("pk")


class ReportQuerySet(models.QuerySet[Any]):
    """Reports."""

    def shown(self) -> Self:
        """Those that everybody may read or have been able to read: about a real round whose results are public."""
        real = self.filter(round__mode=RoundMode.REAL, round__published_at__isnull=False)
        return real.filter(state__in=[ReportState.PUBLISHED, ReportState.WITHDRAWN])


class ReportBlockQuerySet(models.QuerySet[Any]):
    """Parts of reports."""

    def standing(self) -> Self:
        """Those that have not been removed."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> Self:
        """Those that can be put back, the latest first."""
        return self.filter(removed_at__isnull=False).order_by("-removed_at", "-id")
