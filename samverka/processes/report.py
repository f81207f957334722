"""How much each step says and how easy it is to read: `manage.py content_report`."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from samverka.kernel.readability import Readability, readability

from .reading import ModelView, StepView


@dataclass(frozen=True)
class StepReport:
    """One step: questions and tips counted, words of all its running text, and LIX of the same."""

    code: str
    name: str
    questions: int
    tips: int
    words: int
    lix: float


@dataclass(frozen=True)
class ModelReport:
    """One model: its steps, and words and LIX of them all together."""

    model: str
    name: str
    version: int
    language: str
    words: int
    lix: float
    steps: tuple[StepReport, ...]

    def as_data(self) -> dict[str, object]:
        """Return what the report says, for JSON."""
        return asdict(self)


def running_text(step: StepView) -> Iterator[str]:
    """Return every text of a step that one reads as sentences: no headings, labels or lines of a template."""
    yield step.introduction
    yield from (question.text for question in step.questions)
    for tip in step.tips:
        yield from (tip.saying, tip.goes_wrong)
    for section in step.deeper:
        yield from section.text.split("\n\n")
    yield step.done_when


def step_report(step: StepView) -> StepReport:
    """Return the figures of one step; LIX with one decimal."""
    count = readability(running_text(step))
    return StepReport(step.code, step.name, len(step.questions), len(step.tips), count.words, round(count.lix, 1))


def model_report(model: ModelView) -> ModelReport:
    """Return the figures of a model and each of its steps."""
    total: Readability = readability(text for step in model.steps for text in running_text(step))
    return ModelReport(
        model=model.slug,
        name=model.name,
        version=model.number,
        language=model.language,
        words=total.words,
        lix=round(total.lix, 1),
        steps=tuple(step_report(step) for step in model.steps),
    )
