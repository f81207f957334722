from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "samverka.newsletters"
    label = "newsletters"
