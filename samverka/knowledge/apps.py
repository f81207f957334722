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
            hooks,
            kinds,
            personal_data,
            sources,
            tasks,
            telling,
            waiting,
        )
