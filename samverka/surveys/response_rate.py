"""How many were asked and how many answered: from the panel, else from the register of public bodies."""

from dataclasses import dataclass

from django.db.models import Count, Q

from samverka.organisations.enums import BODIES, Kind
from samverka.organisations.models import Organisation

from .enums import AskedState, RoundSide
from .models import Asked, Response, Round

_ANSWERED = Q(state__in=[AskedState.HANDED_OVER, AskedState.SIGNED])
PANEL, REGISTER, UNKNOWN = "panel", "register", "unknown"


@dataclass(frozen=True)
class Rate:
    """How many answered of those asked; `asked` None where nobody knows."""

    answered: int
    asked: int | None

    @property
    def share(self) -> float | None:
        """The share that answered."""
        return self.answered / self.asked if self.asked else None


@dataclass(frozen=True)
class ResponseRate:
    """The rate of a round, whole and by kind of body; `basis` says what the number of asked is taken from."""

    whole: Rate
    by_kind: dict[str, Rate]
    basis: str


def response_rate(found: Round) -> ResponseRate:
    """Return how many answered a round. Of a round that was read in from a file with the bodies' codes, all
    municipalities and regions count as asked: there Gotland is one body, a municipality.
    """
    if panel := _panel(found):
        return _of(panel, PANEL, sum(answered for _asked, answered in panel.values()))
    answers = dict(
        Response.objects.filter(round=found).values_list("organisation__kind").annotate(Count("pk")).order_by()
    )
    total = sum(answers.values())
    if found.side == RoundSide.CIVIL or not any(answers.get(kind) for kind in _whole_country()):
        return ResponseRate(Rate(total, None), {}, UNKNOWN)
    asked = {kind: (number, answers.get(kind, 0)) for kind, number in _whole_country().items() if answers.get(kind)}
    return _of(asked, REGISTER, total)


def _panel(found: Round) -> dict[str, tuple[int, int]]:
    rows = Asked.objects.filter(round=found).exclude(state=AskedState.WAITING)
    kinds = (
        rows.values_list("organisation__kind")
        .annotate(asked=Count("pk"), done=Count("pk", filter=_ANSWERED))
        .order_by()
    )
    return {kind: (asked, answered) for kind, asked, answered in kinds}


def _whole_country() -> dict[str, int]:
    bodies = Organisation.objects.filter(source__name=BODIES, kind__in=[Kind.MUNICIPALITY, Kind.REGION])
    return dict(bodies.values_list("kind").annotate(Count("pk")).order_by())


def _of(kinds: dict[str, tuple[int, int]], basis: str, answered: int) -> ResponseRate:
    by_kind = {kind: Rate(done, asked) for kind, (asked, done) in kinds.items()}
    return ResponseRate(Rate(answered, sum(asked for asked, _done in kinds.values())), by_kind, basis)
