"""What has happened in a collaboration, in words and with its page: for the timeline and for the first page's news."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import CommitmentState, PhaseAnswer, Stance, StepState
from samverka.collaborations.models import Party
from samverka.collaborations.queries import Seat
from samverka.collaborations.queries.timeline import Happening
from samverka.web.context import address

from .log_words import ACTIONS
from .progress import phase_address, step_address

WORDS: dict[str, Any] = {
    "entry_shared": _("Delade en text"),
    "entry_withdrawn": _("Strök en text"),
    "joint_begun": _("Började skriva tillsammans"),
    "joint_changed": _("Ändrade senast det gemensamma"),
    "outcome_shared": _("Delade vad de har kommit fram till"),
    "outcome_joint": _("Skrev senast det som steget lämnar efter sig"),
    "promise_made": _("Nytt åtagande"),
    "promise_changed": _("Ändrat åtagande"),
    "promise_settled": _("Åtagande"),
    "decision": _("Skrev upp ett beslut"),
    "decision_withdrawn": _("Strök ett beslut"),
    "step": _("Steg"),
    "phase": _("Fas"),
    "stance": _("Skrev upp hur parterna ser på en fråga"),
    "meeting": _("Höll ett möte"),
    "invited": _("Bjöds in"),
    "declined": _("Tackade nej"),
    "joined": _("Gick med"),
    "guest": _("Lät en gäst läsa"),
    "guest_ended": _("En gäst läser inte längre"),
}
STATES: dict[str, dict[str, Any]] = {
    "step": dict(StepState.choices),
    "phase": dict(PhaseAnswer.choices),
    "stance": dict(Stance.choices),
    "promise_settled": dict(CommitmentState.choices),
}


@dataclass(frozen=True)
class Line:
    """A line of the timeline: what, where (with its page), what was said with it, who, for which party, when."""

    at: datetime
    what: str
    state: str
    place: str
    url: str
    said: str
    who: str
    party: Party | None

    @property
    def numbered(self) -> bool:
        """Whether the place is the number and name of what `what` says: "Steg 3.2 …", "Fas 3 …"."""
        return self.what in {str(WORDS["step"]), str(WORDS["phase"])}


def line_of(seat: Seat, row: Happening) -> Line:
    parties = {party.pk: party for party in seat.parties}
    place, url = PLACES.get(row.what, _nowhere)(seat, row)
    # What was promised and decided is the place itself; of the rest, what was said with it stands below.
    said = "" if place == row.text else row.text
    return Line(
        at=row.at,
        what=str(ACTIONS.get(row.code, row.what) if row.what == "fact" else WORDS[row.what]),
        state=str(STATES.get(row.what, {}).get(row.state, "")),
        place=place,
        url=url,
        said=said,
        who=row.who,
        party=parties.get(row.party_id) if row.party_id else None,
    )


def text_address(seat: Seat, step: str, anchor: str) -> str:
    """Return the page that a text stands on, at the text."""
    ids = seat.acting.organisation.public_id, seat.collaboration.public_id
    page = step_address(seat, step) if step else address("diary", *ids) or address("collaboration", *ids)
    return f"{page}#{anchor}"


# Where each kind of thing is read


Place = Callable[[Seat, Happening], tuple[str, str]]


def _nowhere(seat: Seat, row: Happening) -> tuple[str, str]:
    return "", ""


def _at_step(seat: Seat, row: Happening) -> tuple[str, str]:
    code = ".".join(row.code.split(".")[:2])
    step = seat.model.step(code) if seat.model and code else None
    return (f"{step.code} {step.name}", step_address(seat, step.code)) if step else ("", "")


def _at_text(seat: Seat, row: Happening) -> tuple[str, str]:
    place, _url = _at_step(seat, row)
    code = ".".join(row.code.split(".")[:2])
    return place or str(_("Om helheten")), text_address(seat, code, row.key)


def _at_phase(seat: Seat, row: Happening) -> tuple[str, str]:
    found = {str(phase.number): phase for phase in seat.model.phases} if seat.model else {}
    phase = found.get(row.code)
    return (f"{phase.number} {phase.name}", phase_address(seat, phase.number)) if phase else ("", "")


def _at_decisions(seat: Seat, row: Happening) -> tuple[str, str]:
    return row.text, address("decisions", seat.acting.organisation.public_id, seat.collaboration.public_id)


def _at_page(route: str) -> Place:
    def place(seat: Seat, row: Happening) -> tuple[str, str]:
        url = address(route, seat.acting.organisation.public_id, seat.collaboration.public_id, row.key)
        return row.text or str(_("Till mötet")), url

    return place


PLACES: dict[str, Place] = {
    **dict.fromkeys(("entry_shared", "entry_withdrawn", "joint_begun", "joint_changed"), _at_text),
    **dict.fromkeys(("outcome_shared", "outcome_joint", "step", "stance"), _at_step),
    **dict.fromkeys(("promise_made", "promise_changed", "promise_settled"), _at_page("commitment")),
    **dict.fromkeys(("decision", "decision_withdrawn"), _at_decisions),
    "phase": _at_phase,
    "meeting": _at_page("meeting"),
}
