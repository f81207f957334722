"""Loading the models that the product ships."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samverka.kernel.content import register_loader
from samverka.kernel.search import store_vector

from .content import ModelContent, shipped_models
from .enums import QuestionKind, VersionState
from .models import DeeperText, ModelVersion, Phase, ProcessModel, Question, Step, Template, Tip


@register_loader("process_models", order=30)
def load_process_models() -> int:
    """Write the models of content/models whose content differs from what is published; return how many rows."""
    return sum(publish_content(content=content) for content in shipped_models())


@transaction.atomic
def publish_content(*, content: ModelContent) -> int:
    """Publish `content` as a new version of its model unless it is what is published; return how many rows were
    written. The version it replaces is retired and kept: diaries point at its steps.
    """
    model, written = _model(content)
    published = model.versions.filter(language=content.head["language"])
    if published.filter(state=VersionState.PUBLISHED, fingerprint=content.fingerprint).exists():
        return written
    last = published.aggregate(last=Max("number"))["last"] or 0
    published.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    version = ModelVersion.objects.create(
        model=model,
        number=last + 1,
        language=content.head["language"],
        state=VersionState.PUBLISHED,
        published_on=timezone.localdate(),
        fingerprint=content.fingerprint,
        **content.version_values,
    )
    return written + 1 + sum(_write_phase(version, phase) for phase in content.phases)


def _model(content: ModelContent) -> tuple[ProcessModel, int]:
    if content.is_translation:
        return ProcessModel.objects.get(slug=content.head["slug"]), 0
    values = content.model_values
    model, new = ProcessModel.objects.get_or_create(slug=content.head["slug"], defaults=values)
    if new:
        return model, 1
    if all(getattr(model, name) == value for name, value in values.items()):
        return model, 0
    ProcessModel.objects.filter(pk=model.pk).update(**values)
    return model, 1


def _write_phase(version: ModelVersion, phase: dict[str, Any]) -> int:
    names = ("number", "name", "short_name", "summary")
    row = Phase.objects.create(version=version, **{name: phase[name] for name in names})
    return 1 + sum(_write_step(row, order, step) for order, step in enumerate(phase["steps"], start=1))


def _write_step(phase: Phase, order: int, step: dict[str, Any]) -> int:
    names = ("code", "slug", "name", "introduction", "done_when", "society_levels", "complaints", "minutes")
    leaves = step["leaves"]
    row = Step.objects.create(
        version=phase.version,
        phase=phase,
        order=phase.number * 100 + order,
        on_short_path=step.get("short_path", False),
        leaves_kind=leaves["kind"],
        leaves_label=leaves["label"],
        leaves_fields=leaves["fields"],
        **{name: step[name] for name in names},
    )
    written = 1 + _write_parts(row, step)
    store_vector(row)
    return written


def _write_parts(row: Step, step: dict[str, Any]) -> int:
    questions = [
        Question(step=row, number=number, kind=QuestionKind.MAIN if number == 1 else QuestionKind.FOLLOW_UP, text=text)
        for number, text in enumerate([step["question"], *step["follow_ups"]], start=1)
    ]
    tips = [Tip(step=row, order=order, **tip) for order, tip in enumerate(step["tips"], start=1)]
    deeper = [DeeperText(step=row, order=order, **part) for order, part in enumerate(step["deeper"], start=1)]
    Question.objects.bulk_create(questions)
    Tip.objects.bulk_create(tips)
    DeeperText.objects.bulk_create(deeper)
    if template := step.get("template"):
        Template.objects.create(step=row, **template)
    return len(questions) + len(tips) + len(deeper) + bool(template)
