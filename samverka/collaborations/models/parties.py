"""Who is at the table: parties with contact and deputy, invitations, and guests who only read."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import InvitationState, PartyState
from ..querysets import GuestQuerySet, PartyQuerySet
from .collaboration import Collaboration

User = settings.AUTH_USER_MODEL


class Party(models.Model):
    """An organisation, and for a body perhaps a unit of it, in a collaboration."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="parties", on_delete=models.CASCADE)
    organisation = models.ForeignKey("organisations.Organisation", related_name="parties", on_delete=models.PROTECT)
    unit = models.ForeignKey("organisations.Unit", null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=PartyState, default=PartyState.INVITED)
    contact = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    deputy = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    deputy_accepted_on = models.DateField(_("Ersättaren sa ja den"), null=True, blank=True)
    deputy_reads_at = models.CharField(_("Här läser ersättaren in sig"), max_length=200, blank=True)
    diary_number = models.CharField(_("Vårt diarienummer"), max_length=60, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            # An organisation's collaborations, told and counted without looking at the parties themselves.
            # Not for one state only: a plan that is made once, for any value, does not use a partial index.
            models.Index(fields=["organisation", "state", "collaboration"], name="party_of"),
        ]
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
        """Whether it can still be answered; one who asked something, or to be called, may still say yes or no."""
        return self.state in InvitationState.unsettled() and self.expires_at > timezone.now()


class Guest(models.Model):
    """Somebody outside the parties who reads what all of them read, and writes nothing, until a date.

    `invited_as` is the address that was typed: it names the guest until that person has signed in, since an invitation
    must not tell whose address it is.
    """

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="guests", on_delete=models.CASCADE)
    user = models.ForeignKey(User, related_name="+", on_delete=models.CASCADE)
    invited_as = models.EmailField(blank=True)
    role = models.CharField(_("Varför får personen läsa?"), max_length=120)
    inviting_party = models.ForeignKey(Party, related_name="+", on_delete=models.CASCADE)
    invited_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    until = models.DateField(_("Får läsa till och med"))
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "user"], condition=Q(ended_at__isnull=True), name="guest_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Guest {self.public_id}"

    @property
    def called(self) -> str:
        """The guest's name, or the address that was typed until the person has signed in since then."""
        last = self.user.last_login
        return str(self.user) if not self.invited_as or (last and last >= self.created_at) else self.invited_as
