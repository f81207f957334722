"""A collaboration: one matter, with what it is about, where and when."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField
from samverka.kernel.search import Searchable
from samverka.processes.enums import SocietyLevel

from ..enums import CollaborationState, Form, form_labels
from ..querysets import CollaborationQuerySet

User = settings.AUTH_USER_MODEL


class Collaboration(Searchable):
    """One matter that parties work on together, or one party alone while it prepares.

    `model_version` is the edition of the process model that its diary follows; a matter that was put in afterwards
    (`recorded_later`) has none. `chosen_steps` are codes that the parties want to begin with. With neither
    municipality nor county it concerns the whole country, or nobody has said.
    """

    public_id = PublicIdField()
    title = models.CharField(_("Vad ska vi göra tillsammans?"), max_length=120)
    purpose = models.TextField(_("Varför?"), max_length=2000)
    language = models.CharField(max_length=8, default="sv")
    forms = ArrayField(
        models.CharField(max_length=20, choices=Form), verbose_name=_("Samverkansform"), default=list, blank=True
    )
    fields = models.ManyToManyField(
        "organisations.ActivityField", verbose_name=_("Område"), related_name="+", blank=True
    )
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("Kommun"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
    )
    county = models.ForeignKey(
        "places.County", verbose_name=_("Län"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    society_level = models.CharField(_("Samhällsnivå"), max_length=10, choices=SocietyLevel, blank=True)
    starts_on = models.DateField(_("Från"), null=True, blank=True)
    ends_on = models.DateField(_("Till"), null=True, blank=True)
    model_version = models.ForeignKey(
        "processes.ModelVersion", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    chosen_steps = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    recorded_later = models.BooleanField(default=False, help_text="put in when it was already under way (users.md R7)")
    link = models.URLField(_("Länk"), max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=CollaborationState, default=CollaborationState.INVITED)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="made for a demo")
    created_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = CollaborationQuerySet.as_manager()

    class Meta(Searchable.Meta):
        ordering = ["-changed_at", "-id"]
        indexes = [
            *Searchable.Meta.indexes,
            # A page of the newest is read in this order, not sorted out of thousands.
            models.Index(fields=["-changed_at", "-id"], name="collaboration_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CollaborationState.values), name="collaboration_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="collaboration_has_title"),
            models.CheckConstraint(condition=Q(forms__contained_by=Form.values), name="collaboration_forms_known"),
            models.CheckConstraint(
                condition=Q(society_level__in=["", *SocietyLevel.values]), name="collaboration_society_level_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="collaboration_period",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(recorded_later=True) | Q(ended_at__isnull=False),
                name="collaboration_ended_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return title and purpose; both are read by every party."""
        return {"A": [self.title], "C": [self.purpose]}

    @property
    def form_labels(self) -> list[str]:
        """The forms in words, in the reader's language."""
        return form_labels(self.forms)


class NamedParty(models.Model):
    """A party of a matter put in afterwards, as somebody wrote it; `organisation` once it is found in the register.

    It gives nobody a seat: those who are named have not been asked.
    """

    public_id = PublicIdField()
    collaboration = models.ForeignKey(Collaboration, related_name="named_parties", on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "name"], name="named_party_once"),
            models.CheckConstraint(condition=~Q(name=""), name="named_party_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
