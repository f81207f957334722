"""Reads of issues: what everybody may read, and what those who write work on."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from samverka.kernel.errors import NotVisible
from samverka.organisations.models import Organisation

from .enums import Audience
from .models import Block, BlockDraft, Delivery, Issue, IssueTemplate, IssueText, Sender
from .querysets import IssueQuerySet


def host_sender() -> Sender | None:
    """Return who sends for the host; None before anybody has said."""
    found: Sender | None = Sender.objects.filter(is_host=True).select_related("organisation").first()
    return found


def sender_of(organisation: Organisation) -> Sender | None:
    """Return an organisation as a sender; None before it has said how it is reached."""
    found: Sender | None = Sender.objects.filter(organisation=organisation).first()
    return found


def issues_of(organisation: Organisation | None) -> IssueQuerySet:
    """Return all issues of a sender, newest first."""
    rows: IssueQuerySet = Issue.objects.filter(sender=organisation).defer("document").prefetch_related("texts")
    return rows


def templates_of(organisation: Organisation) -> Any:
    """Return the sender's own templates, by name."""
    return IssueTemplate.objects.filter(sender=organisation)


def own_template(organisation: Organisation | None, public_id: str) -> IssueTemplate:
    """Return a template of that sender. Raises NotVisible."""
    found: IssueTemplate | None = IssueTemplate.objects.filter(sender=organisation, public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def issue_called(organisation: Organisation | None, public_id: str) -> Issue:
    """Return an issue of that sender. Raises NotVisible."""
    rows = Issue.objects.filter(sender=organisation, public_id=public_id).select_related("sender__sender")
    found: Issue | None = rows.prefetch_related("texts").first()
    if found is None:
        raise NotVisible
    return found


def block_called(issue: Issue, public_id: str) -> Block:
    """Return a block that stands in the issue. Raises NotVisible."""
    found: Block | None = issue.blocks.standing().filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def text_in(issue: Issue, language: str) -> IssueText:
    """Return the head of the issue in a language. Raises NotVisible."""
    found = next((text for text in issue.texts.all() if text.language == language), None)
    if found is None:
        raise NotVisible
    return found


def draft_of(user: Any, block: Block) -> BlockDraft | None:
    """Return what that person is typing in the block, if anything is kept."""
    return BlockDraft.objects.filter(user=user, block=block).first()


# Everybody


def public_issues(*, words: str = "", year: int | None = None, sender: str = "", language: str = "") -> QuerySet[Issue]:
    """Return what has been sent and everybody may read, newest first. Letters to associations and monthly digests
    are found by their address only.
    """
    rows = Issue.objects.in_archive().select_related("sender").prefetch_related("texts")
    for word in words.split()[:8]:
        there = IssueText.objects.filter(issue=OuterRef("pk"), subject__icontains=word)
        said = Block.objects.standing().filter(issue=OuterRef("pk"), content__icontains=word)
        rows = rows.filter(Exists(there) | Exists(said))
    if year:
        rows = rows.filter(sending_began_at__year=year)
    if sender:
        rows = rows.filter(sender__public_id=sender)
    if language:
        rows = rows.filter(texts__language=language)
    ordered: QuerySet[Issue] = rows.order_by("-sending_began_at", "-id")
    return ordered


def public_issue(public_id: str) -> Issue:
    """Return an issue that everybody may read. Raises NotVisible."""
    rows = Issue.objects.public().select_related("sender").prefetch_related("texts")
    found: Issue | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def archive_choices() -> tuple[list[int], list[tuple[str, str]]]:
    """Return the years and the senders, (public id, name), that the archive holds."""
    rows = Issue.objects.in_archive()
    years = [day.year for day in rows.dates("sending_began_at", "year", order="DESC")]
    senders = rows.order_by("sender__sort_key").values_list("sender__public_id", "sender__name").distinct()
    return years, list(senders)


# The record


def official_receivers(issue: Issue) -> list[tuple[str, str]]:
    """Return (organisation, function) of the offices of public bodies that the issue went to, in order of name."""
    rows = Delivery.objects.filter(issue=issue, audience=Audience.OFFICIAL, organisation__isnull=False)
    named = rows.select_related("organisation").order_by("organisation__sort_key", "pk")
    return [(str(one.organisation), str(one.merged.get("function", ""))) for one in named]


def counts_of(issue: Issue) -> dict[str, int]:
    """Return how many mails went to each audience; of subscribers and associations nothing else is told."""
    rows = Delivery.objects.filter(issue=issue)
    return {kind: rows.filter(audience=kind).count() for kind in Audience.values}
