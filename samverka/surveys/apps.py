from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samverka.surveys"
    label = "surveys"

    def ready(self) -> None:
        from . import personal_data  # noqa: F401  (fills the registry)
