"""What runs by itself, and when: the one list of periodic jobs."""

from procrastinate import App

#: task path -> (cron in UTC, keyword arguments)
SCHEDULE: dict[str, str] = {
    "samverka.kernel.tasks.retry_stalled": "*/2 * * * *",
    "samverka.kernel.tasks.send_waiting_mail": "*/1 * * * *",
    "samverka.kernel.tasks.purge": "17 2 * * *",
    "samverka.kernel.tasks.learn_words": "35 2 * * *",
    "samverka.web.tasks.send_search_alerts": "*/5 * * * *",
    "samverka.collaborations.tasks.remind_of_phases": "20 6 * * *",
    "samverka.collaborations.tasks.remind_of_commitments": "40 2 * * *",
    "samverka.collaborations.tasks.end_forgotten_meetings": "50 * * * *",
    "samverka.collaborations.tasks.send_notices": "*/5 * * * *",
    "samverka.knowledge.tasks.publish_due": "*/1 * * * *",
    "samverka.knowledge.tasks.ask_if_they_hold": "35 6 * * *",
    "samverka.knowledge.tasks.remind_parties": "25 6 * * *",
    "samverka.newsletters.sending_tasks.continue_sending": "*/1 * * * *",
    "samverka.newsletters.sending_tasks.fetch_bounces": "*/10 * * * *",
    "samverka.newsletters.sending_tasks.add_up_openings": "35 23 * * *",
    # The first of the month, in the morning.
    "samverka.newsletters.sending_tasks.send_monthly": "0 7 1 * *",
    # Past midnight in Sweden, winter and summer.
    "samverka.surveys.tasks.count_anonymous": "10 23 * * *",
    # Morning in Sweden, winter and summer; the job itself knows which days are working days.
    "samverka.surveys.tasks.remind": "30 6 * * 1-5",
}


def on_app_ready(app: App) -> None:
    """Put every line of SCHEDULE on `app`'s periodic registry."""
    for name, cron in SCHEDULE.items():
        app.periodic(cron=cron)(app.tasks[name])
