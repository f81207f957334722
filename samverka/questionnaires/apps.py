from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "samverka.questionnaires"
    label = "questionnaires"
