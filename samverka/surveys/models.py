"""Rounds: one version of a questionnaire, put to many, and what they answered.

A response is one row with its answers as a document, so that a million of them can be read in by one statement. What
they say together is counted from columns (`columns.py`), which are made from the responses and can be made anew.
"""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samverka.questionnaires.models import SLUG, Version

from .enums import RoundState
from .querysets import ResponseQuerySet, RoundQuerySet


class Round(models.Model):
    """One time that a questionnaire is put. A test round is counted by itself and never beside another. `revision` goes
    up whenever an answer is added or changed.
    """

    slug = models.CharField(max_length=60, unique=True, validators=[RegexValidator(SLUG)])
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RoundState, default=RoundState.OPEN)
    is_test = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="round_slug"),
        ]

    def __str__(self) -> str:
        return self.slug


class Response(models.Model):
    """What one respondent answered: `answers` is {code: answer} as `questionnaires.values.to_json` keeps them, for a
    repeated group {code: [{code: answer}, …]}. `respondent` is what a file calls it, "" when it says nothing. Of the
    time only the day is kept.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="responses")
    respondent = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=dict)
    received_on = models.DateField()

    objects: ClassVar[Any] = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "respondent"], condition=~Q(respondent=""), name="response_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.respondent or self.pk}"


class ColumnBlock(models.Model):
    """Some thousands of a round's responses turned on their side, for counting: `data` is a table in Arrow's file
    format. `part` is "" for the answers and the code of a repeated group for its rows. It applies while `revision` is
    the round's.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="blocks")
    revision = models.PositiveIntegerField()
    part = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["round", "part", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "part", "number"], name="column_block_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.part} {self.number}"
