from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "samverka.kernel"
    label = "kernel"

    def ready(self) -> None:
        from . import checks, lookups, personal_data  # noqa: F401  (fill the registries)
