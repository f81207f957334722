from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samverka.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from . import demo_examples, emails, emails_examples, personal_data, tasks, telling, waiting  # noqa: F401  (fill the registries)
