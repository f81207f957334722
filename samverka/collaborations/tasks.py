"""Jobs of collaborations. Arguments are ids only, never texts."""

from procrastinate.contrib.django import app


@app.task(name="samverka.collaborations.tasks.look_through_file")
def look_through_file(attachment_id: int) -> None:
    """Note whether a file beside a text mentions a personal identity number."""
    from .actions.attachments import look_through

    look_through(by=None, attachment_id=attachment_id)
