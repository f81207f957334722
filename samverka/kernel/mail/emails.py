"""E-mails: one small registered thing per message, with a preview of all.

A message is a dataclass that subclasses `Email`: its fields are what the templates `mail/<code>.txt` (first line the
subject, then a blank line) and `mail/<code>.html` may use, and `sample()` returns one to show on the preview page.
Messages of one form may share templates: `template` names them.

A late message (`late = True`) carries what only some may read. Its fields are ids and labels, which stand in its row
in the outbox; what its templates say besides is read by `build()` when the message leaves, and is kept nowhere.
"""

from collections.abc import Mapping
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


#: Characters of a late message's label: a name or a title, and no text.
LONGEST_LABEL = 300


class Email:
    """Base of every message. `secret` ones (codes, links that open something) lose their body once sent; the body of
    `late` ones is made when they leave and is never stored.
    """

    code: ClassVar[str]
    title: ClassVar[Any]
    when: ClassVar[Any]
    secret: ClassVar[bool] = False
    late: ClassVar[bool] = False
    template: ClassVar[str] = ""
    keep_days: ClassVar[int] = 30

    @classmethod
    def sample(cls) -> Self:
        """Return a message with invented content, for the preview page and the tests."""
        raise TypeError(f"{cls.__name__} lacks a sample")

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return, for a late message, invented content such as `build` gives, to go with `sample()`."""
        return {}

    @classmethod
    def example(cls, language: str) -> Rendered:
        """Return the message with its invented content, as it would leave in `language`."""
        with translation.override(language):
            return cls.sample().render(language, cls.sample_context() if cls.late else None)

    def subject(self) -> str:
        """Return the subject of a late message. It stands in the outbox: only what the fields say may be in it."""
        raise TypeError(f"{type(self).__name__} lacks a subject")

    def build(self) -> dict[str, Any] | None:
        """Return what the templates of a late message see besides its fields, read from the database now.

        None when it is no longer to be sent: its receiver may not read it any more, or it was withdrawn.
        """
        raise TypeError(f"{type(self).__name__} has nothing to build")

    def own_fields(self) -> dict[str, Any]:
        """Return the message's fields and their values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def context(self) -> dict[str, Any]:
        """Return what the templates see: the message's own fields, the site's name, address and contact."""
        return self.own_fields() | {
            "site_name": settings.SITE_NAME,
            "base_url": settings.BASE_URL,
            "contact_phone": settings.CONTACT_PHONE,
            "contact_email": settings.CONTACT_EMAIL,
        }

    def render(self, language: str, built: Mapping[str, Any] | None = None) -> Rendered:
        """Render subject, text and HTML in `language` (sv or en); a late message with what `build` gave."""
        if self.late and built is None:
            raise TypeError(f"{type(self).__name__} is rendered with what build() gave")
        name = self.template or self.code
        with translation.override(language):
            context = self.context() | dict(built or {})
            if self.late:
                context["subject"] = self.subject_line(language)
            head, _, text = render_to_string(f"mail/{name}.txt", context).strip().partition("\n")
            subject = context["subject"] if self.late else head.strip()
            html = render_to_string(f"mail/{name}.html", context | {"subject": subject})
        return Rendered(subject[:300], text.strip() + "\n", html)

    def subject_line(self, language: str) -> str:
        """Return the subject of a late message in `language`, on one line."""
        with translation.override(language):
            return " ".join(self.subject().split())[:300]

    def arguments(self) -> dict[str, str | int]:
        """Return the fields of a late message, to be stored. Raises TypeError for any that is no id or label."""
        own = self.own_fields()
        for name, value in own.items():
            if not isinstance(value, str | int) or len(str(value)) > LONGEST_LABEL:
                raise TypeError(f"{type(self).__name__}.{name} is stored: only an id or a label may stand there")
        return own


_registered: dict[str, type[Email]] = {}


def register(email: type[Email]) -> type[Email]:
    """Class decorator: put a message on the list that the preview page and the catalogue are made from.

    Raises TypeError for a late one that says no subject of its own or cannot build.
    """
    if email.late and (email.subject is Email.subject or email.build is Email.build):
        raise TypeError(f"{email.__name__} is late: it says its own subject() and build()")
    _registered[email.code] = email
    return email


def registered() -> list[type[Email]]:
    """Return every registered message, by code."""
    return [_registered[code] for code in sorted(_registered)]


def made_again(code: str, arguments: Mapping[str, Any]) -> Email:
    """Return the late message that a row of the outbox stands for. Raises LookupError for a code unknown here."""
    return _registered[code](**arguments)
