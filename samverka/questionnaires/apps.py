from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "samverka.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        from . import actions  # noqa: F401  (fills the registry of what is loaded)
