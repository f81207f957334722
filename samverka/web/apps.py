from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samverka.web"
    label = "web"
