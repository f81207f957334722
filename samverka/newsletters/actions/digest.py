"""The monthly mail: what has been sent in the magazine since last time, to those who want one mail a month."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverka.kernel.errors import Refused

from ..addresses import web_address
from ..audiences import Segment, digests_of
from ..enums import BlockKind, Format
from ..models import Block, Issue, IssueText, Sender
from ..querysets import MONTHLY
from .sending import begin_sending

_LANGUAGES = ("sv", "en")


@transaction.atomic
def send_digests(*, by: Any) -> list[Issue]:
    """Send the month's digests of the host's magazine: each subscriber is told of what fits their topics and place,
    and those whom the same fits share one. Return them. Run twice in a month it sends once.
    """
    host = Sender.objects.select_for_update().filter(is_host=True).first()
    news = _news(host) if host is not None else []
    if not news or host is None:
        return []
    sent = [_send(host, news, told, by=by) for told in digests_of(news)]
    return [issue for issue in sent if issue is not None]


def _send(host: Sender, news: list[Issue], told: tuple[int, ...], *, by: Any) -> Issue | None:
    """Send one digest; None when every address of it gets no more mail."""
    segment = Segment("monthly", issues=told, among=tuple(one.pk for one in news))
    try:
        with transaction.atomic():
            issue = Issue.objects.create(
                sender_id=host.pk, format=Format.MAGAZINE, audience=segment.data, from_name=host.from_name,
                from_address=host.from_address, reply_to=host.reply_to,
            )  # fmt: skip
            for language in _LANGUAGES:
                _write(issue, [one for one in news if one.pk in told], language)
            return begin_sending(by=by, issue_id=issue.public_id)
    except Refused:
        return None


def _news(host: Sender) -> list[Issue]:
    """Return the magazines sent since the latest digest, or in the last 31 days, oldest first."""
    sent = Issue.objects.public().filter(sender=host.pk, format=Format.MAGAZINE)
    latest = sent.filter(audience__contains=MONTHLY).order_by("-sending_began_at").first()
    since = timezone.now() - timedelta(days=31)
    if latest is not None and latest.sending_began_at > since:
        since = latest.sending_began_at
    return list(
        sent.exclude(audience__contains=MONTHLY).filter(sending_began_at__gt=since).order_by("sending_began_at", "pk")
    )


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
