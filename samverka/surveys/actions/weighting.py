"""What lets a sample speak for those it was drawn from."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.questionnaires.reading import definition_of

from ..columns import Layout
from ..enums import RoundSide
from ..measures import can_divide
from ..models import Round, Stratum
from .checks import require_analyst


@transaction.atomic
def set_strata(*, by: Any, round_id: int, variable: str, population: Mapping[str, int], source: str) -> None:
    """Weight a round of associations by a variable: how many of the population are in each of its answers, and where
    that is known from. Raises NotAllowed, Refused.
    """
    require_analyst(by)
    found = Round.objects.select_for_update().select_related("version").get(pk=round_id)
    if found.side != RoundSide.CIVIL:
        raise Refused(_("Kommuner och regioner vägs inte: alla får frågan."))
    _check(found, variable, population)
    found.strata.all().delete()
    Stratum.objects.bulk_create(
        Stratum(round=found, variable=variable, value=value, population=number, source=source)
        for value, number in population.items()
    )
    Round.objects.filter(pk=found.pk).update(revision=F("revision") + 1)
    audit.record(
        "round.weighted", by=by, kind="round", object_id=found.slug, label=str(found),
        changes={"variable": [None, variable]},
    )  # fmt: skip


@transaction.atomic
def remove_strata(*, by: Any, round_id: int) -> None:
    """Weight a round no more. Raises NotAllowed."""
    require_analyst(by)
    found = Round.objects.select_for_update().get(pk=round_id)
    if found.strata.all().delete()[0]:
        Round.objects.filter(pk=found.pk).update(revision=F("revision") + 1)
        audit.record("round.unweighted", by=by, kind="round", object_id=found.slug, label=str(found))


def _check(found: Round, variable: str, population: Mapping[str, int]) -> None:
    definition = definition_of(found.version)
    question = next((one for one in definition.questions if one.code == variable), None)
    if question is None or not can_divide(question):
        raise Refused(
            _("Det går inte att väga efter {code}. Välj en fråga med ett svar av flera.").format(code=variable)
        )
    known = set(Layout(definition).values(question))
    if unknown := sorted(set(population) - known):
        raise Refused(_("{value} är inget svar på {code}.").format(value=unknown[0], code=variable))
    if not population or min(population.values()) < 1:
        raise Refused(_("Varje grupp behöver ett antal, minst 1."))
