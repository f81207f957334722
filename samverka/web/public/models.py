"""Process models: each as one picture, its phases and steps, readable by anyone and to print."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from samverka.kernel.access import public
from samverka.processes.reading import ModelView, StepView, published_model, published_models
from samverka.web.components.model_picture import model_picture as picture_of
from samverka.web.context import address

from .model_papers import model_on_paper, picture_on_paper, template_on_paper


def found_model(slug: str) -> ModelView:
    """Return the published model. Raises Http404."""
    model = published_model(slug)
    if model is None:
        raise Http404
    return model


def found_step(slug: str, code: str) -> tuple[ModelView, StepView]:
    """Return a step of the published model, with the model. Raises Http404."""
    model = found_model(slug)
    step = model.step(code)
    if step is None:
        raise Http404
    return model, step


def step_address(model: ModelView, step: StepView) -> str:
    """Return the address of a step's page in the reader's language."""
    return address("model_step", model.slug, step.code, step.slug)


@public
def models(request: HttpRequest) -> HttpResponse:
    """Every published model."""
    return render(request, "public/models/models.html", {"models": published_models()})


@public
def model(request: HttpRequest, slug: str) -> HttpResponse:
    """One model: the short path, the picture to find one's way by, every phase."""
    return render(request, "public/models/model.html", _drawn(found_model(slug)))


@public
def model_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture alone, to put on a wall or on a table."""
    return render(request, "public/models/picture.html", _drawn(found_model(slug)))


def _drawn(model: ModelView) -> dict[str, Any]:
    return {
        "model": model,
        "picture": picture_of(model, lambda step: step_address(model, step)),
        "step_count": len(model.steps),
        "short_count": sum(step.on_short_path for step in model.steps),
        "prepare_url": address("prepare"),
    }


@public
def model_step(request: HttpRequest, slug: str, code: str, name: str) -> HttpResponse:
    """One step. A wrong name after the code leads to the right address."""
    model, step = found_step(slug, code)
    if name != step.slug:
        return HttpResponsePermanentRedirect(reverse("model_step", args=[slug, code, step.slug]))
    before, after = model.beside(step)
    prepare = address("prepare")
    context = {
        "model": model,
        "phase": model.phase_of(step),
        "step": step,
        "before": before,
        "after": after,
        "prepare_url": f"{prepare}?steg={step.code}" if prepare else "",
    }
    return render(request, "public/models/step.html", context)


@public
def model_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole model as PDF."""
    model = found_model(slug)
    return _pdf(model_on_paper(model), f"{model.slug}-modell")


@public
def model_picture_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture as PDF, on one page."""
    model = found_model(slug)
    return _pdf(picture_on_paper(model), f"{model.slug}-bild")


@public
def model_template_pdf(request: HttpRequest, slug: str, code: str, name: str) -> HttpResponse:
    """A step's template to fill in by hand, as PDF."""
    model, step = found_step(slug, code)
    if step.template is None:
        raise Http404
    return _pdf(template_on_paper(model, step), f"{step.code}-{step.slug}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
