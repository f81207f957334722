"""Writing an example or a portrait: where it stands, its text, who was with us, and sending it in."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import consumes, requires, signed_in
from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import approving, drafting
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.actions.typed import drop_typed, keep_typed
from samverka.knowledge.documents import faults_of
from samverka.knowledge.enums import Approval, PageKind
from samverka.knowledge.models import Page, PageDraft, told_of
from samverka.knowledge.queries import typed_of
from samverka.knowledge.rules import can_read_told, can_tell
from samverka.knowledge.writing import page_to_write, pages_to_write, parties_of, state_of, voices_of
from samverka.organisations.models import Organisation
from samverka.organisations.queries import current_fields
from samverka.web.components.autosave import Autosave, bring_back, draft_answer, draft_revision
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.conflicts import Differing, differing_in, sent_again

from .example_page import ExampleView
from .forms_examples import FORMS, HeadForm, PartyForm, StartExampleForm

FOLDER = "public/knowledge"
MOST = 50


@consumes("page")
def page_told(user: Any, page: str) -> Page:
    """Return the example or portrait that the person tells. Raises NotVisible."""
    return page_to_write(user, page)


@signed_in
@creates_once
def example_start(request: HttpRequest) -> HttpResponse:
    """Begin an example that comes from no collaboration here, or go on with one that is begun."""
    form = StartExampleForm(request.POST or None)
    if form.is_valid():
        made = drafting.start_example(by=request.user, title=form.cleaned_data["title"])
        return redirect("told_text", made.public_id)
    begun = pages_to_write(request.user).order_by("-changed_at")[:MOST]
    context = {"form": form, "begun": begun}
    return render(request, f"{FOLDER}/example_start.html", context, status=422 if form.is_bound else 200)


@requires(can_read_told, load=page_told)
def told(request: HttpRequest, page: Page) -> HttpResponse:
    """Where it stands: what is there, what is missing, who has said yes, and what to do next."""
    parties = [(party, state_of(party, page)) for party in parties_of(page)]
    quotes, pictures = voices_of(page)
    context = {
        "page": page,
        "is_example": page.kind == PageKind.EXAMPLE,
        "may_change": can_tell(request.user, page),
        "is_typing": typed_of(request.user, page.kind, page) is not None,
        "faults": faults_of(page),
        "parties": parties,
        "to_ask": [
            party for party, state in parties if party.organisation_id and not party.wrote and state not in _SAID
        ],
        "quotes": quotes,
        "pictures": pictures,
        "party_form": PartyForm(),
    }
    return render(request, f"{FOLDER}/told.html", context)


_SAID = {Approval.APPROVED}


@requires(can_read_told, load=page_told)
def told_preview(request: HttpRequest, page: Page) -> HttpResponse:
    """The page as it would be read if it were published now."""
    context = {"page": page, "view": ExampleView.of_draft(page)}
    return render(request, f"{FOLDER}/told_preview.html", context)


@requires(can_tell, load=page_told)
@require_http_methods(["GET", "HEAD", "POST"])
def told_text(request: HttpRequest, page: Page) -> HttpResponse:
    """Write the text; what somebody else saved meanwhile stands beside one's own."""
    form = _form(page, request.POST or None)
    conflict: list[Differing] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                return _saved(request, page, form)
        except Conflict as newer:
            page = page_to_write(request.user, page.public_id)
            conflict = differing_in(form, _form(page))
            form = _form(page, sent_again(request, newer))
            if not conflict and form.is_valid():
                return _saved(request, page, form)
    return _form_page(request, page, form, conflict)


def _form(page: Page, data: Any = None) -> HeadForm:
    return FORMS[page.kind](data, areas=_areas(page), initial=_initial(page))


def _saved(request: HttpRequest, page: Page, form: HeadForm) -> HttpResponse:
    drafting.change_page(
        by=request.user, page_id=page.public_id, version=form.cleaned_data["version"], values=form.values(),
        fields=form.chosen_areas(),
    )  # fmt: skip
    drop_typed(by=request.user, kind=page.kind, page_id=page.public_id, revision=draft_revision(request))
    messages.success(request, _("Texten är sparad."))
    return redirect("told", page.public_id)


