"""An issue: its matter, sender and state; its subject in each language; its blocks."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import BlockKind, Format, IssueState, Matter

User = settings.AUTH_USER_MODEL
LANGUAGES = (("sv", _("Svenska")), ("en", _("Engelska")))


class Issue(models.Model):
    """One dispatch, by the host or by a public body. `document` holds what was sent, frozen when sending begins:
    {language: {subject, preview, html, text, web}}; the web version and the record are drawn from it.

    `legal_basis` is the provision that lets an answer be required. `audience` is the chosen segment as data.
    """

    public_id = PublicIdField()
    sender = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="issues")
    format = models.CharField(max_length=10, choices=Format)
    matter = models.CharField(max_length=16, choices=Matter, blank=True, default="")
    legal_basis = models.CharField(max_length=200, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    diary_number = models.CharField(max_length=60, blank=True)
    from_name = models.CharField(max_length=120, blank=True)
    from_address = models.EmailField(blank=True)
    reply_to = models.EmailField(blank=True)
    reply_read_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.DRAFT)
    audience = models.JSONField(default=dict, blank=True)
    document = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(null=True, blank=True)
    sending_began_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(format__in=Format.values), name="issue_format_known"),
            models.CheckConstraint(condition=Q(matter__in=["", *Matter.values]), name="issue_matter_known"),
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(send_at__isnull=False), name="issue_scheduled_has_time"
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="issue_sent_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} {self.public_id}"


class IssueText(models.Model):
    """What an issue says at its head in one language, and its plain text when somebody has edited it."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="sv")
    subject = models.CharField(_("Ämnesrad"), max_length=200, blank=True)
    preview = models.CharField(_("Förhandstext"), max_length=200, blank=True)
    plain_text = models.TextField(_("Ren text"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["issue", "language"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "language"], name="issue_text_once"),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="issue_text_language_known"),
        ]

    def __str__(self) -> str:
        return self.subject


class Block(models.Model):
    """A part of an issue in one language; `content` holds the fields that its kind has."""

    public_id = PublicIdField()
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="blocks")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="sv")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BlockKind)
    content: Any = models.JSONField(default=dict)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["issue", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="issue_block_kind_known"),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="issue_block_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
