"""Jobs of collaborations. Arguments are ids only, never texts."""

import structlog
from procrastinate.contrib.django import app

from . import sending

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.collaborations.tasks.send_notices")
def send_notices(timestamp: int = 0) -> None:
    """Put the mails in the outbox for what somebody is to be told by now."""
    if sent := sending.send_due():
        log.info("notices.sent", mails=sent)


@app.task(name="samverka.collaborations.tasks.remind_of_commitments")
def remind_of_commitments(timestamp: int = 0) -> None:
    """Note which promises fall due within a week, for those who made them."""
    sending.note_due_commitments()
