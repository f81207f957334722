"""What is told of texts: shared, corrected, written together, out for comments."""

from django.utils.translation import gettext as _

from ..models import Attachment, Entry
from ..queries import Seat
from .shape import Matter, day, place_of, said

#: As many of the other parties' answers as a mail carries.
MOST_BESIDE = 4


def _entry(about: int, seat: Seat) -> Entry | None:
    found = _shared(about, seat)
    return None if found is None or found.changed_by_id == seat.user.pk else found


def _shared(about: int, seat: Seat) -> Entry | None:
    texts = seat.readable.shared().filter(pk=about, withdrawn_at=None)
    found: Entry | None = texts.select_related("author", "changed_by").first()
    return found


def _entry_matter(entry: Entry, seat: Seat, what: str, asks: str = "") -> Matter:
    place, question = place_of(entry.code, seat)
    others = _others(entry, seat)
    route = ("diary_step", entry.step) if entry.step else ("diary",)
    return Matter(
        what=what,
        place=place,
        question=question,
        said=(said(entry, seat),),
        beside=tuple(said(one, seat) for one in others[:MOST_BESIDE]),
        more=max(0, len(others) - MOST_BESIDE),
        asks=asks,
        route=route,
    )


def _others(entry: Entry, seat: Seat) -> list[Entry]:
    """Return what the other parties answer to the same question, the person's own first."""
    if not entry.question or entry.joint:
        return []
    same = seat.readable.shared().filter(question=entry.question, withdrawn_at=None).exclude(party=entry.party_id)
    found = same.select_related("author", "changed_by").order_by("joint", "-changed_at")
    return sorted(found, key=lambda one: one.party_id != seat.party.pk)


def shared(about: int, seat: Seat) -> Matter | None:
    """A text that all parties read from now on, with what others answer to the same question."""
    entry = _entry(about, seat)
    what = _("{party} har delat en text med alla parter.")
    return _entry_matter(entry, seat, what.format(party=entry.party)) if entry else None


def corrected(about: int, seat: Seat) -> Matter | None:
    """A shared text that its party has changed."""
    entry = _entry(about, seat)
    what = _("{party} har ändrat en text som alla parter läser. Den tidigare texten finns kvar.")
    return _entry_matter(entry, seat, what.format(party=entry.party)) if entry else None


def joint(about: int, seat: Seat) -> Matter | None:
    """What the parties write together, as it stands now."""
    entry = _entry(about, seat)
    what = _("{who} har ändrat det ni skriver tillsammans.")
    return _entry_matter(entry, seat, what.format(who=entry.changed_by or _("Någon"))) if entry else None


def attached(about: int, seat: Seat) -> Matter | None:
    """A file beside a text that all parties read, unless it has been struck since."""
    files = Attachment.objects.filter(pk=about, withdrawn_at=None).select_related("file", "added_by")
    attachment: Attachment | None = files.first()
    entry = _shared(attachment.entry_id, seat) if attachment else None
    if attachment is None or entry is None:
        return None
    what = _("{who} har bifogat en fil till en text som alla parter läser: {file}")
    who = attachment.added_by or _("Någon")
    return _entry_matter(entry, seat, what.format(who=who, file=attachment.file.name))


def comments(about: int, seat: Seat) -> Matter | None:
    """A public body's draft, out for comments until a day; as a shared text once that has passed."""
    entry = _entry(about, seat)
    if entry is None or not entry.takes_comments:
        return shared(about, seat) if entry else None
    what = _("{party} har ett utkast ute för synpunkter.").format(party=entry.party)
    asks = _("Skriv era synpunkter senast {day}. Era svar blir en allmän handling hos {party}.")
    return _entry_matter(entry, seat, what, asks.format(day=day(entry.comments_until), party=entry.party))
