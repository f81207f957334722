"""The addresses of a segment, each once; how many; and some of them to look at."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..enums import Audience, Pace, SubscriberState
from ..models import Subscriber
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


def count(segment: Segment) -> int:
    """Return how many mails it would be."""
    return sum(1 for _each in addressees(segment))


def sample(segment: Segment, size: int = 10) -> list[Addressee]:
    """Return the first of them, to look at before sending."""
    return list(islice(addressees(segment), size))
