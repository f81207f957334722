"""Questionnaires as they are read: the definition of a version, made once for each process."""

from functools import lru_cache

from .definition import Definition
from .document import from_document
from .engine import Engine
from .enums import VersionState
from .models import Version


def published_version(slug: str) -> Version | None:
    """Return the version of the questionnaire that applies now, or None."""
    found: Version | None = Version.objects.published().filter(questionnaire__slug=slug).first()
    return found


def draft_of(slug: str) -> Version | None:
    """Return the draft of the questionnaire, or None."""
    found: Version | None = (
        Version.objects.drafts().select_related("questionnaire").filter(questionnaire__slug=slug).first()
    )
    return found


def definition_of(version: Version) -> Definition:
    """Return what a version says; a draft may have faults, so no engine is made of it."""
    if version.state == VersionState.DRAFT:
        return from_document(version.document)
    return _engine(version.pk, version.fingerprint).definition


def engine_of(version: Version) -> Engine:
    """Return the engine that evaluates answers to a version."""
    return _engine(version.pk, version.fingerprint)


@lru_cache(maxsize=32)
def _engine(pk: int, fingerprint: str) -> Engine:
    """Build it; a draft that changes has another fingerprint."""
    return Engine(from_document(Version.objects.values_list("document", flat=True).get(pk=pk)))
