"""A process model on paper, in the model's own language. A published version never changes, so that each paper is
drawn once.
"""

import threading
from functools import lru_cache

from django.utils import translation

from samverka.kernel.addresses import site_address
from samverka.kernel.pdf import kept_pdf
from samverka.processes.reading import ModelView, StepView
from samverka.web.components.model_picture import model_picture

#: How many points a unit of the picture is, on an A4 that lies down.
UNIT = 0.58
_one_at_a_time = threading.Lock()


def picture_on_paper(model: ModelView) -> bytes:
    """Return the picture as a PDF of one A4 page."""
    return _paper("pdf/model_picture.html", model)


def model_on_paper(model: ModelView) -> bytes:
    """Return the whole model as a PDF: the picture, then every step on a page of its own."""
    return _paper("pdf/model.html", model)


def template_on_paper(model: ModelView, step: StepView) -> bytes:
    """Return the step's template as a PDF to fill in by hand."""
    return _paper("pdf/model_template.html", model, step)


def _paper(template: str, model: ModelView, step: StepView | None = None) -> bytes:
    """Return a paper. Whoever asks while it is drawn waits for it instead of drawing it once more."""
    with _one_at_a_time:
        return _drawn(template, model, step)


@lru_cache(maxsize=64)
def _drawn(template: str, model: ModelView, step: StepView | None) -> bytes:
    """Draw a paper. Views are compared by all they say, so that no other version is taken for this one."""
    title = step.template.name if step and step.template else model.name
    with translation.override(model.language):
        picture = model_picture(model, lambda one: site_address("model_step", model.slug, one.code, one.slug), UNIT)
        context = {"model": model, "step": step, "picture": picture}
        return kept_pdf(template, context, title=title, language=model.language)
