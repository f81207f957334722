"""Passing blocks on to a colleague, and who has what."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import public
from samverka.kernel.errors import Refused
from samverka.kernel.idempotency import creates_once
from samverka.questionnaires.reading import definition_of
from samverka.surveys.actions import pass_on, take_back
from samverka.surveys.blocks import blocks_of
from samverka.surveys.models import Passed
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.words import language, names_in_words

from .answer_block import takes_answers
from .forms_answer import PassForm
from .respondent import Link, open_form, posted


@public
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def survey_pass(request: HttpRequest, key: str) -> HttpResponse:
    """Pass blocks on by mail."""
    link = open_form(request, key)
    if not takes_answers(link) or not link.holder.name:
        return redirect(link.form_url)
    words = AnswerWords(definition_of(link.holder.asked.round.version), language())
    choices = [(block, words.text(block.label)) for block in blocks_of(words.definition)]
    chosen = [code for code in request.GET.getlist("block") if code in {block.code for block, _label in choices}]
    form = PassForm(posted(request), blocks=choices, initial={"blocks": chosen})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pass_on(by=link.holder, blocks=data["blocks"], email=data["email"], message=data["message"])
        except Refused as refused:
            form.add_error(refused.details.get("field"), str(refused.message))
        else:
            return HttpResponseRedirect(link.to("survey_pass") + "#skickat")
    status = 422 if form.is_bound else 200
    labels = {block.code: label for block, label in choices}
    context = {"link": link, "asked": link.holder.asked, "title": words.text(words.definition.title), "form": form,
               "passed": _passed(link, labels)}  # fmt: skip
    return render(request, "public/surveys/answer_pass.html", context, status=status)


def _passed(link: Link, labels: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "blocks": names_in_words([labels[code] for code in row.blocks if code in labels]),
            "to": row.email or _("en kollega"),
        }
        for row in Passed.objects.filter(asked=link.holder.asked).order_by("-id")
    ]


@public
@require_POST
def survey_pass_back(request: HttpRequest, key: str, pid: str) -> HttpResponse:
    """Take back what was passed on."""
    link = open_form(request, key)
    take_back(by=link.holder, passed_id=pid)
    return HttpResponseRedirect(link.to("survey_pass") + "#skickat")
