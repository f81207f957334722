"""The panel of a round: who is asked, at which address, and how far each has come."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from samverka.kernel.ids import PublicIdField

from ..enums import AskedState
from ..querysets import AskedQuerySet
from .responses import Response
from .rounds import Round
from .samples import Sample

User = settings.AUTH_USER_MODEL


class Asked(models.Model):
    """One organisation, or a unit of it, that is asked in a round. The link to its form is made from `public_id` and
    `link_number` with the installation's key and stands in no table; a new number makes the old link dead.

    `row_version` goes up with each change of the row. `response` is what counts, from the moment the answer is handed
    over; while it is opened again the response stays as it was.
    """

    public_id = PublicIdField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asked")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=20, blank=True, help_text="kind of function, see organisations.enums")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8, default="sv")
    link_number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AskedState, default=AskedState.WAITING)
    invited_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=150, blank=True)
    signed_role = models.CharField(max_length=120, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_why = models.CharField(max_length=300, blank=True)
    declined_why = models.CharField(max_length=300, blank=True)
    diary_number = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="what the host's staff wrote after a call")
    response = models.OneToOneField(Response, null=True, blank=True, on_delete=models.PROTECT, related_name="asked")
    sample = models.ForeignKey(Sample, null=True, blank=True, on_delete=models.PROTECT, related_name="asked")
    stratum = models.CharField(max_length=40, blank=True, help_text="a key of the sample's `strata`")
    row_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation", "unit"], name="asked_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(state__in=AskedState.values), name="asked_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["handed_over", "signed"]) | Q(handed_over_at__isnull=False),
                name="asked_handed_over_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="asked_signed_has_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Reminder(models.Model):
    """A reminder that was sent: the first or the second, never a third."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    sent_on = models.DateField()

    class Meta:
        ordering = ["asked", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "number"], name="reminder_once"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="reminder_two_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_id} {self.number}"
