from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samverka.organisations"
    label = "organisations"

    def ready(self) -> None:
        from . import content, emails, hooks, personal_data, sources  # noqa: F401  (fill the kernel's registries)
