"""What waits for a person whose organisation is asked: the form, until it is handed over."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.accounts.roles import Permission
from samverka.kernel.compiled import compiled
from samverka.kernel.waiting import Waiting, register_waiting
from samverka.organisations.queries import Acting

from .enums import AskedState, RoundSide, RoundState
from .models import Asked

MOST = 50


def asked_for(acting: Acting) -> "QuerySet[Asked]":
    """Return where the organisation is asked in an open round, for one who may take part: all of it, or the units that
    the person's roles reach.
    """
    found: QuerySet[Asked] = _open(_reached(acting)).order_by("round__closes_on", "pk")
    return found


def is_asked(acting: Acting) -> bool:
    """Return whether `asked_for` finds any: what every page of the workspace asks, for its menu."""
    if acting.units or not acting.has(Permission.TAKE_PART):
        return asked_for(acting).exists()
    return _is_asked.first(organisation=acting.organisation.pk) is not None


@compiled
def _is_asked(organisation: int) -> Any:
    return _open(Asked.objects.filter(organisation=organisation)).values_list("pk")[:1]


def _open(rows: Any) -> Any:
    return rows.filter(round__state=RoundState.OPEN).exclude(state=AskedState.WAITING)


def answered_by(acting: Acting) -> "QuerySet[Asked]":
    """Return where the public body has answered, newest round first: what can be seen beside others' answers."""
    rows = _reached(acting).answered().filter(round__side=RoundSide.PUBLIC, response__organisation__isnull=False)
    found: QuerySet[Asked] = rows.select_related("round__version", "response").order_by("-round__opened_at", "pk")
    return found


def _reached(acting: Acting) -> Any:
    if not acting.has(Permission.TAKE_PART):
        return Asked.objects.none()
    reached = [unit.pk for unit in acting.units]
    within = Q(unit__in=reached) if reached else Q()
    rows = Asked.objects.filter(within, organisation=acting.organisation)
    return rows.select_related("round", "organisation", "unit")


@register_waiting
def surveys(acting: Acting) -> list[Waiting]:
    """Return the forms that are not handed over; no anonymous ones, since nobody knows who has answered those."""
    today = timezone.localdate()
    silent = asked_for(acting).filter(state__in=[AskedState.INVITED, AskedState.OPENED, AskedState.BEGUN])
    return [
        Waiting(
            _("Svara på kartläggningen"), str(one.round), ("our_surveys", acting.organisation.public_id),
            one.round.closes_on, due=bool(one.round.closes_on),
            late=bool(one.round.closes_on and one.round.closes_on < today),
        )
        for one in silent.exclude(round__access="open")[:MOST]
    ]  # fmt: skip
