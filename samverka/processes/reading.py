"""Reading a process model: frozen, whole, few queries. Everyone may read what is published.

A published version never changes, so a process builds its view once; only which version applies is asked each time.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import get_language

from samverka.kernel.compiled import compiled

from .enums import LeavesKind, QuestionKind, VersionState
from .models import ModelVersion, Step

#: The model that comes with the product.
SHIPPED = "samverka"


@dataclass(frozen=True)
class QuestionView:
    """A question. `code` is its step's code and its number, the same in every language: "1.1.1" is the main one."""

    code: str
    text: str
    is_main: bool


@dataclass(frozen=True)
class TipView:
    saying: str
    goes_wrong: str


@dataclass(frozen=True)
class DeeperView:
    heading: str
    text: str


@dataclass(frozen=True)
class FieldView:
    """What one fills in; `kind` is of FieldKind."""

    key: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeavesView:
    """What a step leaves behind; `kind` is of LeavesKind."""

    kind: str
    label: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class TemplateView:
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class StepView:
    """A step with all it holds; `pk` is its row, for those who point at it."""

    pk: int
    phase_number: int
    code: str
    slug: str
    name: str
    introduction: str
    question: QuestionView
    follow_ups: tuple[QuestionView, ...]
    tips: tuple[TipView, ...]
    deeper: tuple[DeeperView, ...]
    done_when: str
    leaves: LeavesView
    template: TemplateView | None
    on_short_path: bool
    society_levels: tuple[str, ...]
    complaints: tuple[int, ...]
    minutes: int

    @property
    def path(self) -> str:
        """The step as it stands in an address: 4.2-fordela-loftena."""
        return f"{self.code}-{self.slug}"

    @property
    def questions(self) -> tuple[QuestionView, ...]:
        """The main question, then those that follow."""
        return (self.question, *self.follow_ups)


@dataclass(frozen=True)
class PhaseView:
    number: int
    name: str
    short_name: str
    summary: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class StopView:
    """A stop of the short path: a meeting, or a time, and its steps."""

    name: str
    steps: tuple[StepView, ...]

    @property
    def minutes(self) -> int:
        """Honest time at a table for its steps together."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class ModelView:
    """One version of a model in one language, whole."""

    pk: int
    slug: str
    name: str
    language: str
    summary: str
    owner: str
    licence: str
    licence_url: str
    source: str
    number: int
    published_on: date | None
    is_current: bool
    phases: tuple[PhaseView, ...]
    short_path_summary: str
    short_path_stops: tuple[tuple[str, tuple[str, ...]], ...]

    @cached_property
    def steps(self) -> tuple[StepView, ...]:
        """Every step in order."""
        return tuple(step for phase in self.phases for step in phase.steps)

    @cached_property
    def by_code(self) -> dict[str, StepView]:
        """The steps by their code."""
        return {step.code: step for step in self.steps}

    @cached_property
    def short_path(self) -> tuple[StopView, ...]:
        """The stops of the short path in order, each with its steps."""
        return tuple(
            StopView(name, tuple(self.by_code[code] for code in codes if code in self.by_code))
            for name, codes in self.short_path_stops
        )

    def step(self, code: str) -> StepView | None:
        """Return the step with that code, or None."""
        return self.by_code.get(code)

    def phase_of(self, step: StepView) -> PhaseView:
        """Return the phase that holds `step`."""
        return next(phase for phase in self.phases if phase.number == step.phase_number)

    def beside(self, step: StepView) -> tuple[StepView | None, StepView | None]:
        """Return the steps before and after `step`, None at the ends."""
        at = self.steps.index(step)
        following = self.steps[at + 1] if at + 1 < len(self.steps) else None
        return (self.steps[at - 1] if at else None), following


def published_models(language: str | None = None) -> list[ModelView]:
    """Return every published model in the reader's language, or else in its own, by name."""
    slugs = ModelVersion.objects.published().values_list("model__slug", flat=True)
    found = (published_model(slug, language) for slug in sorted(set(slugs)))
    return sorted((model for model in found if model), key=lambda model: model.name)


