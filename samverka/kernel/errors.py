"""What can go wrong in the domain. samverka.web.middleware turns them into messages, 403, 404, 409 and 503."""

from typing import Any


class DomainError(Exception):
    """Base of the errors that a person is told about; `message` is shown to them."""

    def __init__(self, message: Any = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Refused(DomainError):
    """What was asked cannot be done as things are; the message says why and what to do instead."""


class NotAllowed(DomainError):
    """The person can see the thing but may not do this to it (403)."""


class NotVisible(DomainError):
    """The thing does not exist for this person (404)."""


class Conflict(DomainError):
    """Someone else changed the row meanwhile; details hold `theirs` and `yours`, and nothing is written (409)."""


class Busy(DomainError):
    """The server is doing as much of this as it can; the same may be asked again in a while (503)."""


class SignedOut(DomainError):
    """Something was posted after the session had ended; the page shows what was typed, so that nothing is lost."""
