from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "samverka.kernel"
    label = "kernel"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the system checks)
