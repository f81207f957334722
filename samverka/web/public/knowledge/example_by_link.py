"""What is answered by a link in a mail, without an account: a consent, whether a page holds, a question; asking one.

Each is a page with a choice, and only the choice that is sent changes anything.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import lasting, questions
from samverka.knowledge.actions.voices import answer_quote
from samverka.knowledge.enums import Consent, Holds, QuestionState
from samverka.knowledge.links import page_by_holds_key, question_by_key, quote_by_key
from samverka.knowledge.models import PageQuestion, told_of
from samverka.knowledge.queries import published_page
from samverka.web.client import client_address
from samverka.web.components.refusals import refusals_on

from .addresses import page_path
from .forms_answers import AnswerForm, AskForm, ConsentForm, HoldsForm

FOLDER = "public/knowledge"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def quote_consent(request: HttpRequest, key: str) -> HttpResponse:
    """The quoted person's own answer; it can be given anew by the same link."""
    quote = quote_by_key(key)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        agrees = form.cleaned_data["answer"] == "yes"
        answer_quote(by=quote, agrees=agrees, comment=form.cleaned_data["comment"])
        return redirect("quote_consent", key)
    context = {"quote": quote, "page": quote.page, "form": form, "answered": quote.state in Consent.settled()}
    return render(request, f"{FOLDER}/quote_consent.html", context, status=422 if form.is_bound else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def page_holds(request: HttpRequest, key: str) -> HttpResponse:
    """The contact says whether the page still holds."""
    page = page_by_holds_key(key)
    told = told_of(page)
    form = HoldsForm(request.POST or None)
    if form.is_valid():
        holds = Holds(form.cleaned_data["holds"])
        lasting.say_if_it_holds(by=None, page=page, holds=holds, comment=form.cleaned_data["comment"])
        return redirect("page_holds", key)
    answered = bool(told.holds) or bool(told.confirmed_on and told.asked_on and told.confirmed_on >= told.asked_on)
    context = {"page": page, "url": page_path(page), "told": told, "form": form, "answered": answered}
    return render(request, f"{FOLDER}/page_holds.html", context, status=422 if form.is_bound else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def page_ask(request: HttpRequest, pid: str) -> HttpResponse:
    """Ask the office of who tells something about it."""
    page = published_page(pid)
    asked = questions.asked_at(page)
    if asked is None:
        raise NotVisible
    form = AskForm(request.POST or None)
    if form.is_valid():
        by = request.user if request.user.is_authenticated else None
        with refusals_on(form):
            questions.ask_question(by=by, page=page, sender=client_address(request), **form.cleaned_data)
            return redirect("page_asked", pid)
    context = {"page": page, "url": page_path(page), "asked": asked, "form": form}
    return render(request, f"{FOLDER}/page_ask.html", context, status=422 if form.is_bound else 200)


@public
def page_asked(request: HttpRequest, pid: str) -> HttpResponse:
    """The question has gone: what happens now."""
    page = published_page(pid)
    context = {"page": page, "url": page_path(page), "asked": questions.asked_at(page)}
    return render(request, f"{FOLDER}/page_asked.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: HttpRequest, key: str) -> HttpResponse:
    """The office answers by the link in its mail, which may be passed on."""
    question = question_by_key(key)
    form = answer_form(request, question)
    if request.POST.get("do") == "close":
        questions.close_question(by=None, question=question)
        return redirect("question_answer", key)
    if form.is_valid():
        with refusals_on(form):
            questions.answer_question(
                by=None,
                question=question,
                answer=form.cleaned_data["answer"],
                show=form.cleaned_data.get("show", False),
            )
            return redirect("question_answer", key)
    return answer_page(request, question, form)


def answer_form(request: HttpRequest, question: PageQuestion) -> AnswerForm:
    """Return the form in which a question is answered."""
    return AnswerForm(request.POST if "answer" in request.POST else None, may_show=question.may_show)


def answer_page(request: HttpRequest, question: PageQuestion, form: AnswerForm) -> HttpResponse:
    """Return the page on which a question is answered, or what was answered."""
    context = {
        "question": question, "page": question.page, "form": form,
        "waiting": question.state == QuestionState.WAITING,
    }  # fmt: skip
    return render(request, f"{FOLDER}/question_answer.html", context, status=422 if form.is_bound else 200)
