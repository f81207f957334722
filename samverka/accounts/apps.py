from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samverka.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import emails, personal_data  # noqa: F401  (fill the kernel's registries)
