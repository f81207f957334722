"""Signing an answer: name, role, and a code that comes to the body's own address."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import Refused
from samverka.kernel.mail.overview import masked
from samverka.questionnaires.reading import definition_of
from samverka.surveys.actions import send_code, sign
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.words import language

from .answer_receipt import told
from .forms_answer import SignForm
from .respondent import DONE, Link, open_form, posted


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_sign(request: HttpRequest, key: str) -> HttpResponse:
    """Read the answer and sign it."""
    link = open_form(request, key)
    asked = link.holder.asked
    if asked.state not in DONE:
        return redirect(link.form_url)
    form, sent_to = SignForm(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "code":
            sent_to = _send(link, form)
        elif _signed(link, form):
            return HttpResponseRedirect(link.to("survey_receipt"))
    words = AnswerWords(definition_of(asked.round.version), language())
    context = {
        "link": link, "asked": asked, "round": asked.round, "title": words.text(words.definition.title), "form": form,
        "parts": told(link), "sent_to": sent_to, "masked": masked(asked.email),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "public/surveys/answer_sign.html", context, status=status)


def _send(link: Link, form: SignForm) -> str:
    try:
        return masked(send_code(by=replace(link.holder, name=form.cleaned_data["name"])))
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return ""


def _signed(link: Link, form: SignForm) -> bool:
    data = form.cleaned_data
    if not data["code"]:
        form.add_error("code", _("Skriv koden ur mejlet. Har du ingen kod? Tryck på Skicka koden först."))
        return False
    try:
        sign(by=replace(link.holder, name=data["name"]), role=data["role"], code=data["code"])
    except Refused as refused:
        form.add_error(refused.details.get("field"), str(refused.message))
        return False
    return True
