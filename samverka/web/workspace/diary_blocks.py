"""What a step's page is made of: the question, what each party says of it, what they say together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samverka.collaborations.actions import Place
from samverka.collaborations.models import Entry, Party
from samverka.collaborations.queries import Seat
from samverka.processes.reading import StepView

from .entry_views import EntryView, entry_view

#: So many parties' words are shown at once on each side; more unfold.
SHOWN = 6
NOTES = "anteckning"


@dataclass(frozen=True)
class PartyVoice:
    """What one party says: its shared texts, and those that only we read when the party is ours."""

    party: Party
    entries: tuple[EntryView, ...]

    @property
    def has_answered(self) -> bool:
        """Whether something stands that all parties read."""
        return any(view.entry.circle == "all" and not view.entry.withdrawn_at for view in self.entries)


@dataclass(frozen=True)
class Side:
    """One side's voices: those who have said something, and the names of those who have not."""

    side: str
    voices: tuple[PartyVoice, ...]
    silent: tuple[Party, ...]

    @property
    def shown(self) -> tuple[PartyVoice, ...]:
        """Those that are shown at once."""
        return self.voices[:SHOWN]

    @property
    def more(self) -> tuple[PartyVoice, ...]:
        """Those that unfold."""
        return self.voices[SHOWN:]

    @property
    def total(self) -> int:
        """How many parties there are on the side."""
        return len(self.voices) + len(self.silent)

    @property
    def answered(self) -> int:
        """How many of them have said something that all read."""
        return sum(voice.has_answered for voice in self.voices)


@dataclass(frozen=True)
class Talk:
    """What has been said at one place of the model."""

    sides: tuple[Side, ...]
    joint: Entry | None
    answered: int
    total: int

    @property
    def side_by_side(self) -> bool:
        """Whether the parties are few enough to stand beside each other, also those who are silent."""
        return self.total <= 2


@dataclass(frozen=True)
class Further:
    """A follow-up question, or the notes of the step, as a line that leads to it."""

    text: str
    url: str
    answered: int
    total: int
    joint: bool
    current: bool = field(default=False)


def talk_at(seat: Seat, entries: Sequence[Entry], joint: Entry | None) -> Talk:
    """Return what each party says, by side: the public side first, each party in the order it joined."""
    by_party: dict[int, list[EntryView]] = {}
    for entry in entries:
        by_party.setdefault(entry.party_id, []).append(entry_view(seat, entry))
    sides = tuple(
        _side(name, [party for party in seat.active if party.side == name], by_party) for name in ("public", "civil")
    )
    present = tuple(side for side in sides if side.total)
    return Talk(present, joint, sum(side.answered for side in present), sum(side.total for side in present))


def _side(name: str, parties: list[Party], by_party: dict[int, list[EntryView]]) -> Side:
    voices = tuple(PartyVoice(party, tuple(by_party[party.pk])) for party in parties if party.pk in by_party)
    return Side(name, voices, tuple(party for party in parties if party.pk not in by_party))


def further_lines(seat: Seat, step: StepView, texts: Sequence[Entry], chosen: str) -> list[Further]:
    """Return the step's questions and its notes as lines, each with how many parties have said something there."""
    here = reverse("diary_step", args=[seat.acting.organisation.public_id, seat.collaboration.public_id, step.code])
    lines = [
        _line(seat, question.text, f"{here}?fraga={number}" if number > 1 else here, question.code, texts, chosen)
        for number, question in enumerate(step.questions, start=1)
    ]
    return [*lines, _line(seat, _("Anteckningar om steget"), f"{here}?fraga={NOTES}", "", texts, chosen)]


def _line(  # noqa: PLR0917  (one call, in order)
    seat: Seat, text: str, url: str, code: str, texts: Sequence[Entry], chosen: str
) -> Further:
    there = [entry for entry in texts if entry.question == code and not entry.withdrawn_at]
    answered = {entry.party_id for entry in there if entry.circle == "all" and not entry.joint}
    joint = any(entry.joint for entry in there)
    return Further(text, url, len(answered), len(seat.active), joint, code == chosen)


def back_to(seat: Seat, code: str, anchor: str = "") -> HttpResponse:
    """Go to the page where the text stands: the question's, the step's notes, or the diary's first."""
    at = [seat.acting.organisation.public_id, seat.collaboration.public_id]
    step, question = Place.of(code).step, code.split(".")[2:]
    if not step:
        return redirect(f"{reverse('diary', args=at)}#{anchor or 'anteckningar'}")
    asked = {"fraga": question[0] if question else NOTES}
    here = reverse("diary_step", args=[*at, step])
    query = "" if asked["fraga"] == "1" else f"?{urlencode(asked)}"
    return redirect(f"{here}{query}#{anchor}")
