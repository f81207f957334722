"""What is told of what a step leaves behind, once all parties read it."""

from django.utils.translation import gettext as _

from samverka.processes.reading import StepView

from ..enums import Circle
from ..left_behind import in_words
from ..models import Outcome
from ..queries import Seat, outcomes_of, values_of
from .shape import Matter, Said, moment, place_of, shortened


def changed(about: int, seat: Seat) -> Matter | None:
    """What the parties have come to together, or what one of them has shared, as it stands now."""
    outcome: Outcome | None = outcomes_of(seat).filter(pk=about, circle=Circle.ALL).first()
    step = seat.model.step(outcome.step) if outcome and seat.model else None
    if outcome is None or step is None or outcome.changed_by_id == seat.user.pk:
        return None
    place, _question = place_of(step.code, seat)
    said = (_said(outcome, step, seat),)
    return Matter(what=_what(outcome), place=place, said=said, route=("diary_step", step.code))


def _what(outcome: Outcome) -> str:
    if outcome.joint:
        return _("{who} har skrivit vad ni tillsammans har kommit fram till.").format(
            who=outcome.changed_by or _("Någon")
        )
    if outcome.shared_at and outcome.changed_at > outcome.shared_at:
        return _("{party} har ändrat vad de har kommit fram till.").format(party=outcome.party)
    return _("{party} har delat vad de har kommit fram till.").format(party=outcome.party)


def _said(outcome: Outcome, step: StepView, seat: Seat) -> Said:
    text = in_words(step, values_of(seat, step, outcome, joint=outcome.joint))
    meta = _("{who}, {when}").format(who=outcome.changed_by or _("Borttagen person"), when=moment(outcome.changed_at))
    if outcome.joint:
        return Said(_("Det ni skriver tillsammans"), "shared", shortened(text), meta)
    return Said(outcome.party.name, outcome.party.side, shortened(text), meta)
