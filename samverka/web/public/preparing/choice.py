"""Which questions were chosen. They stand in the address, so that a choice can be shared; nothing else does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible
from samverka.processes.reading import SHIPPED, ModelView, PhaseView, StepView, published_model

PARAMETER = "steg"
#: As many questions as fit an evening, with an introduction and promises around them.
FEW = 3


@dataclass(frozen=True)
class Choice:
    """The chosen steps of a model, in the model's order."""

    model: ModelView
    steps: tuple[StepView, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the chosen steps."""
        return frozenset(step.code for step in self.steps)

    @property
    def query(self) -> str:
        """The choice as it stands in an address: "?steg=1.1&steg=1.3"."""
        return "?" + urlencode([(PARAMETER, step.code) for step in self.steps]) if self.steps else ""

    @property
    def address(self) -> str:
        """The whole address of the page with these questions chosen."""
        return settings.BASE_URL + reverse("prepare") + self.query


@dataclass(frozen=True)
class PhaseChoice:
    """The further questions of a phase, unfolded when one of them is chosen."""

    phase: PhaseView
    steps: tuple[StepView, ...]
    chosen: int


def the_model() -> ModelView:
    """Return the model that one prepares along. Raises NotVisible when none is published."""
    model = published_model(SHIPPED)
    if model is None:
        raise NotVisible
    return model


def choose(model: ModelView, codes: Iterable[str]) -> Choice:
    """Return the steps with those codes; unknown ones are passed over."""
    wanted = set(codes)
    return Choice(model, tuple(step for step in model.steps if step.code in wanted))


def offered(model: ModelView) -> Choice:
    """Return what one is offered before choosing: the first meeting of the short path."""
    return choose(model, [step.code for step in first_stop(model)])


def first_stop(model: ModelView) -> Sequence[StepView]:
    """Return the steps of the short path's first meeting; those of the first phase when there is no short path."""
    return model.short_path[0].steps if model.short_path else model.phases[0].steps


def first_stop_name(model: ModelView) -> str:
    """Return what that offer is called: "Kort väg, möte 1"."""
    stop = model.short_path[0].name if model.short_path else model.phases[0].name
    return _("Kort väg: {stop}").format(stop=stop[:1].lower() + stop[1:])


def few(model: ModelView) -> Choice:
    """Return a choice for those in a hurry: the first questions of the offer."""
    return choose(model, [step.code for step in first_stop(model)[:FEW]])


def further(choice: Choice) -> list[PhaseChoice]:
    """Return what else there is to choose, phase by phase."""
    offer = {step.code for step in first_stop(choice.model)}
    phases = []
    for phase in choice.model.phases:
        steps = tuple(step for step in phase.steps if step.code not in offer)
        if steps:
            phases.append(PhaseChoice(phase, steps, sum(step.code in choice.codes for step in steps)))
    return phases
