"""Guests: what one reads, and who they are."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from samverka.kernel.errors import NotVisible
from samverka.processes.reading import ModelView, StepView, model_version

from ..circles import all_parties
from ..enums import PartyState
from ..left_behind import in_words
from ..models import Collaboration, Entry, Guest, Outcome, Party
from ..querysets import FOLLOWING
from .left_behind import shared_outcomes
from .seats import Seat


@dataclass(frozen=True)
class StepRead:
    """What is shared in one step, the joint text first; `step` is None for what concerns the whole. `outcomes` are
    what the step left behind, each in words.
    """

    step: StepView | None
    entries: list[Entry]
    outcomes: list[tuple[Outcome, str]]


@dataclass(frozen=True)
class GuestView:
    """A guest's place beside the table: reads what all parties read, writes nothing."""

    guest: Guest
    collaboration: Collaboration
    parties: list[Party]

    @property
    def active(self) -> list[Party]:
        """The parties that have joined."""
        return [party for party in self.parties if party.state == PartyState.ACTIVE]

    @cached_property
    def model(self) -> ModelView | None:
        """The edition of the process model that the diary follows."""
        pk = self.collaboration.model_version_id
        return model_version(pk) if pk else None

    @property
    def read(self) -> list[StepRead]:
        """What all parties read, step by step in the model's order."""
        entries: Any = Entry.objects.visible_to(self.guest.user).shared().filter(collaboration=self.collaboration)
        entries = entries.select_related("author", "changed_by", "party__organisation", "party__unit")
        outcomes = shared_outcomes(self.collaboration)
        return _by_step(self.model, list(entries.order_by("-joint", "created_at", "id")), list(outcomes))

    @property
    def commitments(self) -> Any:
        """What has been promised, the nearest day first; every party reads it."""
        return self.collaboration.commitments.prefetch_related("owners__organisation", "owners__unit")


def _by_step(model: ModelView | None, entries: list[Entry], outcomes: list[Outcome]) -> list[StepRead]:
    codes = {entry.step for entry in entries} | {outcome.step for outcome in outcomes}
    found = []
    for code in ["", *(step.code for step in model.steps)] if model else [""]:
        if code in codes:
            step = model.step(code) if model and code else None
            left = [(one, in_words(step, one.values)) for one in outcomes if step and one.step == code]
            found.append(StepRead(step, [entry for entry in entries if entry.step == code], left))
    return found


def guest_at(user: Any, collaboration_id: str) -> GuestView:
    """Return the person's place as a guest today. Raises NotVisible for who is none."""
    guests = Guest.objects.of_person(user).filter(collaboration__public_id=collaboration_id)
    guest = guests.select_related(
        "user", "collaboration", "inviting_party__organisation", "inviting_party__unit", "invited_by"
    ).first()
    if guest is None:
        raise NotVisible
    return GuestView(guest, guest.collaboration, all_parties(guest.collaboration))


def guest_places(user: Any) -> Any:
    """Return where the person reads as a guest today, with the collaboration."""
    return Guest.objects.of_person(user).select_related("collaboration").order_by("collaboration__title", "id")


def reads_as_guest(user: Any, collaboration_id: str) -> bool:
    """Whether the person reaches the collaboration as a guest only, for no organisation of their own."""
    parties = Party.objects.filter(collaboration__public_id=collaboration_id, state=PartyState.ACTIVE)
    if parties.of_person(user, FOLLOWING).exists():
        return False
    return bool(Guest.objects.of_person(user).filter(collaboration__public_id=collaboration_id).exists())


def guests_of(seat: Seat) -> Any:
    """Return who reads as a guest today, with the party that invited them."""
    guests = seat.collaboration.guests.current()
    return guests.select_related("user", "inviting_party__organisation", "inviting_party__unit")
