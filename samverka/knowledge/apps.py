from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samverka.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from . import (  # noqa: F401  (fill the registries)
            demo_examples,
            demo_publications,
            emails,
            emails_examples,
            emails_search,
            hooks,
            kinds,
            personal_data,
            personal_data_search,
            sources,
            tasks,
            telling,
            waiting,
        )
