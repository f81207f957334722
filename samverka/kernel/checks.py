"""Settings that are refused at start (`manage.py check`)."""

from typing import Any
from urllib.parse import urlparse

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .ids import LENGTH
from .installation import malformed_subprocessors
from .mail.addressing import own_address


@register(Tags.security)
def base_url_is_an_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a SAMVERKA_BASE_URL that is no address, or is not https in production."""
    parts = urlparse(settings.BASE_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        return [
            Error(
                f"SAMVERKA_BASE_URL must be an address such as https://samverka.example, not {settings.BASE_URL!r}",
                id="samverka.E001",
            )
        ]
    if settings.PRODUCTION and parts.scheme != "https":
        return [Error("SAMVERKA_BASE_URL must begin with https:// in production", id="samverka.E002")]
    return []


@register(Tags.security)
def reply_address_is_an_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a REPLY_ADDRESS that is no mail address: answers would be lost."""
    if settings.REPLY_ADDRESS:
        try:
            validate_email(settings.REPLY_ADDRESS)
            validate_email(own_address("b" * LENGTH))
        except ValidationError:
            said = f"REPLY_ADDRESS must be a mail address such as svar@samverka.example, not {settings.REPLY_ADDRESS!r}"
            return [Error(said, id="samverka.E004")]
    return []


@register(Tags.security)
def subprocessors_are_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a SAMVERKA_SUBPROCESSORS in which one lacks its name, what for, or where."""
    return [
        Error(f"SAMVERKA_SUBPROCESSORS: write name | what for | where, not {one!r}", id="samverka.E005")
        for one in malformed_subprocessors()
    ]


@register(Tags.security, deploy=True)
def production_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name what a production installation lacks: a mail server, a provider, a contact, where data is stored."""
    found: list[CheckMessage] = []
    if settings.MAIL_SINK:
        found.append(Error("EMAIL_URL is not set: mails would go to the sink", id="samverka.E003"))
    for name, value in (
        ("SAMVERKA_HOST_ORGANISATION", settings.HOST_ORGANISATION),
        ("SAMVERKA_CONTACT_EMAIL", settings.CONTACT_EMAIL),
    ):
        if not value:
            found.append(Warning(f"{name} is not set: notices would not say who answers", id="samverka.W001"))
    for name, value in (
        ("SAMVERKA_DATA_LOCATION", settings.DATA_LOCATION),
        ("SAMVERKA_SUBPROCESSORS", settings.SUBPROCESSORS),
    ):
        if not value.strip():
            found.append(Warning(f"{name} is not set: no lawyer can say yes without it", id="samverka.W002"))
    return found
