"""One mail of an issue to one recipient, and what became of it."""

from django.db import models
from django.db.models import Q

from samverka.kernel.ids import PublicIdField

from ..enums import Audience, DeliveryState
from .issues import Issue


class Delivery(models.Model):
    """A recipient of an issue: at most one for an address. `merged` holds what differs in this mail.

    `purge_on`: the day the address is removed; what remains is the organisation and the state.
    """

    public_id = PublicIdField()
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="deliveries")
    address = models.EmailField()
    language = models.CharField(max_length=2, default="sv")
    audience = models.CharField(max_length=12, choices=Audience)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_answer = models.CharField(max_length=300, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    purge_on = models.DateField()
    # The part after the @: the pace is kept for each.
    domain = models.CharField(max_length=255, blank=True, default="")
    #: Which run of the sender has taken it, and when: ids of files beside the database (sending/journal.py).
    claim = models.CharField(max_length=40, blank=True, default="")
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["issue", "id"]
        indexes = [
            models.Index(fields=["address"], name="delivery_by_address"),
            models.Index(fields=["claim"], name="delivery_claimed", condition=~Q(claim="")),
            models.Index(fields=["issue", "state", "id"], name="delivery_by_state"),
            models.Index(fields=["purge_on"], name="delivery_purge"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["issue", "address"], name="delivery_once"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="delivery_audience_known"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="delivery_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.public_id}"
