"""What is answered on the way to a response: rows are added and the newest of a place holds (ADR 10)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samverka.kernel.ids import PublicIdField

from ..enums import AnswerOrigin
from ..querysets import AnswerQuerySet
from .asked import Asked

User = settings.AUTH_USER_MODEL


class Passed(models.Model):
    """Blocks of questions that somebody passed on to a colleague, whose link opens these blocks and nothing else. The
    link is made like that of `Asked`.
    """

    public_id = PublicIdField()
    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="passed")
    blocks = models.JSONField(default=list, help_text="the codes of the sections")
    email = models.EmailField()
    message = models.CharField(max_length=600, blank=True)
    passed_by = models.CharField(max_length=150)
    passed_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.public_id)


class Answer(models.Model):
    """What somebody answered at one place: the question's code, and in a repeated group its row (else -1). A place's
    versions count from 1, so of two who save on top of the same version the database lets one through.

    `value` is the answer as `questionnaires.values.to_json` keeps it, null when it was taken away. `is_confirmed` is
    false for a suggestion that nobody has said yes to.
    """

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=80)
    row = models.SmallIntegerField(default=-1)
    version = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    origin = models.CharField(max_length=12, choices=AnswerOrigin, default=AnswerOrigin.TYPED)
    is_confirmed = models.BooleanField(default=True)
    author = models.CharField(max_length=150, blank=True)
    passed = models.ForeignKey(Passed, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["asked", "code", "row", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "code", "row", "version"], name="answer_version_once"),
            models.CheckConstraint(condition=Q(origin__in=AnswerOrigin.values), name="answer_origin_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="answer_version_from_one"),
            models.CheckConstraint(condition=Q(row__gte=-1), name="answer_row_known"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.code} {self.version}"


class Presence(models.Model):
    """Who has a form open, and at which block, while they have it open."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="present")
    key = models.CharField(max_length=32, help_text="tells two windows apart; drawn for each")
    name = models.CharField(max_length=150, blank=True)
    block = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "key"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.block}"
