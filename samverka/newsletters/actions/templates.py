"""What keeps an issue as a template of its sender's own, names it anew, takes it away, and starts an issue from it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused
from samverka.organisations.models import Organisation

from ..blocks import fixed
from ..models import Block, Issue, IssueTemplate, IssueText
from .checks import made_issue, require_sender

#: More than these nobody finds their way among.
MOST_TEMPLATES = 30


@transaction.atomic
def save_template(*, by: Any, issue_id: str, name: str, keep: Collection[str]) -> IssueTemplate:
    """Keep how an issue is put together; of the blocks in `keep` (public ids) their texts too. Raises NotVisible,
    NotAllowed, Refused.
    """
    issue: Issue | None = Issue.objects.select_related("sender").filter(public_id=issue_id).first()
    if issue is None:
        raise NotVisible
    require_sender(by, issue.sender)
    # Two who save at once wait for each other: the name is asked for first, and held until both are done.
    Organisation.objects.select_for_update(of=("self",)).get(pk=issue.sender_id)
    if IssueTemplate.objects.filter(sender=issue.sender).count() >= MOST_TEMPLATES:
        raise Refused(_("Ni har redan {n} mallar. Ta bort någon först.").format(n=MOST_TEMPLATES))
    made: IssueTemplate = IssueTemplate.objects.create(
        sender=issue.sender, name=_free_name(issue.sender, name), format=issue.format, matter=issue.matter,
        content={text.language: _of_language(issue, text, keep) for text in issue.texts.all()}, made_by=by,
    )  # fmt: skip
    _note("issue_template.saved", made, by=by)
    return made


def _of_language(issue: Issue, text: IssueText, keep: Collection[str]) -> dict[str, Any]:
    blocks = issue.blocks.standing().filter(language=text.language)
    return {
        "subject": text.subject,
        "preview": text.preview,
        "blocks": [
            {"kind": one.kind, "content": fixed(one.content) if one.public_id in keep else {}} for one in blocks
        ],
    }


@transaction.atomic
def rename_template(*, by: Any, sender: Organisation, template_id: str, name: str) -> IssueTemplate:
    """Call a template something else. Raises NotVisible, NotAllowed, Refused."""
    found = _locked(by, sender, template_id)
    before, found.name = found.name, _free_name(sender, name, but=found)
    found.save(update_fields=["name", "sort_key"])
    _note("issue_template.renamed", found, by=by, changes={"name": [before, found.name]})
    return found


@transaction.atomic
def remove_template(*, by: Any, sender: Organisation, template_id: str) -> None:
    """Take a template away; issues that began with it stay as they are. Raises NotVisible, NotAllowed."""
    found = _locked(by, sender, template_id)
    _note("issue_template.removed", found, by=by)
    found.delete()


@transaction.atomic
def start_from_own(*, by: Any, sender: Organisation, template_id: str) -> Issue:
    """Start an issue from a template of the sender's own. Raises NotVisible, NotAllowed, Refused."""
    found = _locked(by, sender, template_id)
    made = made_issue(by, sender, format=found.format, matter=found.matter)
    for language, told in found.content.items():
        IssueText.objects.create(issue=made, language=language, subject=told["subject"], preview=told["preview"])
        Block.objects.bulk_create(
            Block(issue=made, language=language, kind=one["kind"], position=place, content=one["content"])
            for place, one in enumerate(told["blocks"], start=1)
        )
    audit.record(
        "issue.started", by=by, kind="issue", object_id=made.public_id, label=made.title,
        organisation=sender.public_id, changes={"template": [None, found.public_id]},
    )  # fmt: skip
    return made


def _locked(by: Any, sender: Organisation, template_id: str) -> IssueTemplate:
    require_sender(by, sender)
    rows = IssueTemplate.objects.select_for_update(of=("self",)).select_related("sender")
    found: IssueTemplate | None = rows.filter(sender=sender, public_id=template_id).first()
    if found is None:
        raise NotVisible
    return found


def _free_name(sender: Organisation, name: str, but: IssueTemplate | None = None) -> str:
    said = " ".join(name.split())[:120]
    if not said:
        raise Refused(_("Skriv vad mallen ska heta."), field="name")
    taken = IssueTemplate.objects.filter(sender=sender, name__iexact=said)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise Refused(_("Ni har redan en mall som heter så. Välj ett annat namn."), field="name")
    return said


def _note(action: str, template: IssueTemplate, *, by: Any, changes: Any = None) -> None:
    audit.record(
        action, by=by, kind="issue_template", object_id=template.public_id, label=template.name,
        organisation=template.sender.public_id, changes=changes,
    )  # fmt: skip
