"""Writing and changing what is known of a collaboration."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.search import store_vector

from ..facts import Facts, facts_of, in_words
from ..models import Collaboration
from ..queries import Seat
from .checks import needs_writer
from .trail import record_for_parties


def check_facts(facts: Facts) -> None:
    """Raise Refused, naming the field, for facts that cannot stand."""
    if not facts.title.strip():
        raise Refused(_("Skriv några ord om vad ni ska göra tillsammans."), field="title")
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        raise Refused(_("Sista dagen kan inte komma före den första."), field="ends_on")


def make_collaboration(facts: Facts, **columns: Any) -> Collaboration:
    """Write a new row with these facts. The caller has asked its rule."""
    check_facts(facts)
    collaboration = Collaboration.objects.create(**facts.columns, **columns)
    collaboration.fields.set(facts.fields)
    store_vector(collaboration)
    return collaboration


@transaction.atomic
def change_facts(*, by: Seat, facts: Facts, version: int) -> Collaboration:
    """Change what is known of the collaboration; any party's writer may, and all parties see it in their log.

    Raises NotAllowed, Refused, and Conflict with both texts by field when somebody has saved since `version`.
    """
    needs_writer(by)
    check_facts(facts)
    collaboration: Collaboration = Collaboration.objects.get(pk=by.collaboration.pk)
    before, after = facts_of(collaboration), facts
    if in_words(before) == in_words(after):
        return collaboration
    _hold_version(collaboration, version, in_words(before), in_words(after))
    for name, value in facts.columns.items():
        setattr(collaboration, name, value)
    collaboration.version += 1
    collaboration.changed_at = timezone.now()
    collaboration.save()
    collaboration.fields.set(facts.fields)
    store_vector(collaboration)
    record_for_parties(
        "collaboration.facts_changed", by=by.user, collaboration=collaboration, changes=_changes(before, after)
    )
    return collaboration


def _hold_version(collaboration: Collaboration, version: int, theirs: dict[str, str], yours: dict[str, str]) -> None:
    if collaboration.version != version:
        raise Conflict(
            _("Någon annan har ändrat uppgifterna medan du skrev. Inget är sparat än. Jämför och spara igen."),
            theirs=theirs,
            yours=yours,
            version=collaboration.version,
        )


def _changes(before: Facts, after: Facts) -> dict[str, Any]:
    """Return what changed, in words; of the purpose only that it did."""
    changes = audit.changed_fields(in_words(before), in_words(after))
    if "purpose" in changes:
        changes["purpose"] = audit.hidden_text(after.purpose)  # type: ignore[assignment]
    return changes
