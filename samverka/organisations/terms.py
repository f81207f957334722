"""The terms between a public body and whoever provides the installation, from content/terms.yaml.

Each version stays as it was for as long as somebody may have accepted it; a change is a new version.
"""

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from samverka.kernel.texts import in_language

FILE = "terms.yaml"
#: Stands in the file where the provider's name is put in.
HOST = "{host}"


@dataclass(frozen=True)
class Block:
    """A paragraph, perhaps followed by points."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A numbered part of the terms."""

    number: int
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Terms:
    """One version of the terms, in one language."""

    number: int
    valid_from: datetime.date
    title: str
    lead: str
    sections: tuple[Section, ...]
    language: str

    @property
    def text(self) -> str:
        """All of it as plain text, a line for each paragraph and point."""
        lines = [self.title, self.lead]
        for section in self.sections:
            lines += [section.heading, *(line for block in section.blocks for line in (block.text, *block.points))]
        return "\n".join(lines)


def versions(language: str = "", provider: str = "") -> tuple[Terms, ...]:
    """Return every version, the newest first, in `language` (the reader's unless given), with `provider`'s name in
    them (today's unless given).
    """
    code = (language or get_language() or "sv").split("-")[0]
    return _read(code, provider or settings.HOST_ORGANISATION or _unnamed(code))


def current_terms(language: str = "") -> Terms | None:
    """Return the version that holds today, None when the installation has none."""
    today = timezone.localdate()
    return next((terms for terms in versions(language) if terms.valid_from <= today), None)


def terms_version(number: int, language: str = "", provider: str = "") -> Terms | None:
    """Return the version with that number; `language` and `provider` as for `versions`."""
    return next((terms for terms in versions(language, provider) if terms.number == number), None)


def _unnamed(language: str) -> str:
    with translation.override(language):
        return gettext("den som driver tjänsten")


@functools.lru_cache(maxsize=8)
def _read(language: str, host: str) -> tuple[Terms, ...]:
    path = settings.CONTENT_DIR / FILE
    stated = in_language(yaml.safe_load(path.read_text(encoding="utf-8")), language) if path.exists() else []
    found = [_terms(one, language, host) for one in stated or []]
    return tuple(sorted(found, key=lambda terms: -terms.number))


def _terms(stated: dict[str, Any], language: str, host: str) -> Terms:
    return Terms(
        number=stated["number"],
        valid_from=stated["valid_from"],
        title=stated["title"],
        lead=stated["lead"],
        sections=tuple(
            Section(number, section["heading"], _blocks(section["blocks"], host))
            for number, section in enumerate(stated["sections"], start=1)
        ),
        language=language,
    )


def _blocks(stated: Iterable[Any], host: str) -> tuple[Block, ...]:
    return tuple(_block(one if isinstance(one, dict) else {"text": one}, host) for one in stated)


def _block(stated: dict[str, Any], host: str) -> Block:
    points = tuple(point.replace(HOST, host) for point in stated.get("points", ()))
    return Block(stated["text"].replace(HOST, host), points)
