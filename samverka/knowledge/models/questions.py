"""A question about an example or a portrait, to the office of who tells it, and the answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import QuestionState
from .pages import Page

User = settings.AUTH_USER_MODEL


class PageQuestion(models.Model):
    """What somebody asks of the organisation that tells. It shows under the page when it has been answered, the one who
    asked has said yes to that (`may_show`) and the one who answered wants it (`shown_at`).

    `asker_email` is emptied on `purge_on`, and the whole row is removed then unless it shows.
    """

    public_id = PublicIdField()
    page = models.ForeignKey(Page, related_name="questions", on_delete=models.CASCADE)
    organisation = models.ForeignKey("organisations.Organisation", related_name="+", on_delete=models.PROTECT)
    text = models.TextField(_("Din fråga"), max_length=1500)
    asker_name = models.CharField(_("Ditt namn"), max_length=150, blank=True)
    asker_from = models.CharField(_("Varifrån du frågar"), max_length=150, blank=True)
    asker_email = models.EmailField(_("Din e-postadress"), blank=True)
    language = models.CharField(max_length=8, default="sv")
    may_show = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.WAITING)
    answer = models.TextField(_("Svar"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    shown_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    purge_on = models.DateField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organisation", "state"], name="page_question_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="page_question_state_known"),
            models.CheckConstraint(
                condition=~Q(state="answered") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="page_question_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True) | (Q(may_show=True) & Q(state="answered")),
                name="page_question_shown_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.public_id}"
