"""What one has saved for oneself: pages with notes, in collections, on the screen and on paper."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import signed_in
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import saving
from samverka.knowledge.finding import as_read
from samverka.knowledge.models import Bookmark, Collection, Page
from samverka.web.account.person import person
from samverka.web.components.refusals import refusals_on
from samverka.web.public.knowledge.addresses import page_path


class CollectionForm(forms.Form):
    """What a collection is called."""

    name = forms.CharField(label=gettext_lazy("Vad ska samlingen heta?"), max_length=100)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def saved(request: HttpRequest) -> HttpResponse:
    """Everything one has saved, by collection; and making a collection."""
    form = CollectionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            saving.make_collection(by=request.user, name=form.cleaned_data["name"])
            messages.success(request, _("Samlingen är gjord. Lägg sidor i den här nedanför."))
            return redirect("saved")
    own = list(Collection.objects.filter(user=person(request)))
    context = {"form": form, "collections": own, "groups": _groups(request, own)}
    return render(request, "account/knowledge/saved.html", context, status=422 if form.is_bound else 200)


def _groups(request: HttpRequest, collections: list[Collection]) -> list[tuple[Collection | None, list[Any]]]:
    """Return each collection with its pages, and last those in none. Two queries."""
    saved_ones = Bookmark.objects.filter(user=person(request)).select_related("page")
    marks = list(saved_ones)
    read = {page.pk: page for page in as_read(Page.objects.published()).filter(pk__in=[m.page_id for m in marks])}
    lines = [(mark, read.get(mark.page_id), page_path(mark.page)) for mark in marks]
    groups: list[tuple[Collection | None, list[Any]]] = [
        (one, [line for line in lines if line[0].collection_id == one.pk]) for one in collections
    ]
    return [*groups, (None, [line for line in lines if line[0].collection_id is None])]


@signed_in
@require_POST
def saved_page(request: HttpRequest, pid: str) -> HttpResponse:
    """Lay a saved page in a collection with a note, or take it out: `do` says which."""
    if request.POST.get("do") == "drop":
        saving.drop_page(by=request.user, page_id=pid)
        messages.success(request, _("Sidan är borttagen ur det du har sparat."))
        return redirect("saved")
    note = request.POST.get("note", "").replace("\x00", "").strip()
    if len(note) > 500:
        raise Refused(_("Anteckningen får ha högst 500 tecken."))
    saving.place_page(by=request.user, page_id=pid, collection_id=request.POST.get("collection", ""), note=note)
    messages.success(request, _("Sparat."))
    return redirect("saved")


@signed_in
def saved_collection(request: HttpRequest, collection: str) -> HttpResponse:
    """One collection, to read and print."""
    found = Collection.objects.filter(user=person(request), public_id=collection).first()
    if found is None:
        raise NotVisible
    (_one, lines), *_rest = _groups(request, [found])
    return render(request, "account/knowledge/saved_collection.html", {"collection": found, "lines": lines})


@signed_in
@require_POST
def saved_collection_remove(request: HttpRequest, collection: str) -> HttpResponse:
    """Take a collection away; its pages stay saved."""
    saving.remove_collection(by=request.user, collection_id=collection)
    messages.success(request, _("Samlingen är borttagen. Sidorna i den är fortfarande sparade."))
    return redirect("saved")
