from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samverka.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from . import sources  # noqa: F401  (fills the registry)
