from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "samverka.places"
    label = "places"

    def ready(self) -> None:
        from . import actions  # noqa: F401  (registers the content loader)
