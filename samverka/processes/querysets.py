"""Who may read what of a process model: everyone reads what is published."""

from typing import Any

from django.db.models import QuerySet

from .enums import VersionState


class ModelVersionQuerySet(QuerySet[Any]):
    def published(self) -> "ModelVersionQuerySet":
        """Return the versions that apply now, one for each model and language."""
        return self.filter(state=VersionState.PUBLISHED)

    def visible_to(self, user: Any) -> "ModelVersionQuerySet":
        """Return what anyone may read: the published versions, and the retired ones that diaries point at."""
        return self.exclude(state=VersionState.DRAFT)


class StepQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> "StepQuerySet":
        """Return the steps that search finds: those of published versions, whoever asks."""
        return self.filter(version__state=VersionState.PUBLISHED).select_related("version__model", "phase")
