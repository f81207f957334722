"""Texts under content/ that are read as they are and become no rows: YAML files in both languages.

A text is either the same in both languages or has the keys sv and en.
"""

import functools
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language


def content_texts(name: str) -> Any:
    """Return content/<name> with each text in the reader's language. What is returned is shared: do not change it."""
    return _content(name, (get_language() or "sv").split("-")[0])


@functools.lru_cache(maxsize=64)
def _content(name: str, language: str) -> Any:
    content = yaml.safe_load((settings.CONTENT_DIR / name).read_text(encoding="utf-8"))
    return in_language(content, language)


def in_language(value: Any, language: str) -> Any:
    """Return `value` with each {sv, en} in it replaced by its text in `language`; Swedish where that is missing."""
    if isinstance(value, dict):
        if value.keys() == {"sv", "en"}:
            return value[language] if language in value else value["sv"]
        return {key: in_language(part, language) for key, part in value.items()}
    return [in_language(part, language) for part in value] if isinstance(value, list) else value