def published_model(slug: str, language: str | None = None) -> ModelView | None:
    """Return the version of the model that applies now, or None.

    In `language` (the reader's, unless given) when there is such a translation, else in the model's own language.
    One query; seven more the first time a process meets the version.
    """
    wanted = (language or get_language() or "sv").split("-")[0]
    versions = ModelVersion.objects.published().filter(model__slug=slug).select_related("model")
    found = {version.language: version for version in versions}
    version = found.get(wanted) or next((v for v in found.values() if v.language == v.model.language), None)
    return _view(version.pk, _stamp(version)) if version else None


def step(slug: str, code: str) -> StepView | None:
    """Return a step of the published model, or None."""
    model = published_model(slug)
    return model.step(code) if model else None


def model_version(pk: int) -> ModelView | None:
    """Return the version with that key, as a diary that was begun along it reads it, or None; drafts are None."""
    return model_view(_version.first(pk=pk))


@compiled
def _version(pk: int) -> Any:
    return ModelVersion.objects.filter(pk=pk).select_related("model")[:1]


def model_view(version: ModelVersion | None) -> ModelView | None:
    """Return a version that has been fetched with its model, as `model_version` does."""
    return _view(version.pk, _stamp(version)) if version and version.state != VersionState.DRAFT else None


def _stamp(version: ModelVersion) -> tuple[str, ...]:
    """Return what may differ between two views of the same key: its state, whose it is, and a key used anew."""
    model = version.model
    return (version.state, version.fingerprint, model.slug, model.owner, model.licence, model.licence_url, model.source)


@lru_cache(maxsize=32)
def _view(pk: int, stamp: tuple[str, ...]) -> ModelView:
    """Build the view of a version."""
    version = ModelVersion.objects.select_related("model").get(pk=pk)
    steps = (
        Step.objects.filter(version=version)
        .defer("search_vector")
        .select_related("template")
        .prefetch_related("questions", "tips", "deeper_texts")
    )
    by_phase: dict[int, list[Step]] = {}
    for row in steps:
        by_phase.setdefault(row.phase_id, []).append(row)
    phases = tuple(
        PhaseView(
            phase.number,
            phase.name,
            phase.short_name,
            phase.summary,
            tuple(_step_view(row, phase.number) for row in by_phase.get(phase.pk, [])),
        )
        for phase in version.phases.all()
    )
    model = version.model
    return ModelView(
        pk=pk,
        slug=model.slug,
        name=version.name,
        language=version.language,
        summary=version.summary,
        owner=model.owner,
        licence=model.licence,
        licence_url=model.licence_url,
        source=model.source,
        number=version.number,
        published_on=version.published_on,
        is_current=version.state == VersionState.PUBLISHED,
        phases=phases,
        short_path_summary=version.short_path_summary,
        short_path_stops=tuple((stop["name"], tuple(stop["steps"])) for stop in version.short_path),
    )


def _step_view(row: Any, phase_number: int) -> StepView:
    questions = [
        QuestionView(f"{row.code}.{question.number}", question.text, question.kind == QuestionKind.MAIN)
        for question in row.questions.all()
    ]
    template = getattr(row, "template", None)
    return StepView(
        pk=row.pk,
        phase_number=phase_number,
        code=row.code,
        slug=row.slug,
        name=row.name,
        introduction=row.introduction,
        question=questions[0],
        follow_ups=tuple(questions[1:]),
        tips=tuple(TipView(tip.saying, tip.goes_wrong) for tip in row.tips.all()),
        deeper=tuple(DeeperView(part.heading, part.text) for part in row.deeper_texts.all()),
        done_when=row.done_when,
        leaves=LeavesView(
            LeavesKind(row.leaves_kind).value,
            row.leaves_label,
            tuple(
                FieldView(field["key"], field["label"], field["kind"], tuple(field.get("choices", ())))
                for field in row.leaves_fields
            ),
        ),
        template=TemplateView(template.name, tuple(template.lines)) if template else None,
        on_short_path=row.on_short_path,
        society_levels=tuple(row.society_levels),
        complaints=tuple(row.complaints),
        minutes=row.minutes,
    )
