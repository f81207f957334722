"""Quotes and pictures of an example or a portrait, as those who tell work with them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Busy, NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.kernel.ratelimit import TooMany
from samverka.knowledge.actions import voices
from samverka.knowledge.models import Page, Picture, Quote
from samverka.knowledge.rules import can_tell
from samverka.knowledge.writing import parties_of
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files

from .example_writing import page_told
from .forms_examples import HowForm, PictureFactsForm, PictureForm, QuoteForm

FOLDER = "public/knowledge"


@requires(can_tell, load=page_told)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def told_quote_add(request: HttpRequest, page: Page) -> HttpResponse:
    """Add somebody's words."""
    form = QuoteForm(request.POST or None, parties=parties_of(page))
    if form.is_valid():
        with refusals_on(form):
            made = voices.add_quote(by=request.user, page_id=page.public_id, values=form.values())
            if made.email and "ask" in request.POST:
                voices.ask_quoted(by=request.user, page_id=page.public_id, quote_id=made.public_id)
                messages.success(request, _("Citatet är sparat och frågan är skickad."))
            else:
                messages.success(request, _("Citatet är sparat. Det visas när personen har sagt ja."))
            return redirect("told", page.public_id)
    context = {"page": page, "form": form, "quote": None}
    return render(request, f"{FOLDER}/told_quote.html", context, status=422 if form.is_bound else 200)


def _quote(page: Page, quote_id: str) -> Quote:
    found: Quote | None = page.quotes.filter(public_id=quote_id).select_related("organisation").first()
    if found is None:
        raise NotVisible
    return found


@requires(can_tell, load=page_told)
@require_http_methods(["GET", "HEAD", "POST"])
def told_quote(request: HttpRequest, page: Page, quote: str) -> HttpResponse:
    """Change a quote, ask the person, note a yes, or take it away: `do` says which."""
    found = _quote(page, quote)
    what = request.POST.get("do", "")
    here = {"by": request.user, "page_id": page.public_id, "quote_id": quote}
    how = HowForm(request.POST if what == "note" else None)
    form = QuoteForm(request.POST if what == "save" else None, parties=parties_of(page), initial=_said(found))
    if what == "remove":
        voices.remove_quote(**here)
        messages.success(request, _("Citatet är borttaget."))
        return redirect("told", page.public_id)
    if what == "ask":
        voices.ask_quoted(**here)
        messages.success(request, _("Frågan är skickad till {name}.").format(name=found.name))
        return redirect("told", page.public_id)
    if what == "note" and how.is_valid():
        with refusals_on(how):
            voices.note_consent(**here, how=how.cleaned_data["how"])
            messages.success(request, _("Det är antecknat att personen har sagt ja."))
            return redirect("told", page.public_id)
    if what == "save" and form.is_valid():
        with refusals_on(form):
            voices.change_quote(**here, values=form.values())
            messages.success(request, _("Citatet är sparat."))
            return redirect("told", page.public_id)
    context = {"page": page, "form": form, "how": how, "quote": found}
    return render(request, f"{FOLDER}/told_quote.html", context, status=422 if request.method == "POST" else 200)


def _said(quote: Quote) -> dict[str, str]:
    organisation = quote.organisation.public_id if quote.organisation else ""
    return {
        "text": quote.text,
        "name": quote.name,
        "role": quote.role,
        "email": quote.email,
        "organisation": organisation,
    }


@takes_files(voices.MOST_PICTURE_BYTES)
@requires(can_tell, load=page_told)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def told_picture_add(request: HttpRequest, page: Page) -> HttpResponse:
    """Add a picture with its words."""
    form = PictureForm(request.POST or None, request.FILES or None, parties=parties_of(page))
    if form.is_valid():
        values = form.values()
        upload = values.pop("file")
        try:
            voices.add_picture(by=request.user, page_id=page.public_id, upload=upload, values=values)
        except TooMany:
            raise
        except (Refused, Busy) as refused:
            form.add_error("file", str(refused.message))
        else:
            messages.success(request, _("Bilden är sparad."))
            return redirect("told", page.public_id)
    context = {"page": page, "form": form, "picture": None}
    return render(request, f"{FOLDER}/told_picture.html", context, status=422 if form.is_bound else 200)


@requires(can_tell, load=page_told)
@require_http_methods(["GET", "HEAD", "POST"])
def told_picture(request: HttpRequest, page: Page, picture: str) -> HttpResponse:
    """Change what is said of a picture, or take it away: `do` says which."""
    found: Picture | None = page.pictures.filter(public_id=picture).select_related("organisation").first()
    if found is None:
        raise NotVisible
    here = {"by": request.user, "page_id": page.public_id, "picture_id": picture}
    if request.POST.get("do") == "remove":
        voices.remove_picture(**here)
        messages.success(request, _("Bilden är borttagen."))
        return redirect("told", page.public_id)
    names = ("alt", "caption", "credit", "seen", "consent")
    initial = {name: getattr(found, name) for name in names}
    initial["organisation"] = found.organisation.public_id if found.organisation else ""
    form = PictureFactsForm(request.POST or None, parties=parties_of(page), initial=initial)
    if form.is_valid():
        with refusals_on(form):
            voices.change_picture(**here, values=form.values())
            messages.success(request, _("Uppgifterna om bilden är sparade."))
            return redirect("told", page.public_id)
    context = {"page": page, "form": form, "picture": found}
    return render(request, f"{FOLDER}/told_picture.html", context, status=422 if form.is_bound else 200)
