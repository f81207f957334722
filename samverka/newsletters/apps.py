from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "samverka.newsletters"
    label = "newsletters"

    def ready(self) -> None:
        from . import emails_sending, personal_data, sending_tasks  # noqa: F401  (fill the registries)
