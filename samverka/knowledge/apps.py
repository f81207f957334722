from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samverka.knowledge"
    label = "knowledge"
