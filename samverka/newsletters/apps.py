from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "samverka.newsletters"
    label = "newsletters"

    def ready(self) -> None:
        from . import (  # noqa: F401  (fill the registries)
            demo,
            demo_sending,
            emails,
            emails_sending,
            personal_data,
            personal_data_sending,
            sending_tasks,
            tasks,
        )
