"""How far the parties have come: states of steps, confirmations of phases. Rows are only added; the newest holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..enums import PhaseAnswer, StepState
from .collaboration import Collaboration
from .diary import STEP
from .parties import Party

User = settings.AUTH_USER_MODEL


class StepChange(models.Model):
    """A step was begun, done or opened again: by whom, for which party, when and why. No row: not begun."""

    collaboration = models.ForeignKey(Collaboration, related_name="step_changes", on_delete=models.CASCADE)
    step = models.CharField(max_length=5)
    state = models.CharField(max_length=12, choices=StepState)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["collaboration", "step", "-at", "-id"], name="step_change_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_change_state_known"),
            models.CheckConstraint(condition=Q(step__regex=STEP) & ~Q(step=""), name="step_change_step_form"),
            models.CheckConstraint(condition=~Q(state="reopened") | ~Q(reason=""), name="step_reopened_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.state}"


class PhaseConfirmation(models.Model):
    """A party's word on a phase: we are done, or not yet. Silence is no row, and confirms nothing (users.md R13)."""

    collaboration = models.ForeignKey(Collaboration, related_name="phase_confirmations", on_delete=models.CASCADE)
    phase = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, related_name="phase_confirmations", on_delete=models.PROTECT)
    answer = models.CharField(max_length=10, choices=PhaseAnswer)
    comment = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["collaboration", "phase", "party", "-at", "-id"], name="confirmation_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=PhaseAnswer.values), name="phase_answer_known"),
            models.CheckConstraint(condition=~Q(answer="not_yet") | ~Q(comment=""), name="phase_not_yet_has_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.phase} {self.answer}"


class PhaseReminder(models.Model):
    """A party was reminded of a phase that another has confirmed. `asked_at` is when the question came, so that a
    phase which is confirmed anew is reminded of anew; `days` is 7 or 21.
    """

    party = models.ForeignKey(Party, related_name="+", on_delete=models.CASCADE)
    phase = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "phase", "asked_at", "days"], name="phase_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.phase} after {self.days} days"
