"""Those who have asked for mail, and addresses that get no more."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField

from ..enums import Ending, Pace, Reason, Scope, SubscriberState


class Subscriber(models.Model):
    """A person who has asked for mail. Nothing is sent before the link of the first mail has been answered by POST.

    No topics means all. `link_number` makes older secret links dead when it is raised.
    """

    public_id = PublicIdField()
    email = models.EmailField(_("E-postadress"))
    language = models.CharField(max_length=2, default="sv")
    topics = models.ManyToManyField("organisations.ActivityField", blank=True, related_name="+")
    municipality = models.ForeignKey("places.Municipality", null=True, blank=True, on_delete=models.PROTECT)
    county = models.ForeignKey("places.County", null=True, blank=True, on_delete=models.PROTECT)
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.AT_ONCE)
    state = models.CharField(max_length=10, choices=SubscriberState, default=SubscriberState.WAITING)
    ended_how = models.CharField(max_length=10, choices=Ending, blank=True, default="")
    link_number = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    digest_at = models.DateTimeField(null=True, blank=True, help_text="when the latest monthly mail was made")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "pace", "id"], name="subscriber_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="subscriber_once", condition=~Q(state="ended")),
            models.CheckConstraint(condition=Q(language__in=["sv", "en"]), name="subscriber_language_known"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="subscriber_pace_known"),
            models.CheckConstraint(condition=Q(state__in=SubscriberState.values), name="subscriber_state_known"),
            models.CheckConstraint(condition=Q(ended_how__in=["", *Ending.values]), name="subscriber_ending_known"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="subscriber_confirmed_has_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Suppression(models.Model):
    """An address that gets no more of one scope: from one sender, or from all when there is none."""

    public_id = PublicIdField()
    address = models.EmailField()
    scope = models.CharField(max_length=10, choices=Scope)
    reason = models.CharField(max_length=12, choices=Reason)
    sender = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    told = models.CharField(max_length=300, blank=True, help_text="what the other server said")
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "scope", "sender"],
                name="suppression_once",
                nulls_distinct=False,
                condition=Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="suppression_scope_known"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="suppression_reason_known"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class RecipientList(models.Model):
    """A list of addresses that a sender keeps, read in from a file or typed."""

    public_id = PublicIdField()
    sender = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="recipient_lists")
    name = models.CharField(_("Listans namn"), max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ListedAddress(models.Model):
    """An address of a list, with the organisation it belongs to where that is known."""

    list = models.ForeignKey(RecipientList, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["list", "email"], name="listed_address_once")]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.pk}"
