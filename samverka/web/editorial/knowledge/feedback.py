"""What visitors say of pages, for those who look after them; and what senders were called before."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions.feedback import handle_feedback
from samverka.knowledge.actions.publications import add_former_sender, remove_former_sender
from samverka.knowledge.models import Feedback, FormerSender
from samverka.knowledge.rules import can_edit_knowledge
from samverka.web.components.refusals import refusals_on

from .forms import AnswerForm, SenderForm

PAGE_SIZE = 50


@requires(can_edit_knowledge)
def editorial_feedback(request: HttpRequest) -> HttpResponse:
    """What has been said, newest first; what waits unless all is asked for, of one page if it is named."""
    rows = Feedback.objects.visible_to(request.user).said().select_related("page")
    show_all = request.GET.get("visa") == "allt"
    rows = rows if show_all else rows.waiting()
    if page_id := request.GET.get("sidan", ""):
        rows = rows.filter(page__public_id=page_id)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "editorial/knowledge/feedback.html", {"page": page, "show_all": show_all})


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_feedback_one(request: HttpRequest, pid: str) -> HttpResponse:
    """Read what one has said, answer if an answer is wanted, and say whether the page was changed."""
    found = Feedback.objects.visible_to(request.user).said().select_related("page").filter(public_id=pid).first()
    if found is None:
        raise NotVisible
    form = AnswerForm(request.POST or None, wants_answer=bool(found.reply_email))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            handle_feedback(by=request.user, feedback_id=pid, **form.cleaned_data)
            messages.success(request, _("Synpunkten är klar."))
            return redirect("editorial_feedback")
    context = {"feedback": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "editorial/knowledge/feedback_one.html", context, status=status)


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_senders(request: HttpRequest) -> HttpResponse:
    """What senders were called before: the list, one more, one away."""
    if remove := request.POST.get("remove", ""):
        if not remove.isdigit():
            raise NotVisible
        remove_former_sender(by=request.user, sender_id=int(remove))
        messages.success(request, _("Namnet är borttaget."))
        return redirect("editorial_senders")
    form = SenderForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = add_former_sender(by=request.user, values=form.cleaned_data)
            messages.success(request, _("{name} leder nu till {now}.").format(name=made, now=made.organisation))
            return redirect("editorial_senders")
    rows = FormerSender.objects.select_related("organisation").order_by("organisation__name", "-until")
    context = {"form": form, "rows": rows}
    return render(request, "editorial/knowledge/senders.html", context, status=422 if form.is_bound else 200)
