"""Templates of a desk's own: an issue kept as one, the list, another name, and away with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.newsletters.actions.templates import remove_template, rename_template, save_template
from samverka.newsletters.blocks import fixed
from samverka.newsletters.models import Block, Issue
from samverka.newsletters.queries import own_template, templates_of
from samverka.web.components.refusals import refusals_on

from .desk import Desk
from .issues import label_of


class NameForm(forms.Form):
    """What a template is called."""

    name = forms.CharField(
        label=gettext_lazy("Mallens namn"), max_length=120,
        error_messages={"required": gettext_lazy("Skriv vad mallen ska heta.")},
    )  # fmt: skip


class TemplateForm(NameForm):
    """A name, and which blocks keep their words."""

    keep = forms.MultipleChoiceField(
        label=gettext_lazy("Texter som följer med"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Delarna följer alltid med. Kryssa för dem där texten ska stå kvar nästa gång."),
    )  # fmt: skip

    def __init__(self, *args: Any, blocks: list[Block], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(one.public_id, _said(one)) for one in blocks]  # type: ignore[attr-defined]
        if not blocks:
            del self.fields["keep"]


def _said(block: Block) -> str:
    said = f"{block.get_kind_display()}: {label_of(block)}"
    return said if block.language == "sv" else _("{block} (engelska)").format(block=said)


@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def issue_template_save(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Keep an issue as a template."""
    found = desk.issue(issue)
    blocks = _with_words(found)
    initial = {"name": found.title[:120], "keep": [one.public_id for one in blocks]}
    form = TemplateForm(request.POST or None, blocks=blocks, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            told = form.cleaned_data
            made = save_template(by=request.user, issue_id=issue, name=told["name"], keep=told.get("keep", []))
            messages.success(request, _("Mallen {name} är sparad. Den finns när ni börjar på ett nytt utskick.").format(
                name=made.name))  # fmt: skip
            return redirect(desk.url("issue", issue))
    context = desk.context(issue=found, form=form)
    return render(request, "editorial/issues/template_save.html", context, status=422 if form.is_bound else 200)


def _with_words(issue: Issue) -> list[Block]:
    """Return the blocks that say something a template may hold, Swedish first."""
    standing = issue.blocks.standing().order_by("-language", "position", "pk")
    return [one for one in standing if any(str(value).strip() for value in fixed(one.content).values())]


def issue_templates(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The desk's templates."""
    if desk.organisation is None:
        return redirect(desk.url("issue_sender"))
    return render(request, "editorial/issues/templates.html", desk.context(rows=templates_of(desk.organisation)))


@require_http_methods(["GET", "HEAD", "POST"])
def issue_template(request: HttpRequest, desk: Desk, template: str) -> HttpResponse:
    """Another name for a template; `do=remove` takes it away."""
    found = own_template(desk.organisation, template)
    if desk.organisation is None:
        raise NotVisible
    if request.POST.get("do") == "remove":
        remove_template(by=request.user, sender=desk.organisation, template_id=template)
        messages.success(request, _("Mallen är borttagen. Utskick som började med den är kvar."))
        return redirect(desk.url("issue_templates"))
    form = NameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        with refusals_on(form):
            name = form.cleaned_data["name"]
            rename_template(by=request.user, sender=desk.organisation, template_id=template, name=name)
            messages.success(request, _("Mallen har fått sitt nya namn."))
            return redirect(desk.url("issue_templates"))
    context = desk.context(template=found, form=form)
    return render(request, "editorial/issues/template.html", context, status=422 if form.is_bound else 200)
