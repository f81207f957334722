"""A draft as a whole: its outline, moving and undoing, its title and languages, trying it out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.questionnaires import actions
from samverka.questionnaires.checking import Fault, faults
from samverka.questionnaires.definition import Definition
from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import EditKind
from samverka.questionnaires.marks import head_mark
from samverka.questionnaires.models import Version
from samverka.questionnaires.reading import definition_of, draft_of
from samverka.questionnaires.texts import untranslated
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import language, names_in_words

from .forms_questionnaire_head import HeadForm, MoveForm, head_conflict
from .questionnaire_outline import outline, places, short_label
from .questionnaires import try_out

#: What the latest change was, said beside the button that takes it back.
_DONE: dict[str, Any] = {
    EditKind.ADDED: gettext_lazy("Senast: %(about)s lades till."),
    EditKind.CHANGED: gettext_lazy("Senast: %(about)s ändrades."),
    EditKind.MOVED: gettext_lazy("Senast: %(about)s flyttades."),
    EditKind.COPIED: gettext_lazy("Senast: %(about)s kopierades."),
    EditKind.REMOVED: gettext_lazy("Senast: %(about)s togs bort."),
    EditKind.LIST: gettext_lazy("Senast: vallistan %(about)s ändrades."),
    EditKind.TEXTS: gettext_lazy("Senast: översättningar fylldes i."),
    EditKind.HEAD: gettext_lazy("Senast: rubriken eller språken ändrades."),
}


def the_draft(slug: str) -> tuple[Version, Definition]:
    """Return the draft of a questionnaire and what it says. Raises NotVisible."""
    draft = draft_of(slug)
    if draft is None:
        raise NotVisible
    return draft, definition_of(draft)


def fault_links(slug: str, found: list[Fault], definition: Definition) -> list[tuple[str, str]]:
    """Return (address, what is wrong) for every fault: where it is mended."""
    return [(_fault_address(slug, fault, definition), _told(fault)) for fault in found]


def _told(fault: Fault) -> str:
    return f"{fault.where}: {fault.reason}" if fault.where else fault.reason


def _fault_address(slug: str, fault: Fault, definition: Definition) -> str:
    if fault.where in definition.by_code:
        return reverse("editorial_draft_item", args=[slug, fault.where])
    if fault.where in definition.options_by_list:
        return reverse("editorial_draft_list", args=[slug, fault.where])
    return reverse("editorial_draft_head", args=[slug])


@requires(can_run_surveys)
def editorial_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The outline, with what is to be mended and the latest change."""
    draft, definition = the_draft(slug)
    found = faults(definition)
    latest = draft.earlier_states.defer("document").first()
    context = {
        "draft": draft,
        "title": definition.text(definition.title, language()),
        "rows": outline(definition, found, language()),
        "faults": fault_links(slug, found, definition),
        "missing": sum(len(codes) for _place, _texts, codes in untranslated(definition)),
        "lists": len(definition.lists),
        "questions": len(definition.questions),
        "latest": latest,
        "latest_done": _done(definition, latest.kind, latest.about) if latest else "",
    }
    return render(request, "editorial/draft.html", context)


def _done(definition: Definition, kind: str, about: str) -> str:
    placed = definition.by_code.get(about)
    label = f"”{short_label(definition, placed.item, language())}”" if placed else about
    return str(_DONE[kind]) % {"about": about if kind == EditKind.LIST else label}


@requires(can_run_surveys)
@require_POST
@creates_once
def editorial_draft_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Move up or down, copy, take away, or undo: `do` says what, and of which item."""
    draft, definition = the_draft(slug)
    what, _sign, about = request.POST.get("do", "").partition(":")
    on_page = reverse("editorial_draft", args=[slug])
    by: dict[str, Any] = {"by": request.user, "draft": draft}
    if what in {"up", "down"}:
        actions.shift_item(**by, code=about, steps=-1 if what == "up" else 1)
        return redirect(f"{on_page}#i_{about}")
    if what == "copy":
        new = actions.copy_item(**by, code=about)
        messages.success(
            request, _("Kopian ligger efter den som kopierades. Ändra den så att den inte frågar samma sak.")
        )
        return redirect("editorial_draft_item", slug=slug, code=new)
    if what == "remove":
        speaking = actions.remove_item(**by, code=about)
        _tell_removed(request, definition, about, [short_label(definition, item, language()) for item in speaking])
        return redirect(on_page)
    if what == "undo" and about.isdecimal():
        actions.undo_edit(**by, state_id=int(about))
        messages.success(request, _("Den senaste ändringen är ångrad."))
        return redirect(on_page)
    raise Refused(_("Välj vad du vill göra med frågan eller avsnittet."))


def _tell_removed(request: HttpRequest, definition: Definition, code: str, speaking: list[str]) -> None:
    label = short_label(definition, definition.by_code[code].item, language())
    messages.success(request, _("”%(label)s” är borttagen. Du kan ångra det här nedanför.") % {"label": label})
    if speaking:
        told = names_in_words([f"”{one}”" for one in speaking])
        messages.warning(request, _("Villkor i %(items)s talar om den och behöver ändras.") % {"items": told})


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_move(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Move a question or section to any other place."""
    draft, definition = the_draft(slug)
    if code not in definition.by_code:
        raise NotVisible
    item = definition.by_code[code].item
    form = MoveForm(request.POST or None, places=places(definition, item, language()))
    if form.is_valid():
        into, _sign, after = form.cleaned_data["place"].partition("|")
        with refusals_on(form):
            actions.move_item(by=request.user, draft=draft, code=code, into=into, after=after)
            return redirect(f"{reverse('editorial_draft', args=[slug])}#i_{code}")
    context = {"form": form, "draft": draft, "label": short_label(definition, item, language())}
    return render(request, "editorial/draft_move.html", context, status=422 if form.is_bound else 200)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_head(request: HttpRequest, slug: str) -> HttpResponse:
    """The title in each language, and the languages."""
    draft, definition = the_draft(slug)
    form = HeadForm(definition, request.POST or None)
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                title, languages = form.title(), form.languages_chosen()
                mark = form.cleaned_data["mark"]
                actions.change_head(by=request.user, draft=draft, title=title, languages=languages, mark=mark)
                messages.success(request, _("Rubriken och språken är sparade."))
                return redirect("editorial_draft", slug=slug)
        except Conflict as both:
            conflict = head_conflict(form, both)
            form = HeadForm(definition, {**request.POST.dict(), "mark": head_mark(definition)})
    context = {"form": form, "draft": draft, "conflict": conflict}
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "editorial/draft_head.html", context, status=status)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_draft_try(request: HttpRequest, slug: str) -> HttpResponse:
    """Try the draft out; one with faults is told of them instead."""
    draft, definition = the_draft(slug)
    if found := faults(definition):
        context = {"draft": draft, "faults": fault_links(slug, found, definition)}
        return render(request, "editorial/draft_faults.html", context)
    return try_out(request, draft, Engine(definition))
