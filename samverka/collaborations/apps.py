from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    name = "samverka.collaborations"
    label = "collaborations"

    def ready(self) -> None:
        from . import emails, emails_progress, hooks, personal_data, sources, waiting  # noqa: F401  (fill the kernel's registries)
