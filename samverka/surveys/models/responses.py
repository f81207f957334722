"""What counts: one row for each respondent, and the same answers turned on their side to be counted.

A response is one row with its answers as a document, so that a million of them can be read in by one statement. What
they say together is counted from columns (`columns.py`), which are made from the responses and can be made anew.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from ..querysets import ResponseQuerySet
from .rounds import Round


class Response(models.Model):
    """What one respondent answered: `answers` is {code: answer} as `questionnaires.values.to_json` keeps them, for a
    repeated group {code: [{code: answer}, …]}. `respondent` is what a file calls it, "" when it says nothing. Of the
    time only the day is kept. `organisation` is the body whose public answer it is; an association's answer has none.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="responses")
    respondent = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
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
