"""Reads of versions."""

from typing import Any, Self

from django.db import models

from .enums import VersionState


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of questionnaires."""

    def published(self) -> Self:
        """Those that apply now: one for each questionnaire."""
        return self.filter(state=VersionState.PUBLISHED)

    def drafts(self) -> Self:
        """Those that are being written: at most one for each questionnaire."""
        return self.filter(state=VersionState.DRAFT)

    def with_fingerprint(self, fingerprint: str) -> Self:
        """Those that say exactly the same."""
        return self.filter(fingerprint=fingerprint)
