"""Drafts begun, translated, published and thrown away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict
from samverka.kernel.idempotency import creates_once
from samverka.questionnaires import actions
from samverka.questionnaires.checking import faults
from samverka.questionnaires.comparing import Difference, Weight, compare
from samverka.questionnaires.definition import Definition
from samverka.questionnaires.models import Version
from samverka.questionnaires.reading import definition_of, published_version
from samverka.questionnaires.texts import NAMES, OPTION, TITLE, TextPlace, already_said, untranslated
from samverka.questionnaires.xlsform import WorkbookRefused
from samverka.questionnaires.xlsform.apart import read_upload
from samverka.questionnaires.xlsform.sheets import LARGEST
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Round
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files
from samverka.web.components.words import language
from samverka.web.workspace.conflicts import Differing

from .forms_questionnaire_head import NewForm, as_language
from .questionnaire_draft import fault_links, the_draft
from .questionnaire_fields import language_name
from .questionnaire_outline import short_label

#: So many texts are translated on one page.
MOST_TEXTS = 200


@requires(can_run_surveys)
@takes_files(LARGEST, rule=can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_questionnaire_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft from nothing, as a copy or from a workbook."""
    form = NewForm(request.POST or None, request.FILES or None, initial={"how": "scratch"})
    refused: tuple[Any, ...] = ()
    if form.is_valid():
        try:
            with refusals_on(form):
                slug = _begun(request, form)
                return redirect("editorial_draft", slug=slug)
        except WorkbookRefused as why:
            refused = why.refusals
            form.add_error("file", _("Arbetsboken är inte inläst. Rätta det som står här nedanför och försök igen."))
    context = {"form": form, "refused": refused}
    return render(request, "editorial/questionnaire_new.html", context, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, form: NewForm) -> str:
    given, notes = form.cleaned_data, tuple[str, ...]()
    if given["how"] == "workbook":
        reading = read_upload(given["file"].name, given["file"].read())
        definition, notes = reading.definition, reading.notes
    elif given["how"] == "copy":
        original = published_version(given["original"])
        definition = definition_of(original) if original else Definition({}, (), ())
        # A new title is translated anew; the old one's translations would say something else.
        title = {definition.language: given["title"].strip()} if given["title"] else definition.title
        definition = Definition(title, definition.languages, definition.items, definition.lists)
    else:
        definition = Definition({"sv": given["title"].strip()}, (as_language("sv"), as_language("en")), ())
    from_workbook = given["how"] == "workbook"
    based_on = published_version(given["slug"]) if from_workbook else None
    actions.start_draft(
        by=request.user, slug=given["slug"].strip(), definition=definition, based_on=based_on,
        must_be_new=not from_workbook,
    )  # fmt: skip
    messages.success(
        request, _("Utkastet är klart att arbeta med. Ingen annan än ni som sköter frågeformulär ser det.")
    )
    for note in notes:
        messages.info(request, note)
    return str(given["slug"].strip())


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Every text that misses a language, in one list; saved in one go."""
    draft, definition = the_draft(slug)
    taken: list[Differing] = []
    if request.method == "POST":
        given = _given(request)
        done = actions.translate(by=request.user, draft=draft, given=given)
        taken = [
            Differing(f"{_name(definition, place)} ({language_name(code)})", theirs, yours)
            for place, code, theirs, yours in already_said(definition, given)
        ]
        if not taken:
            messages.success(request, _("Översättningarna är sparade.") if done else _("Inget var ifyllt."))
            return redirect("editorial_draft_texts", slug=slug)
        draft, definition = the_draft(slug)
    missing = untranslated(definition)
    context = {
        "draft": draft,
        "rows": [_row(definition, *found) for found in missing[:MOST_TEXTS]],
        "more": max(len(missing) - MOST_TEXTS, 0),
        "taken": taken,
    }
    return render(request, "editorial/draft_texts.html", context, status=409 if taken else 200)


def _given(request: HttpRequest) -> dict[tuple[str, str], str]:
    """Return {(key of the place, language): text} of what was sent: fields are named `t:<language>:<key>`."""
    parts = [(name.split(":", 2), text) for name, text in request.POST.items() if name.count(":") >= 2]
    return {(name[2], name[1]): str(text).replace("\r\n", "\n") for name, text in parts if name[0] == "t"}


def _row(definition: Definition, place: TextPlace, texts: Any, missing: list[str]) -> dict[str, Any]:
    said = [(language_name(code), code, text) for code, text in texts.items() if text.strip()]
    fields = [(f"t:{code}:{place.key}", language_name(code), code) for code in missing]
    return {"name": _name(definition, place), "said": said, "fields": fields}


def _name(definition: Definition, place: TextPlace) -> str:
    """Return what a text is, in words."""
    if place.kind == TITLE:
        return _("Rubriken")
    if place.kind == OPTION:
        return _("Val i listan %(name)s") % {"name": place.where}
    label = short_label(definition, definition.by_code[place.where].item, language())
    return label if place.part == "label" else f"{NAMES[place.part]}: {label}"


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What publishing changes, and the button."""
    draft, definition = the_draft(slug)
    found, conflict = faults(definition), ""
    if request.method == "POST":
        try:
            mark = request.POST.get("fingerprint", "")
            published = actions.publish_draft(by=request.user, draft=draft, fingerprint=mark)
            messages.success(request, _("Version %(number)d gäller från i dag.") % {"number": published.number})
            return redirect("editorial_questionnaires")
        except Conflict as changed:
            conflict = str(changed.message)
            draft, definition = the_draft(slug)
    rounds = Round.objects.filter(version__questionnaire__slug=slug, state=RoundState.OPEN).select_related("version")
    opened = list(rounds.order_by("slug"))
    context = {
        "draft": draft,
        "faults": fault_links(slug, found, definition),
        "missing": len(untranslated(definition)),
        "comparisons": _comparisons(slug, definition, [one.version for one in opened]),
        "rounds": opened,
        "conflict": conflict,
        "is_first": published_version(slug) is None,
    }
    return render(request, "editorial/draft_publish.html", context, status=409 if conflict else 200)


def _comparisons(slug: str, new: Definition, of_rounds: list[Version]) -> list[dict[str, Any]]:
    """Return what is changed against the version that applies and those that open rounds ask."""
    published = published_version(slug)
    versions = {one.pk: one for one in ([published] if published else []) + of_rounds}
    found = []
    for version in versions.values():
        changes = compare(definition_of(version), new, language())
        groups = [(_WEIGHTS[weight](), _grouped(changes, weight)) for weight in Weight]
        found.append({"version": version, "groups": [group for group in groups if group[1]]})
    return found


def _grouped(changes: list[Difference], weight: Weight) -> list[tuple[str, str, list[str]]]:
    """Return (code, question, sentences) of the changes of one weight, each question once."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for change in changes:
        if change.weight == weight:
            found.setdefault(change.code, (change.code, change.label, []))[2].append(change.sentence())
    return list(found.values())


_WEIGHTS: dict[Weight, Any] = {
    Weight.BREAKS: lambda: _("Det här bryter serien"),
    Weight.DOUBTFUL: lambda: _("Avgör om det går att jämföra"),
    Weight.HARMLESS: lambda: _("Det här stör inga jämförelser"),
}


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away, after a question."""
    draft, _definition = the_draft(slug)
    if request.method == "POST":
        actions.discard_draft(by=request.user, draft=draft)
        messages.success(request, _("Utkastet är kastat."))
        return redirect("editorial_questionnaires")
    return render(request, "editorial/draft_discard.html", {"draft": draft, "applies": published_version(slug)})
