"""The receipt of an answer that was handed over: on the page, as PDF for the diary, and what one can do afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible, Refused
from samverka.questionnaires.reading import definition_of
from samverka.surveys.actions import ask_for_signature, note_diary_number, reopen
from samverka.surveys.enums import AskedState, RoundState
from samverka.web.components.answer_words import AnswerWords, ToldPart
from samverka.web.components.words import language
from samverka.web.questionnaire_papers import receipt_pdf

from .answer_start import about_round
from .forms_answer import AskSignatureForm, DiaryNumberForm, ReopenForm
from .respondent import DONE, Link, open_form, posted


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """The receipt; a POST keeps the body's own diary number."""
    link = open_form(request, key)
    if link.holder.asked.state not in DONE:
        return redirect(link.form_url)
    form = DiaryNumberForm(posted(request), initial={"number": link.holder.asked.diary_number})
    if request.method == "POST" and form.is_valid():
        note_diary_number(by=link.holder, number=form.cleaned_data["number"])
        return HttpResponseRedirect(link.to("survey_receipt") + "#diarienummer")
    return page(request, link, number_form=form)


def page(request: HttpRequest, link: Link, **forms: Any) -> HttpResponse:
    """Show the receipt; one of its small forms may come back with a fault."""
    asked = link.holder.asked
    words = AnswerWords(definition_of(asked.round.version), language())
    bound = [form for form in forms.values() if form.is_bound]
    context = {
        "link": link, "asked": asked, "round": asked.round, "title": words.text(words.definition.title),
        "parts": told(link), "files_at": link.files_url, "own_url": link.own_url(),
        "is_open": asked.round.state == RoundState.OPEN, "is_signed": asked.state == AskedState.SIGNED,
        "about": about_round(asked.round), "bound": bound[0] if bound else None,
        "number_form": DiaryNumberForm(initial={"number": asked.diary_number}), "reopen_form": ReopenForm(),
        "sign_form": AskSignatureForm(), **forms,
    }  # fmt: skip
    return render(request, "public/surveys/answer_receipt.html", context, status=422 if bound else 200)


def told(link: Link) -> list[ToldPart]:
    """Return the answers that were handed over, in words."""
    asked = link.holder.asked
    answers = asked.response.answers if asked.response else {}
    return list(AnswerWords(definition_of(asked.round.version), language(), answers).blocks(answers))


@public
@require_GET
def survey_receipt_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """All answers and the time, as a tagged PDF."""
    asked = open_form(request, key).holder.asked
    if asked.state not in DONE:
        raise NotVisible
    response = HttpResponse(receipt_pdf(asked, language(), about_round(asked.round)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{asked.round.slug}-{asked.organisation.slug}.pdf"'
    return response


@public
@require_POST
def survey_reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Open the answer again."""
    link, form = open_form(request, key), ReopenForm(request.POST)
    if link.holder.asked.state not in DONE:
        return redirect(link.form_url)
    if not form.is_valid():
        return page(request, link, reopen_form=form)
    reopen(by=link.holder, asked_id=link.holder.asked.public_id, why=form.cleaned_data["why"])
    return HttpResponseRedirect(link.form_url)


@public
@require_POST
def survey_sign_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask somebody to sign."""
    link, form = open_form(request, key), AskSignatureForm(request.POST)
    if link.holder.asked.state not in DONE:
        return redirect(link.form_url)
    if form.is_valid():
        try:
            ask_for_signature(by=link.holder, email=form.cleaned_data["email"])
        except Refused as refused:
            form.add_error("email", str(refused.message))
    if not form.is_valid():
        return page(request, link, sign_form=form)
    return HttpResponseRedirect(link.to("survey_receipt") + "?bett=1#underteckna")
