"""What leaves as a file: the diary on paper, with the readers' circles respected."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed
from samverka.processes.reading import StepView

from .circles import readers_of, shared_readers
from .enums import Circle
from .left_behind import in_lines, value_fields
from .models import Collaboration, Decision, Entry, Mandate, Meeting, Outcome, Party
from .queries import (
    PhaseStanding,
    Promise,
    Seat,
    commitments_of,
    decisions_of,
    mandates_of,
    meetings_of,
    outcomes_of,
    phase_standing,
    progress_of,
    promises,
)
from .workflow import STATE_LABELS

SHARED, OWN = "delat", "vart"


@dataclass(frozen=True)
class NoteOnPaper:
    """A text as it is printed: who said it, when it was shared, who reads it."""

    party: str
    side: str
    author: str
    text: str
    at: datetime.datetime
    shared: bool
    corrected_at: datetime.datetime | None
    comments_until: datetime.date | None
    unconfirmed: bool
    files: tuple[str, ...]
    readers: tuple[str, ...]
    withdrawn_at: datetime.datetime | None
    withdrawn_reason: str


@dataclass(frozen=True)
class PlaceOnPaper:
    """What was said of a question, of a step as such, or of the whole (an empty heading)."""

    heading: str
    notes: tuple[NoteOnPaper, ...]
    joint: Entry | None


@dataclass(frozen=True)
class OutcomeOnPaper:
    """What a step left behind: by whom ("" for all together), and each field's label with its lines."""

    party: str
    side: str
    fields: tuple[tuple[str, list[str]], ...]
    at: datetime.datetime


@dataclass(frozen=True)
class StepOnPaper:
    """A step where something stands, and in words how far it has come."""

    code: str
    name: str
    said: str
    places: tuple[PlaceOnPaper, ...]
    outcomes: tuple[OutcomeOnPaper, ...]


@dataclass(frozen=True)
class DiaryOnPaper:
    """A collaboration as it is printed. `own_party` is "" when it holds only what all parties read."""

    collaboration: Collaboration
    parties: tuple[Party, ...]
    readers: tuple[str, ...]
    whole: PlaceOnPaper
    steps: tuple[StepOnPaper, ...]
    promises: tuple[Promise, ...]
    mandates: tuple[Mandate, ...]
    decisions: tuple[Decision, ...]
    phases: tuple[PhaseStanding, ...]
    meetings: tuple[Meeting, ...]
    own_party: str
    taken_out_at: datetime.datetime
    taken_out_by: str


def diary_on_paper(seat: Seat, which: str) -> DiaryOnPaper:
    """Return what the person may take out: `SHARED`, what all parties read; `OWN`, that and the party's own texts.

    Nobody's drafts leave, not even one's own. Raises NotAllowed when a registrar asks for the party's own texts.
    """
    if which == OWN and not seat.takes_part:
        raise NotAllowed
    entries = seat.entries.exclude(circle="me")
    if which == SHARED:
        entries = entries.shared()
    texts, joint = list(entries), list(seat.joint_texts)
    return DiaryOnPaper(
        collaboration=seat.collaboration,
        parties=tuple(seat.active),
        readers=shared_readers(seat.parties),
        whole=_place(seat, "", _at(texts, "", ""), _at(joint, "", "")),
        steps=tuple(_steps(seat, texts, joint, _outcomes(seat, which))),
        promises=tuple(promises(commitments_of(seat), seat.parties)),
        mandates=tuple(mandates_of(seat)),
        decisions=tuple(decisions_of(seat, withdrawn=True)),
        phases=tuple(one for one in phase_standing(seat).values() if one.confirmed or one.not_yet),
        meetings=tuple(meetings_of(seat).prefetch_related("attendees__party").order_by("started_at")),
        own_party=seat.party.name if which == OWN else "",
        taken_out_at=timezone.now(),
        taken_out_by=str(seat.user),
    )


def _at(texts: Sequence[Entry], step: str, question: str) -> list[Entry]:
    return [text for text in texts if (text.step, text.question) == (step, question)]


def _outcomes(seat: Seat, which: str) -> dict[str, list[Outcome]]:
    """Return what the steps left behind, by step."""
    found = outcomes_of(seat) if which == OWN else outcomes_of(seat).filter(circle=Circle.ALL)
    by_step: dict[str, list[Outcome]] = {}
    for outcome in found:
        by_step.setdefault(outcome.step, []).append(outcome)
    return by_step


def _steps(
    seat: Seat, texts: Sequence[Entry], joint: Sequence[Entry], outcomes: Mapping[str, Sequence[Outcome]]
) -> Iterable[StepOnPaper]:
    """Give the steps where something stands, in the order of the model."""
    if seat.model is None:
        return
    written, progress = {text.step for text in (*texts, *joint)} | outcomes.keys(), progress_of(seat)
    for step in seat.model.steps:
        if step.code not in written:
            continue
        headings = [(question.code, question.text) for question in step.questions]
        places = [
            _place(seat, heading, _at(texts, step.code, code), _at(joint, step.code, code))
            for code, heading in [*headings, ("", _("Anteckningar om steget"))]
        ]
        yield StepOnPaper(
            step.code,
            step.name,
            str(STATE_LABELS[progress.state_of(step.code)]),
            tuple(place for place in places if place.notes or place.joint),
            tuple(_outcome(step, outcome) for outcome in outcomes.get(step.code, ())),
        )


def _outcome(step: StepView, outcome: Outcome) -> OutcomeOnPaper:
    fields = ((field.label, in_lines(step, field, outcome.values.get(field.key))) for field in value_fields(step))
    return OutcomeOnPaper(
        party="" if outcome.joint else outcome.party.name,
        side="shared" if outcome.joint else outcome.party.side,
        fields=tuple((label, lines) for label, lines in fields if lines),
        at=outcome.changed_at,
    )


def _place(seat: Seat, heading: str, texts: Sequence[Entry], joint: Sequence[Entry]) -> PlaceOnPaper:
    return PlaceOnPaper(heading, tuple(_on_paper(seat, text) for text in texts), next(iter(joint), None))


def _on_paper(seat: Seat, entry: Any) -> NoteOnPaper:
    party = next(p for p in seat.parties if p.pk == entry.party_id)
    return NoteOnPaper(
        party=party.name,
        side=party.side,
        author=str(entry.author or _("Borttagen person")),
        text=entry.text,
        at=entry.shared_at or entry.changed_at,
        shared=entry.shared_at is not None,
        corrected_at=entry.changed_at if entry.corrected else None,
        comments_until=entry.comments_until,
        unconfirmed=entry.meeting_id is not None and entry.confirmed_at is None,
        files=tuple(one.file.name for one in entry.attachments.all() if not one.withdrawn_at),
        readers=readers_of(entry.circle, party, seat.parties, author=entry.author or ""),
        withdrawn_at=entry.withdrawn_at,
        withdrawn_reason=entry.withdrawn_reason,
    )
