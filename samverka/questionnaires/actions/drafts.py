"""Drafts from beginning to end: started, undone, discarded, published."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, Refused

from ..checking import faults
from ..definition import Definition
from ..document import from_document, to_document
from ..enums import VersionState
from ..models import Questionnaire, Version
from .checks import check_slug, locked_draft
from .publishing import fingerprint, next_number, refuse_faults, retire_published, tell_published, title_of


@transaction.atomic
def start_draft(
    *, by: Any, slug: str, definition: Definition, based_on: Version | None = None, must_be_new: bool = False
) -> Version:
    """Start a draft of the questionnaire `slug`, made now if it is missing. Raises Refused for a bad slug, where there
    is a draft already, and, with `must_be_new`, where there is such a questionnaire.
    """
    check_slug(slug)
    title = title_of(definition) or slug
    questionnaire, is_new = Questionnaire.objects.get_or_create(slug=slug, defaults={"title": title})
    if must_be_new and not is_new:
        raise Refused(_("Det finns redan ett frågeformulär som heter så. Välj ett annat namn."), field="slug")
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if questionnaire.versions.drafts().exists():
        raise Refused(_("Det finns redan ett utkast. Arbeta vidare i det, eller kasta det först."), field="slug")
    document = to_document(definition)
    draft = Version.objects.create(
        questionnaire=questionnaire,
        number=next_number(questionnaire),
        document=document,
        fingerprint=fingerprint(document),
        based_on=based_on,
        changed_at=timezone.now(),
    )
    audit.record("questionnaire.draft_started", by=by, kind="questionnaire", object_id=slug, label=title)
    return draft


@transaction.atomic
def undo_edit(*, by: Any, draft: Version, state_id: int) -> None:
    """Take back the latest change. Raises Refused when another has come after the one that was shown."""
    draft = locked_draft(draft)
    latest = draft.earlier_states.first()
    if latest is None or latest.pk != state_id:
        raise Refused(_("Utkastet har ändrats sedan sidan öppnades. Se efter vad som är gjort och försök igen."))
    draft.document = latest.document
    draft.fingerprint = fingerprint(latest.document)
    draft.changed_at = timezone.now()
    draft.save(update_fields=["document", "fingerprint", "changed_at"])
    latest.delete()
    audit.record(
        "questionnaire.draft_undone", by=by, kind="questionnaire", object_id=draft.questionnaire.slug,
        label=draft.questionnaire.title, changes={"undone": [f"{latest.kind} {latest.about}".strip(), None]},
    )  # fmt: skip


@transaction.atomic
def discard_draft(*, by: Any, draft: Version) -> None:
    """Throw the draft away, and the questionnaire with it if it has no other version."""
    draft = locked_draft(draft)
    questionnaire = draft.questionnaire
    draft.delete()
    audit.record(
        "questionnaire.draft_discarded", by=by, kind="questionnaire", object_id=questionnaire.slug,
        label=questionnaire.title,
    )  # fmt: skip
    if not questionnaire.versions.exists():
        questionnaire.delete()


@transaction.atomic
def publish_draft(*, by: Any, draft: Version, fingerprint: str) -> Version:
    """Let the draft apply from today; the version before it is retired and kept. `fingerprint` is that of the draft
    whose consequences were read. Raises Conflict when it has changed since, Refused when it has faults or says nothing
    new.
    """
    Questionnaire.objects.select_for_update().get(pk=draft.questionnaire_id)
    draft = locked_draft(draft)
    if draft.fingerprint != fingerprint:
        raise Conflict(_("Utkastet har ändrats sedan sidan öppnades. Läs igenom det igen innan du publicerar."))
    definition = from_document(draft.document)
    refuse_faults(faults(definition))
    questionnaire = draft.questionnaire
    if questionnaire.versions.published().with_fingerprint(draft.fingerprint).exists():
        raise Refused(_("Utkastet säger detsamma som den version som gäller. Det finns inget att publicera."))
    later = questionnaire.versions.exclude(pk=draft.pk)
    draft.number = max([draft.number, *(number + 1 for number in later.values_list("number", flat=True))])
    retire_published(questionnaire)
    draft.state, draft.published_on = VersionState.PUBLISHED, timezone.localdate()
    draft.earlier_states.all().delete()
    draft.save(update_fields=["number", "state", "published_on"])
    tell_published(version=draft, title=title_of(definition), by=by)
    return draft
