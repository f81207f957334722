"""What site search finds here: the steps of published models, by everyone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .enums import QuestionKind
from .models import Question, Step


def _present(steps: list[Any]) -> list[tuple[str, str]]:
    main = Question.objects.filter(step__in=steps, kind=QuestionKind.MAIN)
    questions = dict(main.values_list("step_id", "text"))
    return [(f"{step.code} {step.name}", questions.get(step.pk, "")) for step in steps]


register_source(Source("step", _("Steg i modellen"), Step.objects.visible_to, _present))
