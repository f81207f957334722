"""Publishing: from content/, from a workbook by command, and what a draft shares with them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samverka.kernel import audit
from samverka.kernel.content import register_loader
from samverka.kernel.errors import Refused

from ..checking import Fault, faults
from ..content import shipped_questionnaires
from ..definition import Definition
from ..document import to_document
from ..enums import VersionState
from ..models import Questionnaire, Version
from .checks import check_slug

log = structlog.get_logger("samverka.questionnaires")


@register_loader("questionnaires", order=35)
def load_questionnaires() -> int:
    """Publish the questionnaires of content/ that differ from what is published; return how many versions.

    Where the host has published an edition of its own, that one stays.
    """
    done = 0
    for slug, definition in shipped_questionnaires().items():
        if Version.objects.published().filter(questionnaire__slug=slug, is_shipped=False).exists():
            log.info("questionnaire.own_edition_kept", slug=slug)
            continue
        done += publish_definition(by=None, slug=slug, definition=definition, is_shipped=True).is_new
    return done


@dataclass(frozen=True)
class Published:
    """The version that applies now, and whether it is new."""

    version: Version
    is_new: bool


@transaction.atomic
def publish_definition(*, by: Any, slug: str, definition: Definition, is_shipped: bool = False) -> Published:
    """Publish `definition` as a new version of the questionnaire `slug`, made now if it is missing, unless it is what
    is published already. The version it replaces is retired and kept. Raises Refused for a bad slug or definition.
    """
    check_slug(slug)
    refuse_faults(faults(definition))
    title = title_of(definition)
    questionnaire, _new = Questionnaire.objects.get_or_create(slug=slug, defaults={"title": title})
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    document = to_document(definition)
    mark = fingerprint(document)
    versions = questionnaire.versions.all()
    if published := versions.filter(state=VersionState.PUBLISHED, fingerprint=mark).first():
        return Published(published, is_new=False)
    number = next_number(questionnaire)
    retire_published(questionnaire)
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=number,
        state=VersionState.PUBLISHED,
        published_on=timezone.localdate(),
        document=document,
        fingerprint=mark,
        is_shipped=is_shipped,
    )
    tell_published(version=version, title=title, by=by)
    return Published(version, is_new=True)


def fingerprint(document: dict[str, Any]) -> str:
    """Return the SHA-256 of a document."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def title_of(definition: Definition) -> str:
    """Return what a questionnaire is called in lists."""
    return definition.text(definition.title, definition.language)[:200]


def next_number(questionnaire: Questionnaire) -> int:
    """Return the number of the next version; a draft's own number moves on when another is published before it."""
    return (questionnaire.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def retire_published(questionnaire: Questionnaire) -> None:
    """Let the version that applies give way."""
    questionnaire.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)


def tell_published(*, version: Version, title: str, by: Any) -> None:
    """Keep the title and leave the audit row."""
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(title=title)
    audit.record(
        "questionnaire.published", by=by, kind="questionnaire", object_id=version.questionnaire.slug, label=title,
        changes={"version": [None, version.number]},
    )  # fmt: skip


def refuse_faults(found: Sequence[Fault]) -> None:
    """Raise Refused with everything that is wrong."""
    if found:
        told = "\n".join(f"{fault.where}: {fault.reason}" if fault.where else fault.reason for fault in found)
        raise Refused(told)
