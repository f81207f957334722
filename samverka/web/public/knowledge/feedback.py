"""The question "Hjälpte informationen på sidan dig?": yes or no, then why, then thank you. Works without scripts."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import public
from samverka.kernel.errors import Refused
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions.feedback import say_if_helped, say_why
from samverka.knowledge.queries import feedback_called, published_page
from samverka.web.client import client_address
from samverka.web.components.refusals import refusals_on


class WhyForm(forms.Form):
    """Why a page helped or did not, and where an answer goes."""

    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    reply_email = forms.EmailField(
        label=_("Din e-postadress"), required=False,
        help_text=_("Bara om du vill ha svar. Den tas bort när svaret är skickat, och senast efter ett år."),
    )  # fmt: skip

    def __init__(self, *args: object, helped: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].label = _("Vad var det som hjälpte?") if helped else _("Vad saknade du?")
        self.fields["text"].help_text = _("Skriv inte om enskilda personer.")


@public
@require_POST
@creates_once
def page_helped(request: HttpRequest, pid: str) -> HttpResponse:
    """Take a yes or a no, and ask why."""
    helped = request.POST.get("helped")
    if helped not in {"ja", "nej"}:
        raise Refused(_("Välj ja eller nej."))
    page = published_page(pid)
    made = say_if_helped(page=page, helped=helped == "ja", sender=client_address(request))
    return redirect("page_why", pid, made.public_id)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def page_why(request: HttpRequest, pid: str, feedback: str) -> HttpResponse:
    """Ask why, once; whoever has said it is thanked."""
    page = published_page(pid)
    found = feedback_called(page, feedback)
    form = WhyForm(request.POST or None, helped=found.helped)
    if form.is_valid():
        with refusals_on(form):
            say_why(feedback_id=feedback, **form.cleaned_data)
            return redirect("page_why", pid, feedback)
    context = {"page": page, "form": form, "feedback": found}
    status = 422 if form.is_bound and not found.said_at else 200
    return render(request, "public/knowledge/why.html", context, status=status)
