"""Swedish text: order, slugs, genitive."""

import re
import unicodedata

from django.db import models

# Collation "C" compares code points, so å ä ö become the three that follow z, in that order.
# W sorts as a letter of its own (Svenska Akademiens ordlista since 2006); é as e, ü as y, æ as ä, ø as ö.
_FOLD = str.maketrans({"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "ü": "y", "ß": "ss", "đ": "d", "ł": "l"})
_DIGITS = re.compile(r"\d+")
_NOT_WORD = re.compile(r"[^0-9a-z{|}]+")


def swedish_sort_key(text: str) -> str:
    """Return a key that a plain byte comparison sorts as Swedish does (å, ä, ö last; numbers by value).

    Works on every PostgreSQL build, with or without ICU.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_FOLD)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    spaced = _NOT_WORD.sub(" ", plain).strip()
    return _DIGITS.sub(lambda m: m.group().lstrip("0").zfill(10), spaced)[:200]


def slug(text: str, *, length: int = 60) -> str:
    """Return `text` as it stands in an address: lower case a-z, 0-9 and hyphens; å ä ö become a a o."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("ø", "o").replace("æ", "a").replace("ß", "ss"))
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:length].strip("-")


def genitive(name: str) -> str:
    """Return the Swedish genitive: names that end in s, x or z take no further s."""
    return name if name[-1:].lower() in {"s", "x", "z"} else f"{name}s"


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """Stored result of `swedish_sort_key`, compared byte by byte on every engine."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
