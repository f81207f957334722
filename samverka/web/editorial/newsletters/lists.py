"""Lists of one's own: read from a file with a report of each row, and taken away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.errors import NotVisible
from samverka.newsletters.actions.audience import keep_list, remove_list
from samverka.newsletters.imports import Row, read_rows
from samverka.newsletters.models import RecipientList
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files

from .desk import Desk

MOST_BYTES = 2 * 1024 * 1024
#: As many refused rows as a page shows.
SHOWN = 200


class ListForm(forms.Form):
    """A name and a file."""

    name = forms.CharField(
        label=gettext_lazy("Listans namn"), max_length=120, error_messages={"required": gettext_lazy("Skriv ett namn.")}
    )
    file = forms.FileField(
        label=gettext_lazy("Fil med adresser"),
        help_text=gettext_lazy("CSV eller XLSX. Första raden är rubriker: E-post och gärna Namn."),
        error_messages={"required": gettext_lazy("Välj en fil.")},
    )


@takes_files(MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def issue_lists(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The lists, and a new one. Rows that cannot be used are told of; one with only such rows keeps nothing."""
    if desk.organisation is None:
        return redirect(desk.url("issue_sender"))
    form, rows = ListForm(request.POST or None, request.FILES or None), list[Row]()
    if form.is_valid():
        with refusals_on(form):
            file = form.cleaned_data["file"]
            rows = read_rows(file.read(), file.name)
            made = keep_list(by=request.user, sender=desk.organisation, name=form.cleaned_data["name"], rows=rows)
            messages.success(request, _kept(rows, made.name))
            form = ListForm()
    refused = [row for row in rows if row.refused]
    context = desk.context(
        form=form, lists=_lists(desk), refused=refused[:SHOWN], more=max(0, len(refused) - SHOWN),
        noted=[row for row in rows if row.noted][:SHOWN],
    )  # fmt: skip
    return render(request, "editorial/issues/lists.html", context, status=422 if form.errors else 200)


def _kept(rows: list[Row], name: str) -> str:
    kept = sum(not row.refused for row in rows)
    return ngettext("%(n)d adress finns nu i listan %(name)s.", "%(n)d adresser finns nu i listan %(name)s.", kept) % {
        "n": kept, "name": name,
    }  # fmt: skip


def _lists(desk: Desk) -> Any:
    there = RecipientList.objects.filter(sender=desk.organisation, removed_at=None)
    return there.annotate(count=Count("addresses"))


@require_POST
def issue_list_remove(request: HttpRequest, desk: Desk, recipients: str) -> HttpResponse:
    """Take a list away."""
    if desk.organisation is None:
        raise NotVisible
    remove_list(by=request.user, sender=desk.organisation, pid=recipients)
    messages.success(request, _("Listan är borttagen. Adresserna raderas om 30 dagar."))
    return redirect(desk.url("issue_lists"))
