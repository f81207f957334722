from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samverka.surveys"
    label = "surveys"

    def ready(self) -> None:
        from . import emails_answering, personal_data  # noqa: F401  (fill the registries)
        from . import demo, emails, personal_data, tasks, waiting  # noqa: F401  (fill the registries)
