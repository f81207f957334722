"""Guests: what one reads, and who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from samverka.kernel.errors import NotVisible
from samverka.processes.reading import ModelView, StepView, model_version

from ..circles import all_parties
from ..enums import PartyState
from ..models import Collaboration, Entry, Guest, Party
from ..querysets import FOLLOWING
from .seats import Seat


@dataclass(frozen=True)
class StepRead:
    """What is shared in one step, the joint text first; `step` is None for what concerns the whole."""

    step: StepView | None
    entries: list[Entry]


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
        entries = Entry.objects.visible_to(self.guest.user).shared().filter(collaboration=self.collaboration)
        entries = entries.select_related("author", "changed_by", "party__organisation", "party__unit")
        return _by_step(self.model, entries.order_by("-joint", "created_at", "id"))

    @property
    def commitments(self) -> Any:
        """What has been promised, the nearest day first; every party reads it."""
        return self.collaboration.commitments.prefetch_related("owners__organisation", "owners__unit")


def _by_step(model: ModelView | None, entries: Iterable[Entry]) -> list[StepRead]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.step, []).append(entry)
    order = ["", *(step.code for step in model.steps)] if model else [""]
    codes = sorted(found, key=lambda code: order.index(code) if code in order else len(order))
    return [StepRead(model.step(code) if model and code else None, found[code]) for code in codes]


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
