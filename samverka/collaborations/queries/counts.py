"""How many collaborations are under way, those that were put in afterwards among them (users.md R7).

A body counts by its own party, never by somebody else having named it.
"""

from django.db.models import Count

from samverka.organisations.models import Organisation

from ..models import Collaboration, Party


def count_active() -> int:
    """Return how many collaborations are under way; invented ones do not count."""
    return Collaboration.objects.under_way().filter(invented=False).count()


def active_by_municipality() -> dict[str, int]:
    """Return {municipality code: collaborations under way that its municipality is a party of}."""
    parties = Party.objects.filter(
        state="active",
        collaboration__in=Collaboration.objects.under_way().filter(invented=False),
        organisation__kind__in=["municipality", "region"],
        organisation__municipality__isnull=False,
    )
    counted = parties.values_list("organisation__municipality").annotate(n=Count("collaboration", distinct=True))
    return dict(counted)


def count_active_of(organisation: Organisation) -> int:
    """Return how many collaborations under way the organisation is a party of; none is told of a protected one."""
    if organisation.protected:
        return 0
    going_on = Collaboration.objects.under_way()
    parties = Party.objects.filter(organisation=organisation, state="active", collaboration__in=going_on)
    return parties.values("collaboration").distinct().count()
