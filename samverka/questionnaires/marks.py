"""Fingerprints of parts of a draft: a form carries that of what it was made from, to tell whether it has changed."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from .definition import ChoiceList, Definition, Item, Section
from .document import to_document


def mark_of(found: Item | ChoiceList) -> str:
    """Return the mark of a question, a section (not of what is in it) or a list of choices."""
    own = replace(found, items=()) if isinstance(found, Section) else found
    return _mark(to_document(own))


def head_mark(definition: Definition) -> str:
    """Return the mark of the title and the languages."""
    document = to_document(definition)
    return _mark([document["title"], document["languages"]])


def _mark(document: Any) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
