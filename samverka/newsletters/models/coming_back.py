"""What comes back: bounces and complaints, receipts, how a mail was passed on, how often a link was opened."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..enums import BounceKind, ReceiptChoice
from .deliveries import Delivery
from .issues import Issue


class Bounce(models.Model):
    """A mail that came back. `message` is its fingerprint: the same one read twice counts once."""

    message = models.CharField(max_length=64)
    address = models.EmailField()
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="bounces")
    kind = models.CharField(max_length=10, choices=BounceKind)
    status = models.CharField(max_length=12, blank=True)
    told = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["address", "at"], name="bounce_by_address")]
        constraints = [
            models.UniqueConstraint(fields=["message", "address"], name="bounce_once"),
            models.CheckConstraint(condition=Q(kind__in=BounceKind.values), name="bounce_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Receipt(models.Model):
    """What a receiver has said of a mail; the newest holds."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="receipts")
    choice = models.CharField(max_length=16, choices=ReceiptChoice)
    diary_number = models.CharField(max_length=60, blank=True)
    passed_to = models.CharField(max_length=200, blank=True, help_text="in words: an office, or what associations")
    sent_to = models.PositiveIntegerField(default=0, help_text="how many mails left by the page")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=ReceiptChoice.values), name="receipt_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} {self.pk}"


class LinkCount(models.Model):
    """How often a link of an issue was opened in a day, by anybody; nothing tells who."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="link_counts")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["issue", "number", "day"]
        constraints = [models.UniqueConstraint(fields=["issue", "number", "day"], name="link_count_once")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.number} {self.day}"
