from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samverka.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from . import emails_search, personal_data_search, sources  # noqa: F401  (fill the registries)
