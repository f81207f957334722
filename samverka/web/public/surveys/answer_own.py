"""Own answers beside those of similar bodies, as soon as they are handed over: to read, to print, to show the boss."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.surveys.models import Asked, Response
from samverka.web.components.words import language
from samverka.web.own_answers import own_page, own_pdf

from .respondent import DONE, open_form


@public
@require_safe
def survey_own(request: HttpRequest, key: str) -> HttpResponse:
    """The page, by the link to the form. An association's answers are shown beside nobody's: it has none."""
    link = open_form(request, key)
    asked = link.holder.asked
    if not link.own_url():
        raise NotVisible
    if asked.state not in DONE or asked.response is None:
        return redirect(link.form_url)
    context = own_page(response_of(asked), asked.round)
    context |= {"link": link, "asked": asked, "pdf_url": link.to("survey_own_pdf")}
    return render(request, "public/surveys/own.html", context)


@public
@require_GET
def survey_own_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a tagged PDF."""
    link = open_form(request, key)
    asked = link.holder.asked
    if not link.own_url() or asked.state not in DONE or asked.response is None:
        raise NotVisible
    return pdf_response(asked)


def pdf_response(asked: Asked) -> HttpResponse:
    """Return the PDF of one who has answered, as a file to keep."""
    pdf = own_pdf(response_of(asked), asked.round, language())
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{asked.round.slug}-{asked.organisation.slug}-jamfort.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def response_of(asked: Asked) -> Response:
    """Return what was handed over, with the round and body that are at hand already."""
    found = asked.response
    if found is None:
        raise NotVisible
    found.round, found.organisation = asked.round, asked.organisation
    return found
