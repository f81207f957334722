"""Kernel tables. They keep ids and labels of what they speak of, never a foreign key upwards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .ids import PublicIdField
from .search.models import MissedMark, MissedSearch, SearchPassage, SearchText, SearchWord  # noqa: F401  (Django finds them here)


class AuditEntry(models.Model):
    """One write with consequences: who, when, which fields. Texts with a readers' circle appear as length and hash."""

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    organisation_id = models.CharField(max_length=16, blank=True)
    action = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "-id"], name="audit_by_organisation", condition=~Q(organisation_id="")
            ),
            models.Index(fields=["object_kind", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"


class OutboxState(models.TextChoices):
    QUEUED = "queued", _("Väntar")
    SENT = "sent", _("Skickat")
    FAILED = "failed", _("Misslyckades")
    CANCELLED = "cancelled", _("Stoppat")


class OutboxMessage(models.Model):
    """A mail, as a row first. A secret one (codes, links) loses its body as soon as it is sent. A late one never has
    any here: `arguments` are the ids and labels that its text is made from when it leaves.
    """

    public_id = PublicIdField()
    kind = models.CharField(max_length=60)
    to_address = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    late = models.BooleanField(default=False)
    arguments = models.JSONField(default=dict, blank=True)
    reply_to = ArrayField(models.EmailField(), default=list, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=8, default="sv")
    secret = models.BooleanField(default=False)
    organisation_id = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=12, choices=OutboxState, default=OutboxState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    purge_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], name="outbox_waiting", condition=Q(state="queued")),
            models.Index(fields=["-id", "state"], name="outbox_by_state"),
            models.Index(fields=["purge_on"], name="outbox_purge"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OutboxState.values), name="outbox_state_known"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outbox_sent_has_time"),
            models.CheckConstraint(condition=Q(late=False) | Q(text="", html=""), name="outbox_late_keeps_no_text"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_address}"


class SinkMail(models.Model):
    """A mail that the development mail sink caught instead of sending."""

    received_at = models.DateTimeField(default=timezone.now)
    to_addresses = models.CharField(max_length=1000)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    raw = models.BinaryField()
    public_id = PublicIdField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject


class IdempotencyKey(models.Model):
    """A creating POST that has been answered, so that a second press makes no second thing."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_purge")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class RateCount(models.Model):
    """How often something was tried in a window; one row, counted up atomically by every process."""

    key = models.CharField(max_length=120, primary_key=True)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class ScanState(models.TextChoices):
    NOT_SCANNED = "not_scanned", _("Inte kontrollerad")
    CLEAN = "clean", _("Kontrollerad")
    REFUSED = "refused", _("Stoppad")


class StoredFile(models.Model):
    """An uploaded file. Served as an attachment after the owner's rule is asked; kind told by content."""

    public_id = PublicIdField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200, unique=True)
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=40)
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="file_by_owner")]
        constraints = [models.CheckConstraint(condition=Q(scan_state__in=ScanState.values), name="file_scan_known")]

    def __str__(self) -> str:
        return self.name


class JobProgress(models.Model):
    """Long work that a person can leave and find again: how far it is and where its report is."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    owner_id = models.BigIntegerField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, default="waiting")
    report = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    file_id = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]), name="job_progress_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.label
