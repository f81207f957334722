"""What the steps leave behind, each stored as what it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import Circle, CommitmentState
from .collaboration import Collaboration
from .diary import STEP
from .parties import Party

User = settings.AUTH_USER_MODEL


class Outcome(models.Model):
    """What a step left behind: `values` by the keys of the step's fields (text, date as ISO 8601, list of lines).

    `joint` is what the parties say together and all read. Otherwise it is what one party says of its own, read by that
    party or, once shared, by all; in a preparation everything is so.
    """

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="outcomes", on_delete=models.CASCADE)
    step = models.CharField(max_length=5)
    party = models.ForeignKey(Party, related_name="outcomes", on_delete=models.PROTECT)
    joint = models.BooleanField(default=False)
    circle = models.CharField(max_length=8, choices=Circle, default=Circle.PARTY)
    values = models.JSONField(default=dict)
    changed_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    changed_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["step", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(circle__in=Circle.values) & ~Q(circle="me"), name="outcome_circle_known"
            ),
            models.CheckConstraint(condition=Q(step__regex=STEP) & ~Q(step=""), name="outcome_step_form"),
            models.CheckConstraint(condition=Q(joint=False) | Q(circle="all"), name="outcome_joint_is_shared"),
            models.CheckConstraint(
                condition=~Q(circle="all") | Q(shared_at__isnull=False), name="outcome_shared_has_time"
            ),
            models.UniqueConstraint(
                fields=["collaboration", "step"], condition=Q(joint=True), name="outcome_joint_once"
            ),
            models.UniqueConstraint(
                fields=["collaboration", "step", "party"], condition=Q(joint=False), name="outcome_party_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Outcome {self.public_id}"


class OutcomeVersion(models.Model):
    """An earlier content of an outcome, with the circle it was written in."""

    outcome = models.ForeignKey(Outcome, related_name="versions", on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    circle = models.CharField(max_length=8, choices=Circle)
    values = models.JSONField(default=dict)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "number"], name="outcome_version_once"),
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="outcome_version_circle_known"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} version {self.number}"


class Commitment(models.Model):
    """Who does what by when; owned by one party or several. All parties read it: a promise is made to somebody."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="commitments", on_delete=models.CASCADE)
    what = models.CharField(_("Vad ska göras?"), max_length=300)
    owners = models.ManyToManyField(Party, verbose_name=_("Vem lovar det?"), related_name="commitments")
    person = models.CharField(_("Vem håller i det?"), max_length=120, blank=True)
    due_on = models.DateField(_("Klart senast"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=CommitmentState, default=CommitmentState.PROMISED)
    volunteer_hours = models.PositiveIntegerField(_("Ideella timmar"), null=True, blank=True)
    premises = models.CharField(_("Lokal eller saker"), max_length=200, blank=True)
    question = models.CharField(max_length=8, blank=True, help_text="where in the model it came up")
    made_by = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    created_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    settled_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["collaboration", "state", "due_on"], name="commitment_due")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state_known"),
            models.CheckConstraint(condition=~Q(what=""), name="commitment_says_what"),
            models.CheckConstraint(
                condition=~Q(state__in=["kept", "broken", "dropped"]) | Q(settled_on__isnull=False),
                name="commitment_settled_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class CommitmentChange(models.Model):
    """A commitment changed: its state, its day, and why. Rows are only added."""

    commitment = models.ForeignKey(Commitment, related_name="changes", on_delete=models.CASCADE)
    state = models.CharField(max_length=12, choices=CommitmentState)
    due_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    party = models.ForeignKey(Party, related_name="+", on_delete=models.PROTECT)
    by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_change_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.state}"


class Mandate(models.Model):
    """For whom a person speaks, what they may promise today and what they must take home first."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="mandates", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="mandates", on_delete=models.PROTECT)
    person = models.CharField(_("Namn"), max_length=120)
    user = models.ForeignKey(User, null=True, blank=True, related_name="+", on_delete=models.SET_NULL)
    may_promise = models.TextField(_("Får lova i dag"), max_length=2000, blank=True)
    take_home = models.TextField(_("Måste tas hem först, och till vem"), max_length=2000, blank=True)
    answer_on = models.DateField(_("Svar senast"), null=True, blank=True)
    valid_until = models.DateField(_("Uppdraget gäller till"), null=True, blank=True)
    changed_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["party", "id"]
        constraints = [models.CheckConstraint(condition=~Q(person=""), name="mandate_names_person")]

    def __str__(self) -> str:
        return self.person


class Decision(models.Model):
    """A decision at home of a party: who said yes to what, when, under which number, and for how long it holds."""

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="decisions", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, related_name="decisions", on_delete=models.PROTECT)
    what = models.CharField(_("Vad är beslutat?"), max_length=300)
    decided_by = models.CharField(_("Vem har beslutat?"), max_length=200)
    decided_on = models.DateField(_("Beslutets datum"))
    reference = models.CharField(_("Diarienummer eller paragraf"), max_length=100, blank=True)
    valid_until = models.DateField(_("Gäller till och med"), null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(decided_by=""), name="decision_says_what_and_who"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="decision_withdrawn_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.what
