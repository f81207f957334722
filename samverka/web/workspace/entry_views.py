"""A text of the diary as its page shows it: said once here, so that a step with forty texts is still quick to write."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, gettext

from samverka.collaborations.circles import readers_of
from samverka.collaborations.models import Attachment, Entry, Party
from samverka.collaborations.queries import Seat, files_of
from samverka.collaborations.rules import can_change_entry, can_end_comments, can_widen, can_withdraw
from samverka.web.components.words import day, moment


@dataclass(frozen=True)
class EntryView:
    """A text with what stands around it. `marks` are sentences above it, `links` (address, label) what one may do."""

    entry: Entry
    party: Party
    organisation: str
    collaboration: str
    url: str
    readers: tuple[str, ...]
    meta: str
    marks: tuple[str, ...]
    files: tuple[Attachment, ...]
    links: tuple[tuple[str, str], ...]
    may_change: bool
    may_end_comments: bool


def entry_view(seat: Seat, entry: Entry) -> EntryView:
    """Return an entry with what stands around it: side, readers by name, what the person may do with it."""
    party = next(p for p in seat.parties if p.pk == entry.party_id)
    organisation, collaboration = seat.acting.organisation.public_id, seat.collaboration.public_id
    # A text's pages are below it.
    url = f"{_entries_at(organisation, collaboration, get_language() or '')}{entry.public_id}/"
    return EntryView(
        entry=entry,
        party=party,
        organisation=organisation,
        collaboration=collaboration,
        url=url,
        readers=readers_of(entry.circle, party, seat.parties, author=entry.author or ""),
        meta=_written_by(entry),
        marks=tuple(_marks(entry, party)),
        files=files_of(entry),
        links=tuple(_links(seat, entry, url)),
        may_change=can_change_entry(seat, entry),
        may_end_comments=can_end_comments(seat, entry),
    )


@lru_cache(maxsize=1_000)
def _entries_at(organisation: str, collaboration: str, language: str) -> str:
    return reverse("entry_write", args=[organisation, collaboration])


def _written_by(entry: Entry) -> str:
    """Return who wrote it and when it was shared or saved, and whether it has been corrected since."""
    told = gettext("{who}, delad {when}") if entry.shared_at else gettext("{who}, sparad {when}")
    when = moment(entry.shared_at or entry.changed_at)
    said = told.format(who=entry.author or gettext("Borttagen person"), when=when)
    if not entry.corrected:
        return said
    corrected = gettext("Rättad av {who} {when}").format(who=entry.changed_by or "", when=moment(entry.changed_at))
    return f"{said}. {corrected}"


def _marks(entry: Entry, party: Party) -> list[str]:
    """Return what a reader must know first: typed for the party and not confirmed, or out for comments."""
    marks = []
    if entry.meeting and not entry.confirmed_at:
        said = gettext("Skrivet av %(who)s vid mötet %(when)s, inte bekräftat av %(party)s.")
        marks.append(said % {"who": entry.author, "when": day(entry.meeting.started_at), "party": party.name})
    if entry.takes_comments:
        said = gettext(
            "Utkast för synpunkter till och med %(when)s. Satt av %(who)s. Synpunkterna blir allmänna handlingar."
        )
        marks.append(said % {"when": day(entry.comments_until), "who": entry.comments_marked_by})
    elif entry.comments_until:
        ended = entry.comments_ended_at or entry.comments_until
        marks.append(gettext("Var utkast för synpunkter till %(when)s.") % {"when": day(ended)})
    return marks


def _links(seat: Seat, entry: Entry, url: str) -> list[tuple[str, str]]:
    links = []
    if can_change_entry(seat, entry):
        links.append((url, gettext("Rätta") if entry.shared_at else gettext("Ändra")))
        links.append((f"{url}bilaga/", gettext("Bifoga fil")))
    if can_widen(seat, entry):
        links.append((f"{url}dela/", gettext("Dela med fler")))
    if can_withdraw(seat, entry):
        links.append((f"{url}stryk/", gettext("Stryk")))
    if entry.version > 1:
        links.append((f"{url}versioner/", gettext("Tidigare versioner")))
    return links
