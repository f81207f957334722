"""Jobs of issues. Arguments are ids only."""

from procrastinate.contrib.django import app


@app.task(name="samverka.newsletters.tasks.check_issue")
def check_issue(issue_id: int) -> None:
    """Try an issue's links and ask about its From domain."""
    from .actions.checking import run_checks

    run_checks(by=None, issue_id=issue_id)
