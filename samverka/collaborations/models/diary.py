"""The process diary: what the parties write, for which step and question, and what is kept while they write."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.drafts import TypedDraft
from samverka.kernel.ids import PublicIdField

from ..enums import Circle, Stance
from ..querysets import AttachmentQuerySet, EntryQuerySet
from .collaboration import Collaboration
from .parties import Party

User = settings.AUTH_USER_MODEL
#: A step's code ("3.2") and a question's ("3.2.1"), the same in every edition and language of a model (ADR 4).
STEP = r"^([0-9]{1,2}\.[0-9]{1,2})?$"
QUESTION = r"^([0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2})?$"


class Meeting(models.Model):
    """A meeting at which one person typed for all; what was shown there is shared (users.md R6)."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="meetings", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    questions = ArrayField(models.CharField(max_length=8), default=list, help_text="codes, in the order they are asked")
    started_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration"], condition=Q(ended_at__isnull=True), name="meeting_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting {self.public_id}"


class Attendee(models.Model):
    """Somebody who was at a meeting and gets its text; `email` may be empty for who has none."""

    meeting = models.ForeignKey(Meeting, related_name="attendees", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    user = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    name = models.CharField(_("Namn"), max_length=150)
    email = models.EmailField(_("E-postadress"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def email_address(self) -> str:
        """Where the text goes: the person's own address if they sign in, else the one that was typed."""
        if self.user is not None:
            return self.user.email if self.user.is_active else ""
        return self.email


class Entry(models.Model):
    """What a party writes, or what the parties write together (`joint`), with its readers' circle.

    `step` and `question` say where in the model it stands; both are empty for what concerns the whole. A party's own
    draft sent out for comments has `comments_until` (users.md R1). What somebody typed for another party at a meeting
    has `meeting`, and `confirmed_at` once that party has said that it is so.
    """

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="entries", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="entries", on_delete=models.PROTECT)
    step = models.CharField(max_length=5, blank=True)
    question = models.CharField(max_length=8, blank=True)
    joint = models.BooleanField(default=False)
    circle = models.CharField(max_length=8, choices=Circle, default=Circle.AUTHOR)
    text = models.TextField(_("Anteckning"), max_length=20_000)
    language = models.CharField(max_length=8, default="sv")
    author = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    changed_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    comments_until = models.DateField(_("Synpunkter senast"), null=True, blank=True)
    comments_marked_by = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    comments_ended_at = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, related_name="entries", on_delete=models.SET_NULL)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["collaboration", "created_at"], name="entry_by_collaboration"),
            models.Index(fields=["collaboration", "step", "created_at"], name="entry_by_step"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="entry_circle_known"),
            models.CheckConstraint(
                condition=~Q(circle="all") | Q(shared_at__isnull=False), name="entry_shared_has_time"
            ),
            models.CheckConstraint(condition=Q(joint=False) | Q(circle="all"), name="entry_joint_is_shared"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="entry_withdrawn_has_reason"
            ),
            models.UniqueConstraint(
                fields=["collaboration", "step", "question"], name="entry_joint_once", condition=Q(joint=True)
            ),
            models.CheckConstraint(condition=Q(step__regex=STEP), name="entry_step_form"),
            models.CheckConstraint(condition=Q(question__regex=QUESTION), name="entry_question_form"),
            models.CheckConstraint(condition=Q(question="") | ~Q(step=""), name="entry_question_has_step"),
        ]

    def __str__(self) -> str:
        return f"Entry {self.public_id}"

    @property
    def code(self) -> str:
        """Where in the model it stands: "3.2.1", "3.2" or ""."""
        return self.question or self.step

    @property
    def corrected(self) -> bool:
        """Whether the text has changed since it was shared."""
        return not self.joint and self.shared_at is not None and self.changed_at > self.shared_at

    @property
    def takes_comments(self) -> bool:
        """Whether it is a draft out for comments whose time still runs."""
        until = self.comments_until
        return until is not None and self.comments_ended_at is None and until >= timezone.localdate()


class EntryVersion(models.Model):
    """An earlier text of an entry. Readers outside the circle it was written in never see it."""

    entry = models.ForeignKey(Entry, related_name="versions", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    circle = models.CharField(max_length=8, choices=Circle)
    text = models.TextField()
    author = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once"),
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="entry_version_circle_known"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} version {self.number}"


class Draft(TypedDraft):
    """What a person is typing in one form, kept as they type: nobody else reads it, and it widens no circle.

    `key` names the form ("q:3.2.1", "e:<entry>", "j:3.2.1" …).
    """

    user = models.ForeignKey(User, related_name="+", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="drafts", on_delete=models.CASCADE)
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "party", "key"], name="draft_once"),
            models.CheckConstraint(condition=~Q(key=""), name="draft_has_key"),
        ]


class Attachment(models.Model):
    """A file that belongs to an entry and is read by the same circle. Never removed: struck, with a reason.

    `struck_in` is the circle of the text when the file was struck ("" while it is not): a text that is shared later
    does not take the file along.
    """

    public_id = PublicIdField()
    entry = models.ForeignKey(Entry, related_name="attachments", on_delete=models.CASCADE)
    file = models.ForeignKey("kernel.StoredFile", related_name="+", on_delete=models.PROTECT)
    added_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    added_at = models.DateTimeField(default=timezone.now)
    mentions_number = models.BooleanField(null=True, help_text="a personal identity number; None until looked through")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    struck_in = models.CharField(max_length=8, choices=Circle, blank=True)

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="attachment_withdrawn_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, struck_in="")
                | Q(withdrawn_at__isnull=False, struck_in__in=Circle.values),
                name="attachment_struck_in_a_circle",
            ),
        ]

    def __str__(self) -> str:
        return f"Attachment {self.public_id}"


class StanceTaken(models.Model):
    """What was said of a question at a meeting or in the diary: agreed, differing, not clear. The newest row holds."""

    collaboration = models.ForeignKey(Collaboration, related_name="stances", on_delete=models.CASCADE)
    question = models.CharField(max_length=8)
    stance = models.CharField(max_length=10, choices=Stance)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["collaboration", "question", "-at"], name="stance_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="stance_known"),
            models.CheckConstraint(
                condition=Q(question__regex=QUESTION) & ~Q(question=""), name="stance_question_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.stance}"
