"""One's own account: who one is, whom one acts for, what one is called."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from samverka.accounts import actions, roles
from samverka.kernel.access import signed_in
from samverka.organisations.queries import current_memberships

from . import forms
from .person import person
from .sign_in import next_path


@signed_in
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about the account, each with its way to change it."""
    host_roles = [roles.ROLES[code] for code in person(request).host_roles]
    memberships = [(row, roles.ROLES[row.role].label) for row in current_memberships(person(request))]
    return render(request, "account/overview.html", {"memberships": memberships, "host_roles": host_roles})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Change name, telephone and language."""
    form = forms.DetailsForm(request.POST or None, initial=_as_initial(person(request)))
    if request.method == "POST" and form.is_valid():
        actions.change_details(by=person(request), **form.cleaned_data)
        messages.success(request, gettext("Uppgifterna är sparade."))
        return HttpResponseRedirect(reverse("account_overview"))
    return render(request, "account/details.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask a new person for their name; it can be left out."""
    path = next_path(request) or reverse("account_overview")
    form = forms.NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if name := form.cleaned_data["name"]:
            user = person(request)
            actions.change_details(by=user, name=name, phone=user.phone, language=user.language)
        return HttpResponseRedirect(path)
    return render(request, "account/welcome.html", {"form": form, "next": path})


def _as_initial(user: object) -> dict[str, object]:
    return {name: getattr(user, name) for name in ("name", "phone", "language")}
