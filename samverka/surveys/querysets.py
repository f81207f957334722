"""Reads of rounds and responses."""

from typing import Any, Self

from django.db import models

from .enums import RoundState


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds."""

    def open(self) -> Self:
        """Those that take answers."""
        return self.filter(state=RoundState.OPEN)


class ResponseQuerySet(models.QuerySet[Any]):
    """Responses."""

    def in_order(self) -> Self:
        """In the order they came, which the columns keep."""
        return self.order_by("pk")
