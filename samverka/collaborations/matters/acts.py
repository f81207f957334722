"""What is told of phases, promises, decisions, and who has come to the table."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..enums import CommitmentState, PartyState, PhaseAnswer
from ..models import Commitment, CommitmentChange, Decision, Guest, PhaseConfirmation
from ..queries import Seat
from .shape import Matter, Said, day, moment, place_of

Facts = tuple[tuple[str, str], ...]


def phase(about: int, seat: Seat) -> Matter | None:
    """A party's word on a phase, unless it has said something else since."""
    answers = PhaseConfirmation.objects.filter(collaboration=seat.collaboration)
    answer = answers.filter(pk=about).select_related("party__organisation", "party__unit", "by").first()
    if answer is None or answers.filter(phase=answer.phase, party=answer.party_id, pk__gt=about).exists():
        return None
    phases = seat.model.phases if seat.model else ()
    name = next((phase.name for phase in phases if phase.number == answer.phase), str(answer.phase))
    words = {"party": answer.party.name, "number": answer.phase, "name": name}
    route = ("phase", answer.phase)
    if answer.answer == PhaseAnswer.CONFIRMED:
        what = _("{party} säger att fas {number}, {name}, är klar.").format(**words)
        asks = _("Säg ni också vad ni tycker: klar, eller inte än. Inget blir klart av att ni är tysta.")
        return Matter(what=what, said=_comment(answer), asks=asks, route=route)
    what = _("{party} säger att fas {number}, {name}, inte är klar än.").format(**words)
    return Matter(what=what, said=_comment(answer), route=route)


def _comment(answer: PhaseConfirmation) -> tuple[Said, ...]:
    return (Said(answer.party.name, answer.party.side, answer.comment, moment(answer.at)),) if answer.comment else ()


def _facts(*pairs: tuple[str, str]) -> Facts:
    return tuple(pair for pair in pairs if pair[1])


def _commitment(
    what: str, asks: str = "", *, without_day: str = "", still_open: bool = False
) -> Callable[[int, Seat], Matter | None]:
    """Return the function that tells of a promise in these words, or those for one `without_day`; `still_open`: only
    while it is to be kept, and somebody can say what became of it.
    """

    def told(about: int, seat: Seat) -> Matter | None:
        found = Commitment.objects.filter(collaboration=seat.collaboration, pk=about)
        commitment = found.prefetch_related("owners__organisation", "owners__unit").first()
        is_open = seat.writes and commitment is not None and commitment.state in CommitmentState.open_ones()
        if commitment is None or (still_open and not is_open):
            return None
        place, question = place_of(commitment.question, seat)
        words = {"day": day(commitment.due_on), "state": CommitmentState(commitment.state).label}
        return Matter(
            what=_(what if commitment.due_on else without_day or what).format(**words),
            place=place,
            question=question,
            facts=_promise(commitment),
            asks=_(asks).format(**words) if asks else "",
            route=("commitment", commitment.public_id),
        )

    return told


def _promise(commitment: Commitment) -> Facts:
    change: CommitmentChange | None = commitment.changes.first()
    return _facts(
        (_("Vad"), commitment.what),
        (_("Vem lovar"), ", ".join(party.name for party in commitment.owners.all())),
        (_("Håller i det"), commitment.person),
        (_("Klart senast"), day(commitment.due_on)),
        (_("Läge"), str(CommitmentState(commitment.state).label)),
        (_("Kommentar"), change.note if change else ""),
    )


made = _commitment(
    gettext_noop("Ett åtagande är uppskrivet för er."),
    gettext_noop("Stämmer det? Säg till om något är fel, eller om ni måste fråga någon hemma först."),
    still_open=True,
)
moved = _commitment(
    gettext_noop("Ett åtagande har fått ett annat datum: {day}."),
    without_day=gettext_noop("Ett åtagande har inget datum längre."),
    still_open=True,
)
settled = _commitment(gettext_noop("Ett åtagande är avgjort: {state}."))
due = _commitment(
    gettext_noop("Ni har lovat något som ska vara klart {day}."),
    gettext_noop("Säg till de andra i tid om det inte går."),
    still_open=True,
)


def decision(about: int, seat: Seat) -> Matter | None:
    """A decision at home of a party."""
    found = Decision.objects.filter(collaboration=seat.collaboration, pk=about, withdrawn_at=None)
    row = found.select_related("party__organisation", "party__unit").first()
    if row is None:
        return None
    facts = _facts(
        (_("Beslut"), row.what),
        (_("Vem har beslutat"), row.decided_by),
        (_("Beslutsdag"), day(row.decided_on)),
        (_("Diarienummer eller paragraf"), row.reference),
        (_("Gäller till och med"), day(row.valid_until)),
    )
    what = _("{party} har skrivit upp ett beslut.").format(party=row.party.name)
    return Matter(what=what, facts=facts, route=("decisions",))


def joined(about: int, seat: Seat) -> Matter | None:
    """A party that has joined, and reads from now on."""
    what = _("{party} har tackat ja och är med. Från och med nu läser de allt som alla parter läser.")
    return _of_party(about, seat, PartyState.ACTIVE, what)


def declined(about: int, seat: Seat) -> Matter | None:
    """An invited one that said no. Why is told to who invited it, and not here."""
    return _of_party(about, seat, PartyState.DECLINED, _("{party} har tackat nej till att vara med."))


def _of_party(about: int, seat: Seat, state: PartyState, what: str) -> Matter | None:
    party = next((party for party in seat.parties if party.pk == about and party.state == state), None)
    return Matter(what=what.format(party=party.name), route=("collaboration_about",)) if party else None


def guest(about: int, seat: Seat) -> Matter | None:
    """Somebody outside the parties who may read."""
    guests = Guest.objects.filter(collaboration=seat.collaboration, pk=about, ended_at=None)
    row = guests.select_related("user", "inviting_party__organisation", "inviting_party__unit").first()
    if row is None:
        return None
    facts = _facts(
        (_("Gäst"), row.called),
        (_("Varför"), row.role),
        (_("Läser till och med"), day(row.until)),
    )
    what = _("{party} har bjudit in en gäst. Gästen läser det som alla parter delar, men inte det som bara ni läser.")
    return Matter(what=what.format(party=row.inviting_party.name), facts=facts, route=("collaboration_about",))
