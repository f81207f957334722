"""The monthly mail: what has been sent in the magazine since last time, to those who want one mail a month."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..addresses import web_address
from ..enums import BlockKind, Format, Pace, SubscriberState
from ..models import Block, Issue, IssueText, Sender, Subscriber
from .sending import begin_sending

_LANGUAGES = ("sv", "en")


@transaction.atomic
def send_digest(*, by: Any) -> Issue | None:
    """Send the month's digest of the host's magazine; return it, or None when there is nothing or nobody to tell.
    Run twice in a month it sends once.
    """
    host = Sender.objects.select_for_update().filter(is_host=True).first()
    wanting = Subscriber.objects.filter(state=SubscriberState.CONFIRMED, pace=Pace.MONTHLY)
    news = _news(host) if host is not None and wanting.exists() else []
    if not news or host is None:
        return None
    issue = Issue.objects.create(
        sender_id=host.pk, format=Format.MAGAZINE, audience={"kind": "monthly"}, from_name=host.from_name,
        from_address=host.from_address, reply_to=host.reply_to,
    )  # fmt: skip
    for language in _LANGUAGES:
        _write(issue, news, language)
    return begin_sending(by=by, issue_id=issue.public_id)


def _news(host: Sender) -> list[Issue]:
    """Return the magazines sent since the latest digest, or in the last 31 days, oldest first."""
    sent = Issue.objects.public().filter(sender=host.pk, format=Format.MAGAZINE)
    latest = sent.filter(audience__kind="monthly").order_by("-sending_began_at").first()
    since = timezone.now() - timedelta(days=31)
    if latest is not None and latest.sending_began_at > since:
        since = latest.sending_began_at
    return list(sent.exclude(audience__kind="monthly").filter(sending_began_at__gt=since).order_by("sending_began_at"))


def _write(issue: Issue, news: list[Issue], language: str) -> None:
    with override(language):
        subject, lead = _("Månadens nyheter om samverkan"), _("Det här har vi skickat sedan förra sammanställningen.")
        read = _("Läs utskicket")
    IssueText.objects.create(issue=issue, language=language, subject=subject)
    Block.objects.create(issue=issue, language=language, kind=BlockKind.LEAD, position=1, content={"text": lead})
    for place, one in enumerate(news, start=2):
        letter = one.document.get(language) or next(iter(one.document.values()))
        told = {"heading": letter["subject"], "text": letter.get("preview") or letter["subject"],
                "link_label": read, "link_url": web_address(one, language)}  # fmt: skip
        Block.objects.create(issue=issue, language=language, kind=BlockKind.ITEM, position=place, content=told)
