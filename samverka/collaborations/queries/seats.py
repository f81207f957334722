"""A person's seat at the table, and what is read from it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from samverka.accounts.models import User
from samverka.kernel.compiled import compiled
from samverka.kernel.errors import NotVisible
from samverka.organisations.queries import Acting
from samverka.processes.reading import ModelView, model_view

from ..circles import all_parties
from ..enums import Circle, CollaborationState, PartyState
from ..models import Attachment, Collaboration, Entry, Meeting, Party
from ..querysets import FOLLOWING, TAKING_PART
from .from_seat import Reader, from_seat
from .sensitive import has_sensitive_field, is_sensitive

#: Whose names stand at a text. Parties are already at the seat.
_WRITERS = ("author", "changed_by", "shared_by", "confirmed_by", "comments_marked_by", "meeting")


@dataclass(frozen=True)
class Seat:
    """A person at the table: in one collaboration, for one party, with what that person may read.

    `takes_part`: reads the party's own notes too, as one who only follows does not.
    """

    user: Any
    acting: Acting
    collaboration: Collaboration
    party: Party
    parties: list[Party]
    takes_part: bool
    both_sides: bool

    @property
    def writes(self) -> bool:
        """Whether the person may write here: takes part for the party, and the collaboration has not ended."""
        return self.takes_part and self.collaboration.state != CollaborationState.ENDED

    @property
    def active(self) -> list[Party]:
        """The parties that have joined, in the order they came."""
        return [party for party in self.parties if party.state == PartyState.ACTIVE]

    @property
    def others(self) -> list[Party]:
        """The other parties that have joined."""
        return [party for party in self.active if party.pk != self.party.pk]

    @property
    def alone(self) -> bool:
        """Whether no other party has joined yet: what is written then is a preparation (users.md R6)."""
        return not self.others

    @cached_property
    def is_sensitive(self) -> bool:
        """Whether texts here may come near persons who need protection (users.md R10)."""
        return is_sensitive(self.collaboration, self.parties)

    @cached_property
    def model(self) -> ModelView | None:
        """The edition of the process model that the diary follows; None for a matter put in afterwards."""
        return model_view(self.collaboration.model_version)

    @property
    def readable(self) -> Any:
        """What is read from this seat: what all parties read, and this party's own as far as the person may.

        Somebody who also sits for another party does not read that one's notes here.
        """
        return Entry.objects.read_from(self)

    @property
    def shared(self) -> Any:
        """What all parties read. Whoever has a seat does, so that nothing more is asked than where it stands."""
        return shared_entries(self.collaboration.pk)

    @property
    def entries(self) -> Any:
        """What is read from this seat, oldest first, with those who wrote it; joint texts are not among them."""
        return self._with_names(self.readable.filter(joint=False))

    @property
    def joint_texts(self) -> Any:
        """What the parties write together, a text for each question and one for the whole."""
        return self._with_names(self.readable.filter(joint=True))

    def _with_names(self, entries: Any) -> Any:
        return entries.select_related(*_WRITERS).prefetch_related(_files(self))

    def texts_at(self, step: str) -> list[Entry]:
        """Return all that is read from this seat at a step, joint texts too, oldest first, with names and files."""
        return _named(self, _texts_at(self, step=step))

    def joint_at(self, step: str = "", question: str = "") -> Entry | None:
        """Return what the parties write together at a place of the model, or of the whole; None before it is begun."""
        found: Entry | None = self.joint_texts.filter(step=step, question=question).first()
        return found


def shared_entries(collaboration: int) -> Any:
    """Return what all parties of the collaboration with that key read."""
    return Entry.objects.filter(collaboration=collaboration, circle=Circle.ALL)


@from_seat
def _texts_at(reader: Reader, step: str) -> Any:
    files = Attachment.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.read_from(reader).filter(step=step).annotate(has_files=Exists(files))


def _files(seat: Seat) -> Any:
    """What fetches the files that are read from the seat beside its texts."""
    return Prefetch("attachments", queryset=Attachment.objects.read_from(seat).select_related("file", "added_by"))


def _named(seat: Seat, texts: list[Any]) -> list[Any]:
    """Give texts the people, meetings and files that stand beside them: three queries at most, whatever their number.
    `has_files` says whether one has any.
    """
    columns = [name for name in _WRITERS if name != "meeting"]
    keys = {getattr(text, f"{name}_id") for text in texts for name in columns} - {None}
    people = {seat.user.pk: seat.user}
    people |= User.objects.in_bulk(keys - people.keys()) if keys - people.keys() else {}
    held = {text.meeting_id for text in texts if text.meeting_id}
    meetings = {meeting.pk: meeting for meeting in Meeting.objects.filter(pk__in=held)} if held else {}
    for text in texts:
        for name in columns:
            if key := getattr(text, f"{name}_id"):
                setattr(text, name, people[key])
        if text.meeting_id:
            text.meeting = meetings[text.meeting_id]
    prefetch_related_objects([text for text in texts if text.has_files], _files(seat))
    return texts


def files_of(entry: Any) -> tuple[Attachment, ...]:
    """Return the files of a text that has been read from a seat, those struck too."""
    return tuple(entry.attachments.all()) if getattr(entry, "has_files", True) else ()


def seat(acting: Acting, collaboration_id: str) -> Seat:
    """Return the person's seat in the collaboration with that public id, for the organisation acted for.

    Raises NotVisible when the organisation is no active party there, or the person does not reach its unit.
    """
    user = acting.user
    # That the person reaches it is found below, by the memberships that `acting` holds.
    collaboration = _collaboration.first(public_id=collaboration_id)
    if collaboration is None:
        raise NotVisible
    parties = all_parties(collaboration)
    writing_for = {party.pk for party in parties if party.state == PartyState.ACTIVE and _writes_for(acting, party)}
    own = _own_party(acting, parties, writing_for)
    sides = {p.organisation_id for p in parties if p.pk in writing_for}
    return Seat(user, acting, collaboration, own, parties, own.pk in writing_for, len(sides) > 1)


@compiled
def _collaboration(public_id: str) -> Any:
    found = Collaboration.objects.filter(public_id=public_id).defer("search_vector")
    return found.select_related("model_version__model").annotate(has_sensitive_field=has_sensitive_field())[:1]


def _writes_for(acting: Acting, party: Party) -> bool:
    """Whether a membership reaches the party, as `of_person` says it for many."""
    return any(
        held.role in TAKING_PART
        and held.organisation_id == party.organisation_id
        and held.unit_id in {None, party.unit_id}
        for held in (*acting.memberships, *acting.elsewhere)
    )


def _own_party(acting: Acting, parties: list[Party], writing_for: set[int]) -> Party:
    """Return the party that the person writes for, or else follows, for the organisation. Raises NotVisible."""
    ours = [p for p in parties if p.organisation_id == acting.organisation.pk and p.state == PartyState.ACTIVE]
    following = [m.unit_id for m in acting.memberships if m.role in FOLLOWING]
    found = [p for p in ours if p.pk in writing_for]
    found += [p for p in ours if None in following or (p.unit_id and p.unit_id in following)]
    if not found:
        raise NotVisible
    return found[0]


def collaborations_of(acting: Acting) -> Any:
    """Return the collaborations that the person reaches for this organisation, newest change first, with parties and
    those that are only named.
    """
    reached = Party.objects.filter(organisation=acting.organisation, state="active").of_person(acting.user, FOLLOWING)
    parties = Party.objects.select_related("organisation", "unit")
    return Collaboration.objects.filter(pk__in=reached.values("collaboration")).prefetch_related(
        Prefetch("parties", queryset=parties), "named_parties"
    )


def organisation_at(user: Any, collaboration_id: str) -> str:
    """Return the public id of an organisation that the person reaches the collaboration for. Raises NotVisible."""
    parties = Party.objects.filter(collaboration__public_id=collaboration_id, state="active").of_person(user, FOLLOWING)
    found = parties.values_list("organisation__public_id", flat=True).first()
    if found is None:
        raise NotVisible
    return str(found)


def entry_of(seat: Seat, entry_id: str) -> Entry:
    """Return the entry with that public id, if the person stands in its circle. Raises NotVisible."""
    visible = seat.readable.filter(public_id=entry_id)
    entry: Entry | None = visible.select_related(*_WRITERS).prefetch_related(_files(seat)).first()
    if entry is None:
        raise NotVisible
    return entry


def versions_of(seat: Seat, entry: Entry) -> Any:
    """Return an entry's texts, newest first: those the person wrote, and those written in a circle the person is in."""
    own = Q(author=seat.user, party=seat.party)
    ours = Q(circle=Circle.PARTY, party=seat.party) if seat.takes_part else Q(pk__in=[])
    seen = entry.versions.filter(own | ours | Q(circle=Circle.ALL))
    return seen.select_related("author", "party__organisation", "party__unit")
