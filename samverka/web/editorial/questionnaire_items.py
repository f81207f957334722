"""One question or section of a draft: added, and changed, with its conditions checked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.questionnaires import actions, editing
from samverka.questionnaires.definition import Definition, Item, Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.marks import mark_of
from samverka.questionnaires.models import Version
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import language
from samverka.web.workspace.conflicts import conflict_rows

from .forms_questionnaire import ItemForm, form_for, initial_of, of_type
from .questionnaire_draft import the_draft
from .questionnaire_kinds import KINDS, TYPES
from .questionnaire_outline import palette, short_label

CHECK, CHANGE_TYPE = "check", "type"


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_draft_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a question or a section: first what it is (`?typ=`), then its form. `?i=` says in which section."""
    draft, definition = the_draft(slug)
    into, kind = request.GET.get("i", ""), request.GET.get("typ", "")
    if into and not isinstance(_item(definition, into), Section):
        raise NotVisible
    item = _new(kind, into, definition)
    if item is None:
        return _which(request, draft, definition, into)
    form = form_for(definition, item, request.POST or None)
    state = _sent(request, form)
    if state == "save" and _fits(form, definition, "", into):
        with refusals_on(form):
            made = form.made()
            actions.add_item(by=request.user, draft=draft, item=made, into=into, lists=form.lists())
            messages.success(request, _("Tillagd sist i avsnittet."))
            return redirect(f"{reverse('editorial_draft', args=[slug])}#i_{made.code}")
    return _page(request, draft, definition, form, state=state, into=into, is_new=True)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_item(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Change a question or section."""
    draft, definition = the_draft(slug)
    item = _item(definition, code)
    shown = _of_chosen_type(request, item)
    initial = initial_of(shown, [one.code for one in definition.languages]) | {"mark": mark_of(item)}
    form = form_for(definition, shown, request.POST or None, initial=initial)
    state, conflict = _sent(request, form), list[Any]()
    if state == CHANGE_TYPE:
        typed = request.POST.dict() | {name: form[name].data for name in form.fields}
        form = form_for(definition, shown, initial=initial | typed)
    if state == "save" and _fits(form, definition, code, ""):
        try:
            with refusals_on(form):
                _change(request, draft, code, form)
                return redirect(f"{reverse('editorial_draft', args=[slug])}#i_{form.cleaned_data['code']}")
        except Conflict as both:
            conflict = _differing(form, both)
            form = form_for(definition, shown, {**request.POST.dict(), "mark": mark_of(item)}, initial=initial)
    return _page(request, draft, definition, form, state=state, conflict=conflict, code=code)


def _change(request: HttpRequest, draft: Version, code: str, form: ItemForm) -> None:
    mark = form.cleaned_data["mark"]
    actions.change_item(
        by=request.user, draft=draft, code=code, item=form.made(), mark=mark, lists=form.lists()
    )  # fmt: skip
    messages.success(request, _("Ändringen är sparad."))


def _sent(request: HttpRequest, form: ItemForm) -> str:
    """Return what was asked of the form: "save", CHECK, CHANGE_TYPE, or "" when nothing was sent."""
    if request.method != "POST":
        return ""
    do = request.POST.get("do", "save")
    return do if do in {CHECK, CHANGE_TYPE} else "save"


def _fits(form: ItemForm, definition: Definition, code: str, into: str) -> bool:
    """Return whether the form is right and the item would be without faults where it is to stand."""
    if not form.is_valid():
        return False
    try:
        for found in form.lists():
            definition = editing.put_list(definition, "", found)
        made = form.made()
        tentative = (
            editing.replace_item(definition, code, made) if code else editing.add_item(definition, made, into=into)
        )
    except editing.EditingError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return form.say_faults(tentative)


def _page(
    request: HttpRequest, draft: Version, definition: Definition, form: ItemForm, *, state: str, code: str = "",
    into: str = "", is_new: bool = False, conflict: list[Any] | None = None,
) -> HttpResponse:  # fmt: skip
    fits = state == CHECK and _fits(form, definition, code, into)
    item = form.item
    context = {
        "form": form,
        "draft": draft,
        "label": _heading(definition, item, is_new=is_new),
        "kind": item.type.label if isinstance(item, Question) else SectionKind(getattr(item, "kind", "group")).label,
        "code": code,
        "is_new": is_new,
        "checked": fits,
        "types": [] if is_new or not isinstance(item, Question) else QuestionType.choices,
        "type": getattr(item, "type", ""),
        "palette": palette(definition, language()),
        "conflict": conflict,
        "type_changed": state == CHANGE_TYPE,
    }
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "editorial/draft_item.html", context, status=status)


def _heading(definition: Definition, item: Item, *, is_new: bool) -> str:
    if is_new:
        return _("Ny fråga") if isinstance(item, Question) else _("Nytt avsnitt")
    return short_label(definition, item, language())


def _differing(form: ItemForm, both: Conflict) -> list[Any]:
    """Return what differs between what is saved and what was written, field by field."""
    sides = [initial_of(both.details[side], form.languages) for side in ("theirs", "yours")]
    shown = Conflict("", theirs=sides[0], yours={name: sides[1].get(name, "") for name in sides[1]})
    return conflict_rows(form, shown) or [form["code"]]


def _item(definition: Definition, code: str) -> Item:
    if code not in definition.by_code:
        raise NotVisible
    return definition.by_code[code].item


def _of_chosen_type(request: HttpRequest, item: Item) -> Item:
    chosen = request.POST.get("type", "")
    if isinstance(item, Question) and chosen in QuestionType.values:
        return of_type(item, QuestionType(chosen))
    return item


def _new(kind: str, into: str, definition: Definition) -> Item | None:
    """Return an empty question of a type, or section of a kind, that may stand there; None for anything else."""
    if kind in QuestionType.values:
        return Question("", QuestionType(kind))
    if kind in {str(found) for found in editing.kinds_of_sections(definition, into)}:
        return Section("", SectionKind(kind))
    return None


def _which(request: HttpRequest, draft: Version, definition: Definition, into: str) -> HttpResponse:
    section = short_label(definition, definition.by_code[into].item, language()) if into else ""
    kinds = [(str(kind), kind.label, KINDS[kind]) for kind in editing.kinds_of_sections(definition, into)]
    context = {
        "draft": draft,
        "into": into,
        "section": section,
        "types": [(str(kind), kind.label, TYPES[kind]) for kind in QuestionType],
        "kinds": kinds,
    }
    return render(request, "editorial/draft_add.html", context)
