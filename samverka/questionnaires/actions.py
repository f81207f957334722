"""What changes questionnaires. Who may is asked by whoever calls: roles are not known on this line of the map."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.content import register_loader
from samverka.kernel.errors import Refused

from .checking import Fault, faults
from .content import shipped_questionnaires
from .definition import Definition
from .document import to_document
from .enums import VersionState
from .models import SLUG, Questionnaire, Version


@register_loader("questionnaires", order=35)
def load_questionnaires() -> int:
    """Publish the questionnaires of content/ that differ from what is published; return how many versions."""
    done = [
        publish_definition(by=None, slug=slug, definition=definition)
        for slug, definition in shipped_questionnaires().items()
    ]
    return sum(published.is_new for published in done)


@dataclass(frozen=True)
class Published:
    """The version that applies now, and whether it is new."""

    version: Version
    is_new: bool


@transaction.atomic
def publish_definition(*, by: Any, slug: str, definition: Definition) -> Published:
    """Publish `definition` as a new version of the questionnaire `slug`, made now if it is missing, unless it is what
    is published already. The version it replaces is retired and kept. Raises Refused for a bad slug or definition.
    """
    _check(slug, faults(definition))
    title = definition.text(definition.title, definition.language)[:200]
    questionnaire, _new = Questionnaire.objects.get_or_create(slug=slug, defaults={"title": title})
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    document = to_document(definition)
    mark = fingerprint(document)
    versions = questionnaire.versions.all()
    if published := versions.filter(state=VersionState.PUBLISHED, fingerprint=mark).first():
        return Published(published, is_new=False)
    versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        state=VersionState.PUBLISHED,
        published_on=timezone.localdate(),
        document=document,
        fingerprint=mark,
    )
    Questionnaire.objects.filter(pk=questionnaire.pk).update(title=title)
    audit.record(
        "questionnaire.published", by=by, kind="questionnaire", object_id=slug, label=title,
        changes={"version": [None, version.number]},
    )  # fmt: skip
    return Published(version, is_new=True)


def fingerprint(document: dict[str, Any]) -> str:
    """Return the SHA-256 of a document."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _check(slug: str, found: Sequence[Fault]) -> None:
    if len(slug) > 60 or not re.match(SLUG, slug):
        raise Refused(_("Namnet får bara ha a–z, siffror och bindestreck, högst 60 tecken: kartlaggning-2027."))
    if found:
        told = "\n".join(f"{fault.where}: {fault.reason}" if fault.where else fault.reason for fault in found)
        raise Refused(told)
