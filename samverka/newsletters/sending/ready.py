"""What of an issue is the same for all: its letters made ready, and what is put in for each recipient."""

from functools import lru_cache
from queue import SimpleQueue
from typing import Any

from django.conf import settings

from .. import links
from ..enums import Audience
from ..models import Issue
from ..senders import sender_facts
from .crew import Task
from .dkim import Signer
from .journal import Journal
from .letters import ReadyLetter, Recipient
from .outcomes import Outcome
from .rows import Claimed


class Ready:
    """The letters of an issue, from its frozen document."""

    def __init__(self, issue: Issue) -> None:
        self.letters = _letters(issue.pk, issue.sending_began_at)
        self._web_url = links.web_url(issue)

    def task(
        self, row: Claimed, signer: Signer | None, journal: Journal, answers: "SimpleQueue[Outcome]"
    ) -> Task:  # fmt: skip
        """Return the task that hands a row's mail over."""
        letter = self.letters.get(row.language) or next(iter(self.letters.values()))
        return Task(letter, self.recipient(row), signer, journal, answers)

    def recipient(self, row: Claimed) -> Recipient:
        """Return whom a row's mail goes to. Official mail has no one-click end: its office chooses by its own link."""
        key = links.delivery_key(row.public_id)
        values = links.marks(key, row.audience) | {"web_url": self._web_url} | dict(row.merged)
        ended = links.one_click_url(key) if row.audience != Audience.OFFICIAL else ""
        return Recipient(row.id, row.public_id, row.address, values, ended)


@lru_cache(maxsize=8)
def _letters(issue_id: int, _began: Any) -> dict[str, ReadyLetter]:
    """Return the letters by language; kept from job to job, since what is frozen does not change."""
    issue = Issue.objects.select_related("sender").get(pk=issue_id)
    facts = sender_facts(issue, bounce_address=settings.BOUNCE_ADDRESS)
    return {
        language: ReadyLetter(letter=document, sender=facts, language=language)
        for language, document in issue.document.items()
    }
