"""A mail of notices, whole: what is told, who reads an answer, whom to ring. Read when the mail leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch

from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotVisible
from samverka.organisations.queries import acting_for
from samverka.processes.reading import model_version

from .circles import all_parties
from .matters import Matter, matter_of
from .matters.meeting import asks_of, meeting_matter
from .models import Attendee, Collaboration, Entry, Meeting, Notice, NoticeChoice, Party
from .queries import Seat, agenda, is_sensitive, said_at, seat

#: As many persons as an answer goes to.
MOST_CORRESPONDENTS = 5


@dataclass(frozen=True)
class Correspondent:
    """A person at another party who reads an answer and can be rung; `record` when the answer becomes a public record
    there.
    """

    name: str
    email: str
    phone: str
    party: str
    record: bool


@dataclass(frozen=True)
class Item:
    """A matter with the address of its page."""

    matter: Matter
    url: str


@dataclass(frozen=True)
class Letter:
    """What a mail of notices says. `hidden`: the field is sensitive, so it says only that something is new."""

    party: str
    hidden: bool
    items: tuple[Item, ...]
    correspondents: tuple[Correspondent, ...]
    collaboration_url: str
    choice_url: str
    reply_box: bool = False

    @property
    def asks(self) -> bool:
        """Whether the reader is asked for something, so that there is a button for it on the page."""
        return any(item.matter.asks for item in self.items)

    @property
    def people(self) -> str:
        """The names of those who read an answer, with commas between."""
        return ", ".join(person.name for person in self.correspondents)

    @property
    def recording(self) -> str:
        """The public bodies at which an answer becomes a public record, with commas between."""
        return ", ".join(dict.fromkeys(person.party for person in self.correspondents if person.record))


def letter(batch: str) -> Letter | None:
    """Return what the mail of that batch says now; None when there is nothing left in it for its reader."""
    around = ("user", "party__organisation", "collaboration", "by", "by_party__organisation", "by_party__unit")
    notices = list(Notice.objects.filter(batch=batch).select_related(*around))
    at = _seat_of(notices[0]) if notices else None
    if at is None:
        return None
    matters = [matter_of(notice.kind, notice.about, at) for notice in notices]
    items = tuple(Item(matter, _address(at, matter)) for matter in matters if matter is not None)
    hidden = is_discreet(notices) and not _wants_matter(at)
    return (
        Letter(
            party=at.party.name,
            hidden=hidden,
            items=() if hidden else items,
            correspondents=correspondents(notices),
            collaboration_url=_address(at),
            choice_url=_address(at, route=("notice_choice",)),
            reply_box=bool(settings.REPLY_ADDRESS),
        )
        if items
        else None
    )


def is_discreet(notices: Sequence[Notice]) -> bool:
    """Whether their mail says by itself only that something is new: the collaboration is sensitive, or somebody
    protected did what is told, also one that has said no and is no party any more (users.md R10).
    """
    protected = any(notice.by_party and notice.by_party.organisation.protected for notice in notices)
    return protected or is_sensitive(notices[0].collaboration)


def _seat_of(notice: Notice) -> Seat | None:
    """Return the reader's seat, if the person still may write for the party."""
    at = _seat_for(notice.user, notice.party, notice.collaboration)
    return at if at and at.takes_part else None


def _seat_for(user: Any, party: Party | None, collaboration: Collaboration) -> Seat | None:
    if user is None or party is None or not user.is_active:
        return None
    try:
        return seat(acting_for(user, party.organisation.public_id), collaboration.public_id)
    except NotVisible:
        return None


def meeting_letter(attendee: Attendee) -> Letter:
    """Return the text of a meeting for somebody who was there, whether or not they have a seat at the table."""
    meeting = attendee.meeting
    at = _seat_for(attendee.user, attendee.party, meeting.collaboration)
    parties = all_parties(meeting.collaboration)
    pk = meeting.collaboration.model_version_id
    asked = agenda(model_version(pk) if pk else None, meeting.questions)
    said = said_at(meeting, asked=asked, texts=Entry.objects.shown_at(meeting), parties=parties)
    matter = meeting_matter(meeting, said, asks=asks_of(said, at.party.pk) if at else "")
    hidden = is_sensitive(meeting.collaboration) and not (at and _wants_matter(at))
    return Letter(
        party=attendee.party.name if attendee.party else "",
        hidden=hidden,
        items=() if hidden else (Item(matter, _address(at, matter) if at else ""),),
        correspondents=writers_of(meeting),
        collaboration_url=_address(at, matter) if at else "",
        choice_url=_address(at, route=("notice_choice",)) if at else "",
        reply_box=bool(settings.REPLY_ADDRESS),
    )


def writers_of(meeting: Meeting) -> tuple[Correspondent, ...]:
    """Return who reads an answer to a meeting's text: the person who began it."""
    person, party = meeting.started_by, meeting.party
    return (_correspondent(person, party),) if _stands_in_mail(person, party) else ()


def _stands_in_mail(person: Any, party: Party) -> bool:
    """Whether a mail may name the person: who speaks for a protected organisation stands in none (users.md R10)."""
    return person is not None and person.is_active and not party.organisation.protected


def _wants_matter(at: Seat) -> bool:
    return NoticeChoice.objects.filter(user=at.user, collaboration=at.collaboration, with_matter=True).exists()


def _address(at: Seat, matter: Matter | None = None, *, route: Sequence[Any] = ("collaboration",)) -> str:
    """Return the address of a matter's page in the collaboration, or of the collaboration where it has none."""
    name, *rest = matter.route if matter else route
    ids = (at.acting.organisation.public_id, at.collaboration.public_id)
    try:
        return site_address(name, *ids, *rest)
    except NoReverseMatch:
        return site_address("collaboration", *ids)


def correspondents(notices: Sequence[Notice]) -> tuple[Correspondent, ...]:
    """Return the persons who read an answer: who did what is told, or the contact of that party; where nobody did it,
    the contacts of the other parties.
    """
    found: dict[str, Correspondent] = {}
    for notice in notices:
        for person, party in _writers(notice):
            if _stands_in_mail(person, party) and person.pk != notice.user_id:
                found.setdefault(person.email, _correspondent(person, party))
    return tuple(found.values())[:MOST_CORRESPONDENTS]


def _writers(notice: Notice) -> list[tuple[Any, Party]]:
    if notice.by_party is not None:
        return [(notice.by or notice.by_party.contact or notice.by_party.deputy, notice.by_party)]
    others = notice.collaboration.parties.filter(state="active").exclude(pk=notice.party_id)
    return [(party.contact, party) for party in others.select_related("contact", "organisation", "unit")]


def _correspondent(person: Any, party: Party) -> Correspondent:
    body = party.organisation.is_public_body
    others = [one.phone for one in (party.contact, party.deputy) if one is not None]
    numbers = [person.phone, *others, party.organisation.phone if body else ""]
    return Correspondent(str(person), person.email, next(filter(None, numbers), ""), party.name, body)
