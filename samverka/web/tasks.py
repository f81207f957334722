"""Jobs that need addresses of pages. Arguments are ids only."""

import structlog
from procrastinate.contrib.django import app

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.web.tasks.send_search_alerts")
def send_search_alerts(timestamp: int = 0) -> None:
    """Tell those who have saved a search of what is new in it."""
    from .search_alerts import send_alerts

    if mails := send_alerts():
        log.info("search.alerts_sent", mails=mails)
