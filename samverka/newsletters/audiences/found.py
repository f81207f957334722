"""The addresses of a segment, each once; how many; and some of them to look at."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverka.organisations.models import Organisation

from ..enums import Audience, Pace, Scope, SubscriberState
from ..models import Subscriber, Suppression
from .associations import associations, listed
from .chosen import Addressee, Segment
from .digests import told_of
from .offices import offices


def subscribers(segment: Segment) -> Iterator[Addressee]:
    """Give those who have asked for mail at once, in the fields that they have chosen."""
    rows = Subscriber.objects.filter(state=SubscriberState.CONFIRMED, pace=Pace.AT_ONCE)
    if segment.counties:
        rows = rows.filter(Q(county__in=segment.counties) | Q(county=None))
    if segment.fields:
        rows = rows.filter(topics__in=segment.fields) | rows.filter(topics=None)
    return _each(rows.distinct().order_by("pk").values_list("email", "language"))


def monthly(segment: Segment) -> Iterator[Addressee]:
    """Give those who have asked for one mail a month, and whom all that it tells of fits."""
    return _each((email, language) for _key, email, language in told_of(segment))


def _each(found: Iterable[tuple[str, str]]) -> Iterator[Addressee]:
    why = {language: _why(language) for language, _name in settings.LANGUAGES}
    for email, language in found:
        yield Addressee(email, Audience.SUBSCRIBER, language, why=why[language])


def _why(language: str) -> str:
    with override(language):
        return _("Du har själv valt att prenumerera.")


_FOUND: dict[str, Callable[[Segment], Iterator[Addressee]]] = {
    "offices": offices,
    "subscribers": subscribers,
    "monthly": monthly,
    "associations": associations,
    "list": listed,
}


def addressees(segment: Segment) -> Iterator[Addressee]:
    """Give each address of a segment once, in lower case."""
    seen: set[str] = set()
    for found in _FOUND[segment.kind](segment) if segment.kind in _FOUND else ():
        address = found.address.strip().lower()
        if address and address not in seen:
            seen.add(address)
            yield found


def stopped(sender: Organisation) -> set[tuple[str, str]]:
    """Return the addresses that get no more, with the scope: of this sender or of all."""
    rows = Suppression.objects.filter(Q(sender=None) | Q(sender=sender), lifted_at=None)
    return {(address.lower(), scope) for address, scope in rows.values_list("address", "scope")}


def is_stopped(one: Addressee, those: Container[tuple[str, str]]) -> bool:
    """Whether an addressee is among those that get no more of its kind."""
    scope = Scope.OFFICIAL if one.audience == Audience.OFFICIAL else Scope.VOLUNTARY
    return (one.address.strip().lower(), scope) in those


@dataclass(frozen=True)
class Reach:
    """Whom a segment reaches: how many mails, the first of them to look at, and how many addresses get no more."""

    count: int
    sample: list[Addressee]
    stopped: int


def reach(segment: Segment, sender: Organisation, size: int = 10) -> Reach:
    """Return whom an issue of `sender` would go to."""
    those, found = stopped(sender), list(addressees(segment))
    get_it = [one for one in found if not is_stopped(one, those)]
    return Reach(len(get_it), get_it[:size], len(found) - len(get_it))


def count(segment: Segment) -> int:
    """Return how many mails it would be."""
    return sum(1 for _each in addressees(segment))
