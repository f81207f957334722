"""Public ids: short, random, permanent. Primary keys never show."""

import random
import secrets
from typing import Any

from django.db import models

#: No vowels and no look-alikes (0/o, 1/l): cannot spell a word, can be read out on the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10


def public_id() -> str:
    """Return a new id of 10 characters (27^10, about 47 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def public_ids(count: int) -> list[str]:
    """Return as many new ids at once, for tables that get thousands of rows in a moment."""
    letters = random.SystemRandom().choices(ALPHABET, k=LENGTH * count)
    return ["".join(letters[at : at + LENGTH]) for at in range(0, LENGTH * count, LENGTH)]


def secret_token() -> str:
    """Return a new secret for an address that opens something: 192 bits, URL-safe."""
    return secrets.token_urlsafe(24)


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """Unique char field, filled by `public_id` when the row is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("default", public_id)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
