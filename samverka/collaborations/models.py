"""Collaborations: parties, invitations, and what the parties write."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField
from samverka.kernel.search import Searchable

from .enums import Circle, CollaborationState, InvitationState, PartyState
from .querysets import CollaborationQuerySet, EntryQuerySet, PartyQuerySet

User = settings.AUTH_USER_MODEL


class Collaboration(Searchable):
    """One matter that parties work on together."""

    public_id = PublicIdField()
    title = models.CharField(_("Vad ska vi göra tillsammans?"), max_length=120)
    purpose = models.TextField(_("Varför?"), max_length=2000)
    language = models.CharField(max_length=8, default="sv")
    state = models.CharField(max_length=12, choices=CollaborationState, default=CollaborationState.INVITED)
    invented = models.BooleanField(default=False, help_text="made for a demo")
    created_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = CollaborationQuerySet.as_manager()

    class Meta(Searchable.Meta):
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CollaborationState.values), name="collaboration_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="collaboration_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return title and purpose; both are read by every party."""
        return {"A": [self.title], "C": [self.purpose]}


class Party(models.Model):
    """An organisation, and for a body perhaps a unit of it, in a collaboration."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="parties", on_delete=models.CASCADE)
    organisation = models.ForeignKey("organisations.Organisation", related_name="parties", on_delete=models.PROTECT)
    unit = models.ForeignKey("organisations.Unit", null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=PartyState, default=PartyState.INVITED)
    contact = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    diary_number = models.CharField(_("Vårt diarienummer"), max_length=60, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PartyState.values), name="party_state_known"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(joined_at__isnull=False), name="party_active_has_joined"
            ),
            models.UniqueConstraint(
                fields=["collaboration", "organisation", "unit"], name="party_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The party's name as it stands on the page: "Fritidsnämnden, Exempelby kommun"."""
        return f"{self.unit.name}, {self.organisation.name}" if self.unit else self.organisation.name

    @property
    def side(self) -> str:
        """The ring that the party stands in: public or civil."""
        return str(self.organisation.side.value)


class Invitation(models.Model):
    """A question to an organisation to be a party. The link opens the invitation only, never what is written."""

    public_id = PublicIdField()
    party = models.ForeignKey(Party, related_name="invitations", on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    short_code_hash = models.CharField(max_length=64, blank=True)
    email = models.EmailField()
    message = models.TextField(_("Hälsning"), max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=InvitationState, default=InvitationState.WAITING)
    invited_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    inviting_party = models.ForeignKey(Party, related_name="sent_invitations", on_delete=models.CASCADE)
    language = models.CharField(max_length=8, default="sv")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_name = models.CharField(max_length=150, blank=True)
    answered_role = models.CharField(max_length=120, blank=True)
    answered_email = models.EmailField(blank=True)
    answered_phone = models.CharField(max_length=40, blank=True)
    board_knows = models.CharField(max_length=12, blank=True)
    reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=InvitationState.values), name="invitation_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(answered_at__isnull=False),
                name="invitation_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered; one who asked to be called may still say yes or no."""
        return self.state in {InvitationState.WAITING, InvitationState.CALL_ME} and self.expires_at > timezone.now()


class Entry(models.Model):
    """What a party writes, or what the parties write together (`joint`), with its readers' circle."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="entries", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="entries", on_delete=models.PROTECT)
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
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["collaboration", "created_at"], name="entry_by_collaboration")]
        constraints = [
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="entry_circle_known"),
            models.CheckConstraint(
                condition=~Q(circle="all") | Q(shared_at__isnull=False), name="entry_shared_has_time"
            ),
            models.CheckConstraint(condition=Q(joint=False) | Q(circle="all"), name="entry_joint_is_shared"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="entry_withdrawn_has_reason"
            ),
            models.UniqueConstraint(fields=["collaboration"], name="entry_joint_once", condition=Q(joint=True)),
        ]

    def __str__(self) -> str:
        return f"Entry {self.public_id}"


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
