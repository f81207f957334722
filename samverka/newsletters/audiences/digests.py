"""Who gets which monthly mail: what a subscriber has chosen decides which of the month's issues it tells of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..enums import Pace, SubscriberState
from ..models import Issue, Subscriber
from .chosen import Segment

#: (key, e-mail, language) of a subscriber, and the keys of the issues that fit.
Told = tuple[int, str, str]


def digests_of(news: Sequence[Issue]) -> dict[tuple[int, ...], list[Told]]:
    """Return those who want one mail a month, by the keys of the `news` that fit them; whom none fits is left out."""
    about = [(issue.pk, Segment.of(issue.audience)) for issue in news]
    found: dict[tuple[int, ...], list[Told]] = defaultdict(list)
    for one in _wanting():
        topics = {topic.pk for topic in one.topics.all()}
        fitting = tuple(key for key, segment in about if _fits(segment, topics, one.county_id))
        if fitting:
            found[fitting].append((one.pk, one.email, one.language))
    return dict(found)


def told_of(segment: Segment) -> Iterator[Told]:
    """Give those whose monthly mail tells of `segment.issues`, out of those of `segment.among`."""
    news = Issue.objects.filter(pk__in=segment.among).order_by("sending_began_at", "pk")
    yield from digests_of(list(news)).get(segment.issues, ())


def _wanting() -> Iterable[Subscriber]:
    rows = Subscriber.objects.filter(state=SubscriberState.CONFIRMED, pace=Pace.MONTHLY)
    return rows.order_by("pk").prefetch_related("topics")


def _fits(segment: Segment, topics: set[int], county: str | None) -> bool:
    """Whether an issue goes to somebody with these topics and this county, as it went to those who have it at once."""
    here = not segment.counties or county is None or county in segment.counties
    return here and (not segment.fields or not topics or bool(topics & set(segment.fields)))
