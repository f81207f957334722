"""Jobs of collaborations. Arguments are ids only, never texts."""

import structlog
from procrastinate.contrib.django import app

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.collaborations.tasks.look_through_file")
def look_through_file(attachment_id: int) -> None:
    """Note whether a file beside a text mentions a personal identity number."""
    from .actions.attachments import look_through

    look_through(by=None, attachment_id=attachment_id)


@app.task(name="samverka.collaborations.tasks.remind_of_phases")
def remind_of_phases(timestamp: int = 0) -> None:
    """Remind the parties that have not said whether a phase is done, 7 and 21 days after they were asked."""
    from .actions.reminders import remind_silent_parties

    if reminded := remind_silent_parties():
        log.info("phases.reminded", parties=reminded)


@app.task(name="samverka.collaborations.tasks.end_forgotten_meetings")
def end_forgotten_meetings(timestamp: int = 0) -> None:
    """End the meetings that nobody has ended within a day; nobody is mailed."""
    from . import actions

    if ended := actions.end_forgotten_meetings():
        log.info("meetings.ended", meetings=ended)


@app.task(name="samverka.collaborations.tasks.send_notices")
def send_notices(timestamp: int = 0) -> None:
    """Put the mails in the outbox for what somebody is to be told by now."""
    from . import sending

    while sent := sending.send_due():
        log.info("notices.sent", mails=sent)


@app.task(name="samverka.collaborations.tasks.remind_of_commitments")
def remind_of_commitments(timestamp: int = 0) -> None:
    """Note which promises fall due within a week, for those who made them."""
    from . import sending

    sending.note_due_commitments()
