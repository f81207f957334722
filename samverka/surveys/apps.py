from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samverka.surveys"
    label = "surveys"

    def ready(self) -> None:
        from . import demo, emails, emails_answering, personal_data, sources, tasks, waiting  # noqa: F401  (fill the registries)
