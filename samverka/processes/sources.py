"""What site search finds here: the steps of published models, by everyone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .enums import QuestionKind
from .models import Question, Step


def _present(steps: list[Any]) -> list[tuple[str, str]]:
    main = Question.objects.filter(step__in=steps, kind=QuestionKind.MAIN)
    questions = dict(main.values_list("step_id", "text"))
    return [(f"{step.code} {step.name}", questions.get(step.pk, "")) for step in steps]


def _words() -> Iterable[str]:
    for step in Step.objects.visible_to(None).prefetch_related("questions", "tips", "deeper_texts"):
        for texts in step.search_parts().values():
            yield from texts


register_source(
    Source(
        "step", _("Steg i modellen"), Step.objects.visible_to, _present,
        columns={"title": Concat("code", Value(" "), "name")}, open_words=_words,
    )
)  # fmt: skip
