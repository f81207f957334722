"""Jobs of the knowledge bank. Arguments are ids only."""

import structlog
from procrastinate.contrib.django import app

from .actions import approving, lasting, publications, publishing

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.knowledge.tasks.publish_due")
def publish_due(timestamp: int = 0) -> None:
    """Publish the pages whose time has come."""
    if done := publishing.publish_due(by=None):
        log.info("pages.published", pages=done)


@app.task(name="samverka.knowledge.tasks.ask_if_they_hold")
def ask_if_they_hold(timestamp: int = 0) -> None:
    """Ask the contacts of what nobody has confirmed for two years."""
    if asked := lasting.ask_if_they_hold(by=None):
        log.info("pages.asked_if_they_hold", mails=asked)


@app.task(name="samverka.knowledge.tasks.remind_parties")
def remind_parties(timestamp: int = 0) -> None:
    """Remind the parties that have not answered whether a text may stand."""
    if reminded := approving.remind_parties(by=None):
        log.info("pages.parties_reminded", mails=reminded)


@app.task(name="samverka.knowledge.tasks.read_file")
def read_file(file_id: int) -> None:
    """Read a publication's PDF: text, pages, cover."""
    publications.read_file(by=None, file_id=file_id)
