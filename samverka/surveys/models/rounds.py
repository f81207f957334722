"""Rounds: one version of a questionnaire, put to many."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverka.questionnaires.models import SLUG, Version

from ..enums import RoundAccess, RoundMode, RoundSide, RoundState
from ..querysets import RoundQuerySet


class Round(models.Model):
    """One time that a questionnaire is put. Only a round in real mode is part of a result. `revision` goes up whenever
    an answer that counts is added or changed.

    What förordning (1982:668) 3–4 §§ asks of a state agency that asks municipalities is kept here and printed on the
    form: with whom it was consulted, and the provision where answering is a duty (`provision`, empty: voluntary).
    """

    slug = models.CharField(max_length=60, unique=True, validators=[RegexValidator(SLUG)])
    title = models.CharField(_("Vad omgången heter"), max_length=200, blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey(
        "self",
        verbose_name=_("Förra omgången"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next_rounds",
    )
    state = models.CharField(max_length=12, choices=RoundState, default=RoundState.OPEN)
    mode = models.CharField(_("Räknas svaren?"), max_length=8, choices=RoundMode, default=RoundMode.REAL)
    side = models.CharField(_("Vilka frågas?"), max_length=8, choices=RoundSide, default=RoundSide.PUBLIC)
    access = models.CharField(_("Hur kommer man in?"), max_length=8, choices=RoundAccess, default=RoundAccess.INVITED)
    closes_on = models.DateField(_("Sista svarsdag"), null=True, blank=True)
    consulted_with = models.CharField(_("Samråd har hållits med"), max_length=200, blank=True)
    consulted_on = models.DateField(_("Dag för samrådet"), null=True, blank=True)
    consultation_diary_number = models.CharField(_("Samrådets diarienummer"), max_length=60, blank=True)
    provision = models.CharField(_("Bestämmelse som kräver svar"), max_length=200, blank=True)
    sender = models.CharField(_("Vem som frågar"), max_length=200, blank=True)
    diary_number = models.CharField(_("Omgångens diarienummer"), max_length=60, blank=True)
    contact_name = models.CharField(_("Kontakt"), max_length=150, blank=True)
    contact_email = models.EmailField(_("Kontaktens e-postadress"), blank=True)
    contact_phone = models.CharField(_("Kontaktens telefon och tider"), max_length=120, blank=True)
    at_hand = models.TextField(_("Det här behöver ni ha till hands"), max_length=600, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    row_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(condition=Q(mode__in=RoundMode.values), name="round_mode_known"),
            models.CheckConstraint(condition=Q(side__in=RoundSide.values), name="round_side_known"),
            models.CheckConstraint(condition=Q(access__in=RoundAccess.values), name="round_access_known"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG), name="round_slug"),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(opened_at__isnull=False), name="round_open_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    @property
    def is_test(self) -> bool:
        """Whether it leaves no trace in any result."""
        return self.mode != RoundMode.REAL

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can know who answers: all come in by the same open link."""
        return self.access == RoundAccess.OPEN
