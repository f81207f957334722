from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samverka.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from . import demo_publications, emails, kinds, personal_data, sources, tasks  # noqa: F401  (fill the registries)
