"""What can be told of two rounds beside each other and is in no answer: who answers anew, and what became of plans."""

from django.db.models import Q

from samverka.questionnaires.enums import NO, YES

from .measures import measured
from .models import Asked, Round
from .response_rate import Rate

PLANNED, HAPPENED = "planerade_forra", "blev_det_av"
_DONE = Q(state__in=["handed_over", "signed"])


def turnover(found: Round) -> Rate | None:
    """Return how many bodies have somebody else who answers than in the round before, of those where both are known.

    It is the same respondent if one of the names that handed over or signed is the same; a role after the name says
    nothing. None without a round before.
    """
    if not found.previous_id:
        return None
    now, then = _respondents(found.pk), _respondents(found.previous_id)
    both = [key for key, names in now.items() if names and then.get(key)]
    return Rate(sum(1 for key in both if not now[key] & then[key]), len(both))


def _respondents(round_id: int) -> dict[tuple[int, int | None], set[str]]:
    rows = Asked.objects.filter(_DONE, round=round_id)
    told = rows.values_list("organisation", "unit", "handed_over_by", "signed_by")
    return {(body, unit): {_name(by), _name(signed)} - {""} for body, unit, by, signed in told}


def _name(text: str) -> str:
    return " ".join(text.partition(",")[0].casefold().split())


def came_about(found: Round) -> Rate | None:
    """Return how many say that it came about, of those who planned it in the round before and answer; None where the
    round does not ask.
    """
    told = measured(found).all
    asked = told.get(HAPPENED)
    if asked is None:
        return None
    return Rate(asked.counts.get(YES, 0), asked.counts.get(YES, 0) + asked.counts.get(NO, 0))


def planned_before(found: Round) -> int:
    """Return how many of those who have answered planned it in the round before."""
    planned = measured(found).all.get(PLANNED)
    return planned.counts.get(YES, 0) if planned else 0
