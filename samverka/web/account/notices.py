"""When one is told by mail, in all one's collaborations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.collaborations import actions
from samverka.collaborations.enums import NoticePace
from samverka.collaborations.queries import answered_for, notice_choice
from samverka.kernel.access import signed_in
from samverka.web.workspace.forms_notices import NoticesForm

from .person import person


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Choose for all, and find the collaborations that have a choice of their own."""
    user = person(request)
    form = NoticesForm(request.POST or None, initial={"pace": notice_choice(user).pace})
    if request.method == "POST" and form.is_valid():
        actions.choose_notices(by=user, pace=NoticePace(form.cleaned_data["pace"]))
        messages.success(request, _("Ditt val är sparat."))
        return redirect("account_notices")
    return render(request, "account/notices.html", {"form": form, "parties": answered_for(user)})
