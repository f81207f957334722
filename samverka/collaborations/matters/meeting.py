"""What is told of a meeting: its questions with each party's words, what was said together, stances and promises."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..models import Meeting
from ..queries import QuestionSaid, Seat, agenda, said_at
from .shape import Matter, Said, clock, day, shortened


def held(about: int, seat: Seat) -> Matter | None:
    """A meeting that has ended, to somebody at the table who was not there."""
    meeting = Meeting.objects.filter(pk=about, collaboration=seat.collaboration, ended_at__isnull=False).first()
    if meeting is None:
        return None
    said = said_at(meeting, asked=agenda(seat.model, meeting.questions), texts=seat.readable, parties=seat.parties)
    return meeting_matter(meeting, said, asks=asks_of(said, seat.party.pk))


def asks_of(said: Sequence[QuestionSaid], party_id: int | None) -> str:
    """Return what a party is asked afterwards: to confirm what somebody else typed for it, or nothing."""
    waiting = any(
        words.party.pk == party_id and words.entry.confirmed_at is None for one in said for words in one.words
    )
    return _("Läs det som skrevs för er. Bekräfta det, eller rätta det som inte stämmer.") if waiting else ""


def meeting_matter(meeting: Meeting, said: Sequence[QuestionSaid], *, asks: str = "") -> Matter:
    """Return a meeting's text as a matter; `said` is what was said there."""
    writer = meeting.started_by or _("Borttagen person")
    people = ", ".join(_name(attendee) for attendee in meeting.attendees.select_related("party__organisation"))
    facts = ((_("När"), _when(meeting)), (_("Var med"), people))
    return Matter(
        what=_("Ett möte hölls {day}. {who} skrev för alla.").format(day=day(meeting.started_at), who=writer),
        facts=tuple(pair for pair in facts if pair[1]),
        parts=tuple(_part(one) for one in said if not one.is_empty),
        asks=asks,
        route=("meeting", meeting.public_id),
    )


def _when(meeting: Meeting) -> str:
    return _("{day} kl. {start} till {end}").format(
        day=day(meeting.started_at), start=clock(meeting.started_at), end=clock(meeting.ended_at)
    )


def _name(attendee: Any) -> str:
    return f"{attendee.name} ({attendee.party.organisation.name})" if attendee.party else str(attendee.name)


def _part(one: QuestionSaid) -> Matter:
    words = [Said(words.party.name, words.party.side, shortened(words.entry.text)) for words in one.words]
    together = [Said(_("Det ni sa tillsammans"), "shared", shortened(one.joint))] if one.joint else []
    promises = [(_("Åtagande"), _promise(commitment)) for commitment in one.promises]
    stance = [(_("Läge"), one.stance_label)] if one.stance else []
    return Matter(
        what=one.asked.question.text,
        place=_("Steg {code}: {name}").format(code=one.asked.step.code, name=one.asked.step.name),
        said=(*words, *together),
        facts=(*stance, *promises),
    )


def _promise(commitment: Any) -> str:
    owners = ", ".join(party.name for party in commitment.owners.all())
    parts = [commitment.what, owners, commitment.person, day(commitment.due_on)]
    return ". ".join(part for part in parts if part)
