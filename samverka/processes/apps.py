from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "samverka.processes"
    label = "processes"

    def ready(self) -> None:
        from . import actions, sources  # noqa: F401  (fill the registries)
