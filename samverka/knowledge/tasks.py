"""Jobs of the knowledge bank. Arguments are ids only."""

import structlog
from procrastinate.contrib.django import app

from .actions import publications, publishing

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.knowledge.tasks.publish_due")
def publish_due(timestamp: int = 0) -> None:
    """Publish the pages whose time has come."""
    if done := publishing.publish_due(by=None):
        log.info("pages.published", pages=done)


@app.task(name="samverka.knowledge.tasks.read_file")
def read_file(file_id: int) -> None:
    """Read a publication's PDF: text, pages, cover."""
    publications.read_file(by=None, file_id=file_id)
