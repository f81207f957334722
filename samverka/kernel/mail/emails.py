"""E-mails: one small registered thing per message, with a preview of all.

A message is a dataclass that subclasses `Email`: its fields are what the templates `mail/<code>.txt` (first line the
subject, then a blank line) and `mail/<code>.html` may use, and `sample()` returns one to show on the preview page.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True)
class Rendered:
    """A message as it will be sent."""

    subject: str
    text: str
    html: str


class Email:
    """Base of every message. `secret` ones (codes, links that open something) lose their body once sent."""

    code: ClassVar[str]
    title: ClassVar[Any]
    when: ClassVar[Any]
    secret: ClassVar[bool] = False
    keep_days: ClassVar[int] = 30

    @classmethod
    def sample(cls) -> Self:
        """Return a message with invented content, for the preview page and the tests."""
        raise TypeError(f"{cls.__name__} lacks a sample")

    def context(self) -> dict[str, Any]:
        """Return what the templates see: the message's own fields, the site's name, address and contact."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        return own | {
            "site_name": settings.SITE_NAME,
            "base_url": settings.BASE_URL,
            "contact_phone": settings.CONTACT_PHONE,
            "contact_email": settings.CONTACT_EMAIL,
        }

    def render(self, language: str) -> Rendered:
        """Render subject, text and HTML in `language` (sv or en)."""
        with translation.override(language):
            context = self.context()
            head, _, text = render_to_string(f"mail/{self.code}.txt", context).strip().partition("\n")
            html = render_to_string(f"mail/{self.code}.html", context | {"subject": head.strip()})
        return Rendered(head.strip()[:300], text.strip() + "\n", html)


_registered: dict[str, type[Email]] = {}


def register(email: type[Email]) -> type[Email]:
    """Class decorator: put a message on the list that the preview page and the catalogue are made from."""
    _registered[email.code] = email
    return email


def registered() -> list[type[Email]]:
    """Return every registered message, by code."""
    return [_registered[code] for code in sorted(_registered)]
