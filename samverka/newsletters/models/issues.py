"""An issue: its matter, sender and state; its subject in each language; its blocks."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.drafts import TypedDraft
from samverka.kernel.ids import PublicIdField, secret_token
from samverka.kernel.text import slug

from ..enums import SENT_STATES, BlockKind, Format, IssueState, Matter
from ..querysets import BlockQuerySet, IssueQuerySet

User = settings.AUTH_USER_MODEL
LANGUAGES = (("sv", _("Svenska")), ("en", _("Engelska")))


class Issue(models.Model):
    """One dispatch, by the host or by a public body. `document` holds what was sent, frozen when sending begins:
    {language: {subject, preview, html, text, web}}; the web version and the record are drawn from it.

    `legal_basis` is the provision that lets an answer be required. `audience` is the chosen segment as data.
    `attachments` says what comes with it, for the receiver's diary.
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
    attachments = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(null=True, blank=True)
    sending_began_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = IssueQuerySet.as_manager()

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
        return self.title

    @property
    def title(self) -> str:
        """Its subject, the Swedish one first, without what stands around it in a mail; "" before one is written."""
        texts = sorted(self.texts.all(), key=lambda text: text.language != "sv")
        return next((text.subject for text in texts if text.subject), "")

    @property
    def slug(self) -> str:
        """The subject as it stands in the web version's address, behind the public id."""
        return slug(self.title)

    @property
    def is_sent(self) -> bool:
        """Whether its document is frozen: what it says is what others have been sent."""
        return self.state in SENT_STATES


class IssueText(models.Model):
    """What an issue says at its head in one language, and its plain text when somebody has edited it.

    `made_from` is the mark of the blocks that the edited text was made from: it tells when they have changed since.
    """

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="sv")
    subject = models.CharField(_("Ämnesrad"), max_length=200, blank=True)
    preview = models.CharField(_("Förhandstext"), max_length=200, blank=True)
    plain_text = models.TextField(_("Ren text"), blank=True)
    made_from = models.CharField(max_length=64, blank=True)
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

    objects: ClassVar[Any] = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="issue_block_kind_known"),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="issue_block_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class BlockDraft(TypedDraft):
    """What somebody is typing in a block, kept as it is typed; nobody else reads it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="drafts")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "block"], name="issue_block_draft_once")]


class Picture(models.Model):
    """A picture of an issue. Its address is a secret that stands in the mail: whoever has the mail sees it, and
    mail programs ask for it without a session. An issue made from an earlier one shares its files.
    """

    token = models.CharField(max_length=40, default=secret_token, unique=True, editable=False)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.token


class LinkCheck(models.Model):
    """What became of a link in an issue when it was last tried; `fault` is empty for one that leads somewhere."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="link_checks")
    url = models.CharField(max_length=1000)
    fault = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["issue", "url"]
        constraints = [models.UniqueConstraint(fields=["issue", "url"], name="issue_link_once")]

    def __str__(self) -> str:
        return self.url
