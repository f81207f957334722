"""What visitors have said of the pages that our organisation answers for, and our answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.knowledge.actions.feedback import handle_own_feedback
from samverka.knowledge.writing import TOLD, feedback_to
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part
from samverka.web.components.refusals import refusals_on
from samverka.web.editorial.knowledge.forms import AnswerForm
from samverka.web.public.knowledge.addresses import page_path
from samverka.web.workspace.acting import acting_organisation

FOLDER = "workspace/knowledge"
PAGE_SIZE = 50


@requires(can_take_part, load=acting_organisation)
def our_feedback(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What has been said, newest first; what waits unless all is asked for."""
    show_all = request.GET.get("visa") == "allt"
    rows = feedback_to(acting) if show_all else feedback_to(acting).waiting()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, f"{FOLDER}/our_feedback.html", {"acting": acting, "page": page, "show_all": show_all})


@requires(can_take_part, load=acting_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def our_feedback_one(request: HttpRequest, acting: Acting, feedback: str) -> HttpResponse:
    """Read what one has said, answer if an answer is wanted, and say whether the text was changed."""
    found = feedback_to(acting).filter(public_id=feedback).first()
    if found is None:
        raise NotVisible
    ours = found.page.kind in TOLD
    form = AnswerForm(request.POST or None, wants_answer=bool(found.reply_email), may_change=ours)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            handle_own_feedback(by=acting, feedback_id=feedback, **form.cleaned_data)
            messages.success(request, _("Synpunkten är klar."))
            return redirect("our_feedback", acting.organisation.public_id)
    context = {"acting": acting, "feedback": found, "form": form, "ours": ours, "address": page_path(found.page)}
    status = 422 if request.method == "POST" else 200
    return render(request, f"{FOLDER}/our_feedback_one.html", context, status=status)
