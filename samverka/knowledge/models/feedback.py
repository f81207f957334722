"""What visitors say of a page: "Hjälpte informationen på sidan dig?"."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..querysets import FeedbackQuerySet
from .pages import Page


class Feedback(models.Model):
    """One visitor's yes or no, and why. The address is there only when an answer is wanted, and is removed when the
    answer has been sent, or on `purge_on`. `led_to_change`: the page says that it was changed after what visitors said.
    """

    public_id = PublicIdField()
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="feedback")
    helped = models.BooleanField()
    text = models.TextField(_("Varför?"), max_length=2000, blank=True)
    reply_email = models.EmailField(_("Din e-postadress"), blank=True)
    wants_answer = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("Svar"), max_length=2000, blank=True)
    led_to_change = models.BooleanField(_("Sidan är ändrad efter synpunkten"), default=False)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    purge_on = models.DateField()

    objects: ClassVar[Any] = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["page", "-created_at"], name="feedback_by_page")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_email="") | Q(wants_answer=True), name="feedback_address_to_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} {'+' if self.helped else '-'}"
