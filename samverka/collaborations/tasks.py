"""Jobs of collaborations. Arguments are ids only, never texts."""

import structlog
from procrastinate.contrib.django import app

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.collaborations.tasks.remind_of_phases")
def remind_of_phases(timestamp: int = 0) -> None:
    """Remind the parties that have not said whether a phase is done, 7 and 21 days after they were asked."""
    from .actions.reminders import remind_silent_parties

    if reminded := remind_silent_parties():
        log.info("phases.reminded", parties=reminded)
