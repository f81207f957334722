"""Skriv till föreningar: a plain letter with its own reply address, from a filtered list or one's own (R16)."""

from typing import Any
from urllib.parse import parse_qs

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.idempotency import creates_once
from samverka.newsletters import audiences, links
from samverka.newsletters.actions.audience import write_letter
from samverka.newsletters.audiences import Segment
from samverka.newsletters.models import Issue, RecipientList
from samverka.newsletters.rules import can_send_dispatches
from samverka.organisations.filters import RegisterFilters
from samverka.organisations.queries import Acting
from samverka.web.components.careful import Careful
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.acting import acting_organisation

LONGEST = 10_000


class LetterForm(Careful, forms.Form):
    """Whom, what, and where answers go."""

    list = forms.ChoiceField(label=gettext_lazy("Till"), widget=forms.RadioSelect)
    subject = forms.CharField(
        label=gettext_lazy("Rubrik"), max_length=200, error_messages={"required": gettext_lazy("Skriv en rubrik.")}
    )
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Ren text, som i ett vanligt mejl. Vilka ni är och hur man slutar få brev läggs till sist."
        ),
        error_messages={"required": gettext_lazy("Skriv en text.")},
    )  # fmt: skip
    reply_to = forms.EmailField(
        label=gettext_lazy("Svar går till"), error_messages={"required": gettext_lazy("Skriv adressen dit svar går.")}
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(RecipientList.objects.filter(sender=acting.organisation, removed_at=None))
        chosen = [("", _("Föreningarna i urvalet ur registret"))]
        self.fields["list"].choices = [*chosen, *((row.public_id, row.name) for row in own)]  # type: ignore[attr-defined]
        self.fields["list"].required = False
        if not own:
            self.fields["list"].widget = forms.HiddenInput()

    @property
    def segment(self) -> Segment:
        """Whom it goes to."""
        data = self.cleaned_data
        return Segment("list", list=data["list"]) if data["list"] else Segment("associations", data["query"])


@requires(can_send_dispatches, load=acting_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def our_letter_new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Write the letter. `?urval=` is a register list's own query; `?vidare=` an issue to pass on."""
    query = request.POST.get("query") or _query(request, acting)
    form = LetterForm(
        request.POST if request.method == "POST" else None, acting=acting, initial=_initial(request, query)
    )
    if form.is_valid():
        with refusals_on(form):
            data = form.cleaned_data
            made = write_letter(
                by=request.user, sender=acting.organisation, subject=data["subject"], text=data["text"],
                reply_to=data["reply_to"], segment=form.segment,
            )  # fmt: skip
            return redirect("our_issue_send", acting.organisation.public_id, made.public_id)
    count = audiences.count(Segment("associations", query))
    context = {"acting": acting, "form": form, "count": count, "query": query,
               "register_url": f"{reverse('organisations')}?{query}"}  # fmt: skip
    return render(request, "workspace/letter.html", context, status=422 if form.is_bound else 200)


def _query(request: HttpRequest, acting: Acting) -> str:
    """Return the list that was asked for, cleaned; without one the body's own municipality or county."""
    asked = parse_qs(request.GET.get("urval", ""))
    body = acting.organisation
    own = {"kommun": [body.municipality_id]} if body.municipality_id else {"lan": [body.county_id or ""]}
    return RegisterFilters.from_query(asked or own).query_string(page=1, order="")


def _initial(request: HttpRequest, query: str) -> dict[str, Any]:
    found: dict[str, Any] = {"query": query, "reply_to": request.user.email, "list": ""}  # type: ignore[union-attr]
    issue = Issue.objects.public().filter(public_id=request.GET.get("vidare", "")).first()
    if issue is not None:
        found["subject"] = issue.title
        found["text"] = _("Hej!\n\nVi vill tipsa om det här från {sender}: {title}\n\n{link}").format(
            sender=issue.sender, title=issue.title, link=links.web_url(issue)
        )
    return found
