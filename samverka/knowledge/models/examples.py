"""What an example and a portrait hold beside the head of every page."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import ParticipationLevel

from ..enums import DecisionStep, Holds
from .pages import Page


class Lasting(models.Model):
    """What parties approve and somebody confirms from time to time: the day it was said to hold, and when one asked."""

    text_version = models.PositiveIntegerField(
        default=1, help_text="counts changes of what shows; approvals hold for one"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    holds = models.CharField(max_length=10, choices=Holds, blank=True)
    holds_comment = models.TextField(max_length=1000, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(holds__in=["", *Holds.values]), name="%(class)s_holds_known"),
        ]


class Example(Lasting):
    """One thing that parties did together, told so that others can do the same (users.md G9).

    `collaboration` is the matter it was made from, if any. `steps` are codes of the process model. `participation` and
    `decision_step` are the two axes of the European Code.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="example")
    collaboration = models.ForeignKey(
        "collaborations.Collaboration", null=True, blank=True, on_delete=models.SET_NULL, related_name="examples"
    )
    target_group = models.TextField(_("För vem?"), max_length=1000, blank=True)
    done = models.TextField(_("Vad gjorde ni?"), max_length=6000, blank=True)
    led_to = models.TextField(_("Vad ledde det till?"), max_length=6000, blank=True)
    cost = models.TextField(_("Vad kostade det?"), max_length=3000, blank=True)
    went_wrong = models.TextField(_("Vad gick fel?"), max_length=6000, blank=True)
    lessons = models.TextField(_("Vad har ni lärt er?"), max_length=6000, blank=True)
    steps = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    participation = models.CharField(_("Delaktighetsnivå"), max_length=20, choices=ParticipationLevel, blank=True)
    decision_step = models.CharField(_("Steg i ett beslut"), max_length=20, choices=DecisionStep, blank=True)

    class Meta:
        constraints = [
            *Lasting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(participation__in=["", *ParticipationLevel.values]), name="example_participation_known"
            ),
            models.CheckConstraint(
                condition=Q(decision_step__in=["", *DecisionStep.values]), name="example_decision_step_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.page)


class Portrait(Lasting):
    """One municipality or region that tells in its own words how it is set up; `page.owner` is the body."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="portrait")
    structure = models.TextField(_("Så är vi organiserade"), max_length=6000, blank=True)
    agreements = models.TextField(_("Överenskommelser och avtal"), max_length=6000, blank=True)
    grants = models.TextField(_("Stöd och bidrag"), max_length=6000, blank=True)
    forums = models.TextField(_("Här möts vi"), max_length=6000, blank=True)
    proud_of = models.TextField(_("Det är vi stolta över"), max_length=6000, blank=True)
    struggles = models.TextField(_("Det brottas vi med"), max_length=6000, blank=True)

    class Meta:
        constraints = [*Lasting.Meta.constraints]

    def __str__(self) -> str:
        return str(self.page)


def told_of(page: Page) -> Any:
    """Return what the page holds beside its head: its Example or its Portrait."""
    return page.example if page.kind == "example" else page.portrait
