"""One who is asked: what has happened, and what the desk may do. What they have written so far is never here."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.files import as_attachment
from samverka.questionnaires.reading import definition_of
from samverka.surveys.actions import following, inviting, panel, reopening
from samverka.surveys.enums import AskedState, RoundSide, RoundState
from samverka.surveys.files import file_for_desk
from samverka.surveys.letters import name_of
from samverka.surveys.models import Asked
from samverka.surveys.queries.history import history_of
from samverka.surveys.queries.progress import begun_blocks, blocks_of
from samverka.surveys.rules import can_run_surveys
from samverka.surveys.shown import shown_email, shown_phone
from samverka.web.components.answer_words import AnswerWords, ToldPart
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import language
from samverka.web.workspace.conflicts import conflict_rows

from .forms_rounds import AddressForm, CallForm, DeclineForm, WhyForm
from .rounds import round_called


def _asked(slug: str, asked: str) -> Asked:
    rows = Asked.objects.filter(round=round_called(slug), public_id=asked)
    found: Asked | None = (
        rows.select_related("round__version", "organisation__county", "unit", "response")
        .defer("round__version__document")
        .first()
    )
    if found is None:
        raise NotVisible
    return found


@requires(can_run_surveys)
def editorial_asked(request: HttpRequest, slug: str, asked: str) -> HttpResponse:
    """What has happened with one who is asked."""
    return _page(request, _asked(slug, asked))


def _page(request: HttpRequest, one: Asked, *, conflict: Any = (), **forms: Any) -> HttpResponse:
    """Show the page; `forms` are those that came back with a fault."""
    begun, done = begun_blocks(one.round, [one])[one.pk], one.state in {AskedState.HANDED_OVER, AskedState.SIGNED}
    context = {
        "round": one.round,
        "asked": one,
        "name": name_of(one),
        "email": shown_email(one),
        "phone": shown_phone(one),
        "hidden": bool(one.email) and shown_email(one) != one.email,
        "history": history_of(one),
        "blocks": [(block, block.code in begun) for block in blocks_of(one.round, language())],
        "done": done,
        "told": _told(one) if done else [],
        "files_at": reverse("editorial_asked", args=[one.round.slug, one.public_id]) + "bilaga/",
        "is_open": one.round.state == RoundState.OPEN,
        "may_send": bool(one.invited_at and one.email) and one.state != AskedState.DECLINED,
        "conflict": conflict,
        "call_form": CallForm(initial={"note": one.note}),
        "address_form": _address_form(one),
        "decline_form": DeclineForm(),
        "reopen_form": WhyForm(),
    }
    status = 409 if conflict else 422 if forms else 200
    return render(request, "editorial/rounds_asked.html", context | forms, status=status)


def _address_form(one: Asked) -> AddressForm:
    shown = shown_email(one)
    stands = {
        "email": shown if shown == one.email else "",
        "phone": shown_phone(one),
        "language": one.language,
        "version": one.row_version,
    }
    return AddressForm(initial=stands)


def _told(one: Asked) -> list[ToldPart]:
    """Return what a public body has handed over, in words; an association's answer is shown to nobody."""
    if one.response is None or one.round.side != RoundSide.PUBLIC:
        return []
    words = AnswerWords(definition_of(one.round.version), language(), one.response.answers)
    return list(words.blocks(one.response.answers))


@requires(can_run_surveys)
@require_GET
def editorial_asked_file(request: HttpRequest, slug: str, asked: str, pid: str) -> FileResponse:
    """A file of what was handed over."""
    return as_attachment(file_for_desk(_asked(slug, asked), pid))


@requires(can_run_surveys)
@require_POST
def editorial_asked_address(request: HttpRequest, slug: str, asked: str) -> HttpResponse:
    """Change where they are asked."""
    one, form, conflict = _asked(slug, asked), AddressForm(request.POST), []
    if form.is_valid():
        try:
            with refusals_on(form):
                panel.change_address(by=request.user, asked_id=one.public_id, **form.cleaned_data)
                messages.success(request, _("Adressen är sparad."))
                return redirect("editorial_asked", slug, asked)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            form = AddressForm({**request.POST.dict(), "version": str(_asked(slug, asked).row_version)})
    return _page(request, _asked(slug, asked), conflict=conflict, address_form=form)


@requires(can_run_surveys)
@require_POST
def editorial_asked_call(request: HttpRequest, slug: str, asked: str) -> HttpResponse:
    """Keep what was said on the telephone."""
    one, form = _asked(slug, asked), CallForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            said = form.cleaned_data
            following.note_call(by=request.user, asked_id=one.public_id, text=said["note"], called=said["called"])
            messages.success(request, _("Anteckningen är sparad."))
            return redirect("editorial_asked", slug, asked)
    return _page(request, one, call_form=form)


@requires(can_run_surveys)
@require_POST
def editorial_asked_decline(request: HttpRequest, slug: str, asked: str) -> HttpResponse:
    """Note that they do not want to answer, or take that back."""
    one, form = _asked(slug, asked), DeclineForm(request.POST)
    if one.state == AskedState.DECLINED:
        following.take_back_decline(by=request.user, asked_id=one.public_id)
        messages.success(request, _("De är med igen."))
        return redirect("editorial_asked", slug, asked)
    if form.is_valid():
        with refusals_on(form):
            following.register_decline(by=request.user, asked_id=one.public_id, why=form.cleaned_data["why"])
            messages.success(request, _("Det står nu att de avstår. De får inga fler mejl."))
            return redirect("editorial_asked", slug, asked)
    return _page(request, one, decline_form=form)


@requires(can_run_surveys)
@require_POST
def editorial_asked_reopen(request: HttpRequest, slug: str, asked: str) -> HttpResponse:
    """Let them change what is handed over."""
    one, form = _asked(slug, asked), WhyForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            reopening.reopen(by=request.user, asked_id=one.public_id, why=form.cleaned_data["why"])
            messages.success(
                request, _("Svaret går att ändra igen. Det som är inlämnat räknas tills det lämnas in på nytt.")
            )
            return redirect("editorial_asked", slug, asked)
    return _page(request, one, reopen_form=form)


@requires(can_run_surveys)
@require_http_methods(["POST"])
def editorial_asked_link(request: HttpRequest, slug: str, asked: str) -> HttpResponse:
    """Send the link again, or a new one that makes the old one dead."""
    one = _asked(slug, asked)
    if request.POST.get("do") == "new":
        inviting.renew_link(by=request.user, asked_id=one.public_id)
        messages.success(request, _("En ny länk är på väg. Den gamla gäller inte längre."))
    else:
        inviting.send_link_again(by=request.user, asked_id=one.public_id)
        messages.success(request, _("Länken är på väg igen."))
    return redirect("editorial_asked", slug, asked)
