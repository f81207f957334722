"""Whom we tell of what, and when they want to be told. Rows hold ids only; what is told is read when a mail leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import NoticeKind, NoticePace
from .collaboration import Collaboration
from .parties import Party

User = settings.AUTH_USER_MODEL


class NoticeChoice(models.Model):
    """When a person wants to be told, in one collaboration or (without one) wherever they chose nothing else.

    `pace` is "" where the choice for all holds here too. `with_matter`: the mail carries the text also in a sensitive
    field, where it otherwise does not (users.md R10).
    """

    user = models.ForeignKey(User, related_name="+", on_delete=models.CASCADE)
    collaboration = models.ForeignKey(
        Collaboration, null=True, blank=True, related_name="notice_choices", on_delete=models.CASCADE
    )
    pace = models.CharField(_("När vill du ha mejl?"), max_length=10, choices=NoticePace, blank=True)
    with_matter = models.BooleanField(_("Skicka med texten i mejlet"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "collaboration"], name="notice_choice_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(pace__in=["", *NoticePace.values]), name="notice_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.pace}"


class Notice(models.Model):
    """That a person is to be told of something, for a party they answer for, once `due_at` has come.

    `about` is the key of what it is about, in the table that its kind names (`matters`). `batch` names the mail that it
    went into, "" while it waits; several that wait for the same person in the same collaboration go into one mail.
    """

    user = models.ForeignKey(User, related_name="+", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.CASCADE)
    collaboration = models.ForeignKey(Collaboration, related_name="+", on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=NoticeKind)
    about = models.PositiveBigIntegerField()
    by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    by_party = models.ForeignKey(Party, null=True, related_name="+", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    batch = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(batch=""), name="notice_waiting"),
            models.Index(fields=["batch"], condition=~Q(batch=""), name="notice_by_batch"),
            models.Index(fields=["kind", "about", "user"], name="notice_about"),
        ]
        constraints = [models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
