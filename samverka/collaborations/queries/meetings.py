"""Meetings: which questions are asked, who is there, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from samverka.kernel.errors import NotVisible
from samverka.processes.reading import ModelView, QuestionView, StepView

from ..enums import Stance
from ..models import Commitment, Entry, EntryVersion, Meeting, Party, StanceTaken
from .people import people_of
from .seats import Seat


@dataclass(frozen=True)
class Asked:
    """A question of a meeting: its number there, counted from 1, and where in the model it stands."""

    number: int
    step: StepView
    question: QuestionView

    @property
    def code(self) -> str:
        """The question's code."""
        return self.question.code


@dataclass(frozen=True)
class Words:
    """What was written for one party; `corrected` when it has been changed since the meeting ended."""

    party: Party
    entry: Entry
    corrected: bool


@dataclass(frozen=True)
class QuestionSaid:
    """A question of a meeting with all that was said of it; `joint` is what stood together when the meeting ended."""

    asked: Asked
    words: tuple[Words, ...]
    joint: str
    stance: str
    promises: tuple[Commitment, ...]

    @property
    def stance_label(self) -> str:
        """Where the parties stand, in words; "" when nobody said."""
        return str(Stance(self.stance).label) if self.stance else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.words or self.joint or self.stance or self.promises)


def agenda(model: ModelView | None, questions: Sequence[str]) -> tuple[Asked, ...]:
    """Return the questions with those codes, in that order; codes that the model lacks are left out."""
    by_code = {
        question.code: (step, question) for step in (model.steps if model else ()) for question in step.questions
    }
    found = [by_code[code] for code in questions if code in by_code]
    return tuple(Asked(number, step, question) for number, (step, question) in enumerate(found, 1))


def meetings_of(seat: Seat) -> Any:
    """Return the collaboration's meetings, newest first."""
    return Meeting.objects.filter(collaboration=seat.collaboration).select_related(
        "started_by", "party__organisation", "party__unit"
    )


def meeting_of(seat: Seat, meeting_id: str) -> Meeting:
    """Return a meeting of the collaboration. Raises NotVisible."""
    meeting: Meeting | None = meetings_of(seat).filter(public_id=meeting_id).first()
    if meeting is None:
        raise NotVisible
    return meeting


def meeting_under_way(seat: Seat) -> Meeting | None:
    """Return the meeting that has begun and not ended; there is at most one."""
    found: Meeting | None = meetings_of(seat).filter(ended_at=None).first()
    return found


def said_at(meeting: Meeting, *, asked: Sequence[Asked], texts: Any, parties: Sequence[Party]) -> list[QuestionSaid]:
    """Return what was said, question by question; `texts` are the entries that the reader may read."""
    words = _words(meeting, texts, parties)
    joint = _joint(meeting, texts)
    stances = _stances(meeting)
    promises = _promises(meeting)
    return [
        QuestionSaid(
            asked=one,
            words=tuple(words.get(one.code, ())),
            joint=joint.get(one.code, ""),
            stance=stances.get(one.code, ""),
            promises=tuple(promises.get(one.code, ())),
        )
        for one in asked
    ]


def _words(meeting: Meeting, texts: Any, parties: Sequence[Party]) -> dict[str, list[Words]]:
    order = {party.pk: party for party in parties}
    said = texts.filter(meeting=meeting, joint=False, withdrawn_at=None).select_related("author", "changed_by")
    found: dict[str, list[Words]] = {}
    for entry in sorted(said, key=lambda entry: list(order).index(entry.party_id)):
        corrected = meeting.ended_at is not None and entry.changed_at > meeting.ended_at
        found.setdefault(entry.question, []).append(Words(order[entry.party_id], entry, corrected))
    return found


def _joint(meeting: Meeting, texts: Any) -> dict[str, str]:
    """Return {question: what the parties wrote together while the meeting went on, as it stood at its end}."""
    together = texts.filter(joint=True, question__in=meeting.questions).values("pk")
    during = (meeting.started_at, meeting.ended_at or timezone.now())
    versions = EntryVersion.objects.filter(entry__in=together, circle="all", at__range=during)
    newest = versions.order_by("entry_id", "-number").distinct("entry_id")
    return dict(newest.values_list("entry__question", "text"))


def _stances(meeting: Meeting) -> dict[str, str]:
    newest = StanceTaken.objects.filter(meeting=meeting).order_by("question", "-at", "-id").distinct("question")
    return dict(newest.values_list("question", "stance"))


def _promises(meeting: Meeting) -> dict[str, list[Commitment]]:
    during = (meeting.started_at, meeting.ended_at or timezone.now())
    made = Commitment.objects.filter(
        collaboration=meeting.collaboration_id, question__in=meeting.questions, created_at__range=during
    )
    found: dict[str, list[Commitment]] = {}
    for commitment in made.prefetch_related("owners__organisation", "owners__unit"):
        found.setdefault(commitment.question, []).append(commitment)
    return found


def promises_at(meeting: Meeting, question: str) -> list[Commitment]:
    """Return the promises that came up at a question of the meeting."""
    return _promises(meeting).get(question, [])


def people_at_table(seat: Seat) -> list[tuple[Any, Party]]:
    """Return (person, party) of those who may be at a meeting, so far as they are known at this seat: each party's
    contact and deputy, and those who write for one's own party.
    """
    parties = seat.collaboration.parties.filter(state="active").select_related(
        "contact", "deputy", "organisation", "unit"
    )
    found = {
        person.pk: (person, party)
        for party in parties
        for person in (party.contact, party.deputy)
        if person is not None
    }
    for person in people_of(seat.party):
        found.setdefault(person.pk, (person, seat.party))
    return [pair for pair in found.values() if pair[0].is_active]
