"""The reminder to a party that has not said whether a phase is done (users.md R13). It is written when it leaves."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.accounts.models import User
from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotVisible
from samverka.kernel.mail.emails import Email, register
from samverka.organisations.queries import acting_for

from .enums import PhaseAnswer
from .models import Collaboration, Party
from .queries import Seat, is_sensitive, progress_of, seat
from .queries.phases import PhaseStanding, PhaseVoice


@register
@dataclass(frozen=True)
class PhaseUnanswered(Email):
    """To the contact and the deputy of a party that has not answered, 7 and 21 days after the question."""

    code = "phase_unanswered"
    title = _("Påminnelse: är fasen klar?")
    when = _("7 och 21 dagar efter att en part har sagt att en fas är klar, till den som inte har svarat")
    late: ClassVar[bool] = True

    collaboration: str
    organisation: str
    to: int
    phase: int
    title_of_collaboration: str
    phase_name: str
    discreet: bool = False

    def subject(self) -> str:
        """Return the question; without the matter where it is not to be in a mail."""
        if self.discreet:
            return gettext("En samverkan väntar på svar från er")
        return gettext("Är ni klara med {phase}? {title}").format(
            phase=self.phase_name, title=self.title_of_collaboration
        )

    def build(self) -> dict[str, Any] | None:
        """Return the phase as it stands now; None when the party has answered, the person no longer acts for it, or it
        is all over.
        """
        user = User.objects.filter(pk=self.to, is_active=True).first()
        try:
            held = seat(acting_for(user, self.organisation), self.collaboration) if user else None
        except NotVisible:
            return None
        standing = progress_of(held).phases.get(self.phase) if held and held.writes and held.model else None
        voice = standing.voice_of(held.party) if held and standing else None
        if held is None or standing is None or voice is None or not voice.silent:
            return None
        return _content(held, standing, voice, leave_out=self.discreet or is_sensitive(held.collaboration))

    @classmethod
    def sample(cls) -> "PhaseUnanswered":
        """Return one with invented content."""
        return cls(
            collaboration="bcdfghjkmn",
            organisation="bcdfghjkmp",
            to=1,
            phase=3,
            title_of_collaboration="Läxhjälp på tre språk",
            phase_name="Enas om målet",
        )

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return invented content of the matter."""
        return {
            "leave_out": False,
            "party": "Exempelby byalag",
            "asked_on": "12 mars 2027",
            "steps": [
                {"code": "3.2", "name": "Skriv ett gemensamt mål", "done": True},
                {"code": "3.3", "name": "Säg vad ni inte lovar", "done": False},
            ],
            "said": [
                {
                    "party": "Utbildningsnämnden, Exempelby kommun",
                    "is_done": True,
                    "on": "12 mars 2027",
                    "comment": "Målet är skrivet.",
                },
                {
                    "party": "Exempelby föräldraförening",
                    "is_done": False,
                    "on": "14 mars 2027",
                    "comment": "Vi vill höra barnen först.",
                },
            ],
            "call": [Callable("Karin Provsson", "0123-456 78", "", "Utbildningsnämnden, Exempelby kommun")],
            "answer_url": "https://samverka.example/arbete/exempel/samverkan/exempel/fas/3/",
        }


def _content(held: Seat, standing: PhaseStanding, voice: PhaseVoice, *, leave_out: bool) -> dict[str, Any]:
    phase, collaboration = standing.phase.number, held.collaboration.public_id
    context = {
        "leave_out": leave_out,
        "party": held.party.name,
        "asked_on": _day(voice.asked_at),
        "answer_url": site_address("phase", held.acting.organisation.public_id, collaboration, phase),
    }
    if leave_out:
        return context | {"steps": [], "said": [], "call": []}
    return context | {
        "steps": [{"code": one.step.code, "name": one.step.name, "done": one.done} for one in standing.steps],
        "said": [_said(other) for other in (*standing.confirmed, *standing.not_yet)],
        "call": callable_contacts([confirming.party for confirming in standing.confirmed]),
    }


def _said(voice: PhaseVoice) -> dict[str, Any]:
    said = voice.said
    return {
        "is_done": bool(said and said.answer == PhaseAnswer.CONFIRMED),
        "party": voice.party.name,
        "on": _day(said.at) if said else "",
        "comment": said.comment if said else "",
    }


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "j F Y") if moment else ""


#: So many to ring are enough in a mail.
MOST_CONTACTS = 3


@dataclass(frozen=True)
class Callable:
    """Somebody to ring, for whom."""

    name: str
    phone: str
    email: str
    party: str


def callable_contacts(parties: list[Party]) -> list[Callable]:
    """Return whom to ring of the parties: their contacts, those with a telephone first."""
    contacts = User.objects.in_bulk([party.contact_id for party in parties if party.contact_id])
    named = [(contacts[party.contact_id], party) for party in parties if party.contact_id in contacts]
    found = [Callable(str(user), user.phone, user.email, party.name) for user, party in named]
    return sorted(found, key=lambda contact: not contact.phone)[:MOST_CONTACTS]


def phase_unanswered(collaboration: Collaboration, party: Party, standing: PhaseStanding, to: User) -> PhaseUnanswered:
    """Return the reminder to `to` for `party`. Where the matter is not to be in a mail its labels say nothing of it."""
    discreet = is_sensitive(collaboration)
    return PhaseUnanswered(
        collaboration=collaboration.public_id,
        organisation=party.organisation.public_id,
        to=to.pk,
        phase=standing.phase.number,
        title_of_collaboration="" if discreet else collaboration.title,
        phase_name="" if discreet else standing.phase.name,
        discreet=discreet,
    )
