"""Questionnaires as versioned data: a questionnaire, its versions, and each version's definition as one document.

A published version never changes, and the database sees to it: what people answered keeps the words they read.
"""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from .enums import EditKind, VersionState
from .querysets import VersionQuerySet

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Questionnaire(models.Model):
    """A questionnaire through all of its versions; `slug` is how commands and addresses call it."""

    slug = models.CharField(max_length=60, unique=True, validators=[RegexValidator(SLUG)])
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["slug"]
        constraints = [models.CheckConstraint(condition=Q(slug__regex=SLUG), name="questionnaire_slug")]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One edition. `document` is the definition (`document.py`), `fingerprint` the SHA-256 of it.

    `is_shipped`: it came with the product, and the product's next edition may take its place. A draft is `based_on` the
    version that it was made from.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    is_shipped = models.BooleanField(default=False)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(state="published"), name="questionnaire_version_one_published"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(state="draft"), name="questionnaire_version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="questionnaire_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_on__isnull=False), name="questionnaire_version_has_date"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="questionnaire_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.slug} {self.number}"


class EarlierState(models.Model):
    """What a draft said before a change, so that the change can be undone: `kind` and `about` say which it was."""

    draft = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="earlier_states")
    kind = models.CharField(max_length=12, choices=EditKind)
    about = models.CharField(max_length=200, blank=True)
    document = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EditKind.values), name="questionnaire_earlier_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"
