"""Weights of a round of associations, and its open link as a code to print."""

import io
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.enums import OTHER, QuestionType
from samverka.questionnaires.reading import definition_of
from samverka.surveys import addresses
from samverka.surveys.actions.weighting import remove_strata, set_strata
from samverka.surveys.enums import RoundSide
from samverka.surveys.models import Round, Stratum
from samverka.surveys.queries.strata import (
    Fit,
    dividing_questions,
    fit_of,
    population_in_sample,
    suggested_question,
    values_of,
)
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import language

from .forms_rounds import SHORT
from .rounds import round_called

_INPUT = {**SHORT, "class": f"ds-input {SHORT['class']}"}
#: So many there are at the most of anything that is counted here.
MOST = 10_000_000


@requires(can_run_surveys)
@require_GET
def editorial_open_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The open link as a code for a telephone's camera, dark on white, to put on paper."""
    found = round_called(slug)
    if not found.is_anonymous:
        raise NotVisible
    out = io.BytesIO()
    segno.make(addresses.open_address(found), error="m").save(
        out, kind="svg", scale=8, border=4, dark="#000", light="#fff"
    )
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{found.slug}.svg"'
    return response


class WeightsForm(forms.Form):
    """How many there are of each answer to a question, and where that is known from."""

    source = forms.CharField(
        label=gettext_lazy("Var kommer talen från?"),
        help_text=gettext_lazy("Står i resultatet, till exempel: Registret här den 1 mars 2027."),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv var talen kommer från.")},
    )
    pasted = forms.CharField(
        label=gettext_lazy("Eller klistra in ur ett kalkylark"),
        help_text=gettext_lazy("Ett svar på varje rad, sedan antalet: Stockholms län; 1200. Gäller före fälten."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._labels = labels
        for value, label in labels.items():
            self.fields[f"n_{value}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST, widget=forms.NumberInput(attrs=_INPUT)
            )

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The fields of the answers."""
        return [self[f"n_{value}"] for value in self._labels]

    def clean_pasted(self) -> dict[str, int]:
        """Return what was pasted. An answer that the question does not have is told with its row."""
        known = {name.casefold(): value for value, label in self._labels.items() for name in (value, label)}
        found: dict[str, int] = {}
        for number, line in enumerate(self.cleaned_data["pasted"].splitlines(), 1):
            name, _sign, count = line.replace("\t", ";").rpartition(";")
            digits = "".join(count.split())
            if not line.strip():
                continue
            if name.strip().casefold() not in known or not digits.isdecimal() or int(digits) > MOST:
                said = _("Rad %(number)d går inte att läsa: %(line)s. Skriv svaret, semikolon och antalet.")
                raise forms.ValidationError(said % {"number": number, "line": line.strip()[:80]})
            found[known[name.strip().casefold()]] = int(digits)
        return found

    def population(self) -> dict[str, int]:
        """Return {answer: how many}; an answer without a number is left out."""
        if pasted := self.cleaned_data["pasted"]:
            return {value: number for value, number in pasted.items() if number}
        told = {value: self.cleaned_data[f"n_{value}"] for value in self._labels}
        return {value: number for value, number in told.items() if number}


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_weights(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what the round is weighted by and say how many there are; see where it does not fit the answers."""
    found = round_called(slug)
    if found.side != RoundSide.CIVIL:
        raise NotVisible
    if request.POST.get("do") == "remove":
        remove_strata(by=request.user, round_id=found.pk)
        messages.success(request, _("Resultatet vägs inte längre."))
        return redirect("editorial_weights", slug)
    question = _chosen(found, request.POST.get("fraga") or request.GET.get("fraga") or suggested_question(found))
    form = _form(request, found, question) if question else None
    if request.method == "POST" and form and question and form.is_valid() and _saved(request, found, question, form):
        return redirect("editorial_weights", slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "editorial/rounds_weights.html", _context(found, question, form), status=status)


def _chosen(found: Round, code: str) -> Question | None:
    return next((one for one in dividing_questions(found) if one.code == code), None)


def _form(request: HttpRequest, found: Round, question: Question) -> WeightsForm:
    labels = _labels(found, question)
    if request.method == "POST":
        return WeightsForm(request.POST, labels=labels)
    kept = _kept(found, question)
    numbers = {one.value: one.population for one in kept} or population_in_sample(found, question)
    said = _("Registret här, när urvalet drogs") if numbers and not kept else ""
    initial = {"source": kept[0].source if kept else said, **{f"n_{value}": n for value, n in numbers.items()}}
    return WeightsForm(initial=initial, labels=labels)


def _kept(found: Round, question: Question) -> list[Stratum]:
    return list(Stratum.objects.filter(round=found, variable=question.code))


def _labels(found: Round, question: Question) -> dict[str, str]:
    definition = definition_of(found.version)
    words = AnswerWords(definition, language())
    return {value: _label(definition, words, question, value) for value in values_of(found, question)}


def _label(definition: Definition, words: AnswerWords, question: Question, value: str) -> str:
    if question.type in {QuestionType.YES_NO, QuestionType.SCALE} or value == OTHER:
        return words.said(question, value) or value
    option = next(one for one in definition.options(question) if one.value == value)
    return words.text(option.label) or value


def _saved(request: HttpRequest, found: Round, question: Question, form: WeightsForm) -> bool:
    population = form.population()
    if not population:
        form.add_error(None, _("Skriv hur många som finns av minst ett svar."))
        return False
    with refusals_on(form):
        set_strata(
            by=request.user, round_id=found.pk, variable=question.code, population=population,
            source=form.cleaned_data["source"],
        )  # fmt: skip
        messages.success(request, _("Vikterna är sparade. Resultatet visar nu den vägda andelen bredvid den ovägda."))
    return not form.errors


def _context(found: Round, question: Question | None, form: WeightsForm | None) -> dict[str, Any]:
    words = AnswerWords(definition_of(found.version), language())
    kept = _kept(found, question) if question else []
    labels = _labels(found, question) if question else {}
    fit = fit_of(found, question, {one.value: one.population for one in kept}) if question and kept else Fit((), ())
    return {
        "round": found,
        "form": form,
        "questions": [(one.code, words.text(one.label) or one.code) for one in dividing_questions(found)],
        "chosen": question.code if question else "",
        "label": words.text(question.label) if question else "",
        "weighted": bool(kept),
        "from_sample": bool(question and not kept and population_in_sample(found, question)),
        "unweighted": [labels[value] for value in fit.unweighted],
        "unanswered": [labels[value] for value in fit.unanswered],
    }
