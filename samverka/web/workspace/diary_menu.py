"""The diary's menu: the model's phases and steps, with how far each has come and how much stands there.

The steps are written out here and not by a template: thirty-three of them took a tenth of the page's time there.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from samverka.collaborations.queries import Progress, Seat
from samverka.processes.reading import PhaseView, StepView
from samverka.web.components.state_marks import state_mark
from samverka.web.components.words import language

from .progress_words import state_words


@dataclass(frozen=True)
class PhaseLine:
    """A phase in the menu; `steps` are its list items."""

    number: int
    name: str
    state: str
    here: bool
    steps: SafeString


def diary_menu(
    seat: Seat, progress: Progress, texts: dict[str, int], typed: AbstractSet[str], here: str
) -> list[PhaseLine]:
    """Return the phases with their steps. `texts` says how many stand at a step, `typed` where something is begun and
    not saved, `here` which step the page shows.
    """
    diary = reverse("diary", args=[seat.acting.organisation.public_id, seat.collaboration.public_id])

    def step(one: StepView) -> str:
        mark = _step(one, progress.state_of(one.code), diary, is_here=one.code == here)
        return f"<li>{mark}{_count(texts.get(one.code, 0), is_typed=one.code in typed)}</li>"

    def phase(one: PhaseView) -> PhaseLine:
        # Every part has been escaped, or is a drawing of ours.
        steps = SafeString("".join(step(part) for part in one.steps))
        state = progress.phases[one.number].state.value
        return PhaseLine(one.number, one.name, state, any(part.code == here for part in one.steps), steps)

    return [phase(one) for one in progress.model.phases]


def _step(step: StepView, state: str, diary: str, *, is_here: bool) -> str:
    current = ' aria-current="page"' if is_here else ""
    said = f'<span class="visually-hidden" lang="{language()}">, {escape(state_words(state))}</span>'
    # A step's page is below the diary's.
    link = f'<a href="{diary}{step.code}/"{current}>'
    return f"{link}{state_mark(state)} {escape(step.code)} {escape(step.name)}{said}</a>"


def _count(texts: int, *, is_typed: bool) -> str:
    if not texts and not is_typed:
        return ""
    told = []
    if texts:
        words = ngettext("%(n)s text", "%(n)s texter", texts) % {"n": texts}
        told.append(f'<span aria-hidden="true">{texts}</span><span class="visually-hidden">{escape(words)}</span>')
    if is_typed:
        told.append(escape(gettext("utkast")))
    return f' <span class="diary-menu__count" lang="{language()}">{" ".join(told)}</span>'