def _form_page(request: HttpRequest, page: Page, form: HeadForm, conflict: list[Differing]) -> HttpResponse:
    draft = typed_of(request.user, page.kind, page)
    bring_back(form, draft)
    context = {
        "page": page,
        "form": form,
        "conflict": conflict,
        "is_example": page.kind == PageKind.EXAMPLE,
        "autosave": _autosave(request, page, draft, told=bool(conflict)),
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, f"{FOLDER}/told_text.html", context, status=status)


def _autosave(request: HttpRequest, page: Page, draft: PageDraft | None, *, told: bool) -> Autosave:
    """Return where the form keeps its draft. `told`: the page says anyhow that somebody else has saved."""
    url, user = reverse("told_draft", args=[page.public_id]), cast(Any, request.user)
    version = None if told else page.saves
    return Autosave.of(draft, key=f"k:{page.public_id}", url=url, owner=user.public_id, version=version)


@requires(can_tell, load=page_told)
@require_POST
def told_draft(request: HttpRequest, page: Page) -> HttpResponse:
    """Keep what is typed."""
    return draft_answer(request, partial(keep_typed, by=request.user, kind=page.kind, page_id=page.public_id))


@requires(can_tell, load=page_told)
@require_POST
def told_draft_drop(request: HttpRequest, page: Page) -> HttpResponse:
    """Throw away what was typed and show the text as it is saved."""
    drop_typed(by=request.user, kind=page.kind, page_id=page.public_id, revision=draft_revision(request))
    return redirect("told_text", page.public_id)


def _areas(page: Page) -> list[Any]:
    current = list(current_fields("mapping"))
    return current + [field for field in page.fields.all() if field not in current]


def _initial(page: Page) -> dict[str, Any]:
    row, place = told_of(page), page.municipality or page.county
    initial = {name: getattr(page, name) for name in drafting.HEAD}
    initial |= {name: getattr(row, name) for name in drafting.TOLD[PageKind(page.kind)]}
    areas = [str(field.pk) for field in page.fields.all()]
    return {**initial, "place": place.display_name if place else "", "areas": areas, "version": page.saves}


@requires(can_tell, load=page_told)
@require_POST
@creates_once
def told_party(request: HttpRequest, page: Page) -> HttpResponse:
    """Name a party, or take one away: `remove` says which."""
    if party := request.POST.get("remove"):
        drafting.remove_party(by=request.user, page_id=page.public_id, party_id=party)
        messages.success(request, _("Parten är borttagen."))
        return redirect("told", page.public_id)
    form = PartyForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Skriv vad parten heter."))
    name = form.cleaned_data["name"]
    found = Organisation.objects.visible_to(request.user).filter(name__iexact=name)[:2]
    organisation = found[0] if len(found) == 1 else None
    drafting.add_party(by=request.user, page_id=page.public_id, name=name, organisation=organisation)
    if organisation:
        messages.success(request, _("{name} finns i registret och frågas innan namnet visas.").format(name=name))
    else:
        messages.success(request, _("{name} är tillagd som ni skrev. Den finns inte i registret.").format(name=name))
    return redirect("told", page.public_id)


@requires(can_tell, load=page_told)
@require_POST
def told_ask(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask the parties whether the text may stand."""
    asked = approving.ask_parties(by=request.user, page_id=page.public_id)
    if asked:
        messages.success(request, _("Frågan är skickad med mejl."))
    else:
        messages.info(request, _("Alla parter har redan godkänt texten."))
    return redirect("told", page.public_id)


@requires(can_tell, load=page_told)
@require_http_methods(["GET", "HEAD", "POST"])
def told_send(request: HttpRequest, page: Page) -> HttpResponse:
    """Send it to the editor: what happens then, and what is missing."""
    if request.method == "POST":
        send_in(by=request.user, page_id=page.public_id)
        messages.success(request, _("Texten är hos redaktören. Du får ett mejl när den är läst."))
        return redirect("told", page.public_id)
    silent = [party for party in parties_of(page) if party.organisation_id and state_of(party, page) not in _SAID]
    without_yes = page.quotes.exclude(state="given").count()
    context = {
        "page": page, "faults": faults_of(page), "without_yes": without_yes,
        "silent": [party for party in silent if not party.wrote],
    }  # fmt: skip
    return render(request, f"{FOLDER}/told_send.html", context)
