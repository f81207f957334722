"""How many were asked and how many answered: from the panel, else from the register of public bodies."""

from collections.abc import Mapping, Sequence
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
    return response_rates([found])[found.pk]


def response_rates(rounds: Sequence[Round]) -> dict[int, ResponseRate]:
    """Return the same for many rounds, by key: three queries at most, however many they are."""
    panels = _panels([found.pk for found in rounds])
    read_in = [found for found in rounds if found.pk not in panels]
    answers = _answers([found.pk for found in read_in])
    country = _whole_country() if any(found.side == RoundSide.PUBLIC for found in read_in) else {}
    rates = {key: _of(panel, PANEL, sum(done for _asked, done in panel.values())) for key, panel in panels.items()}
    for found in read_in:
        rates[found.pk] = _read_in(found, answers.get(found.pk, {}), country)
    return rates


def _read_in(found: Round, answers: Mapping[str | None, int], country: Mapping[str, int]) -> ResponseRate:
    total = sum(answers.values())
    asked = {kind: (number, done) for kind, number in country.items() if (done := answers.get(kind, 0))}
    if found.side == RoundSide.CIVIL or not asked:
        return ResponseRate(Rate(total, None), {}, UNKNOWN)
    return _of(asked, REGISTER, total)


def _panels(keys: list[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """{round: {kind of body: (asked, answered)}} of those that have a panel."""
    rows = Asked.objects.filter(round__in=keys).exclude(state=AskedState.WAITING).order_by()
    counted = rows.values_list("round", "organisation__kind")
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for key, kind, asked, done in counted.annotate(asked=Count("pk"), done=Count("pk", filter=_ANSWERED)):
        found.setdefault(key, {})[kind] = (asked, done)
    return found


def _answers(keys: list[int]) -> dict[int, dict[str | None, int]]:
    """{round: {kind of body, None for who is no body: responses}}."""
    found: dict[int, dict[str | None, int]] = {}
    if not keys:
        return found
    rows = Response.objects.filter(round__in=keys).order_by().values_list("round", "organisation__kind")
    for key, kind, number in rows.annotate(Count("pk")):
        found.setdefault(key, {})[kind] = number
    return found


def _whole_country() -> dict[str, int]:
    bodies = Organisation.objects.filter(source__name=BODIES, kind__in=[Kind.MUNICIPALITY, Kind.REGION])
    return dict(bodies.values_list("kind").annotate(Count("pk")).order_by())


def _of(kinds: dict[str, tuple[int, int]], basis: str, answered: int) -> ResponseRate:
    by_kind = {kind: Rate(done, asked) for kind, (asked, done) in kinds.items()}
    return ResponseRate(Rate(answered, sum(asked for asked, _done in kinds.values())), by_kind, basis)
