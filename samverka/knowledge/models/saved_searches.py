"""Searches that somebody wants to be told of."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField


def new_token() -> str:
    """Return a word that nobody guesses, for the link by which alerts are ended."""
    return secrets.token_urlsafe(24)


class Pace(models.TextChoices):
    """How often one is told."""

    AT_ONCE = "at_once", _("Så snart det kommer något")
    WEEKLY = "weekly", _("En gång i veckan")
    NEVER = "never", _("Inte alls, jag tittar själv")


class SavedSearch(models.Model):
    """A search as its address has it ("q=bidrag&slag=example"), whose it is, and what has been told of it.

    `told` are the latest things that were told of, so that nothing is told twice; `checked_at` is when it was looked
    last.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    query = models.CharField(max_length=600)
    words = models.CharField(max_length=200)
    pace = models.CharField(_("Hur ofta vill du få mejl?"), max_length=8, choices=Pace, default=Pace.WEEKLY)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    told = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["words", "id"]
        indexes = [models.Index(fields=["pace", "checked_at"], name="saved_search_to_check")]
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="saved_search_once"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="saved_search_pace_known"),
            models.CheckConstraint(condition=~Q(words=""), name="saved_search_has_words"),
        ]

    def __str__(self) -> str:
        return self.words
