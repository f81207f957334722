"""What a step leaves behind, said in words. Saving never widens a circle; sharing is its own act (users.md R1)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.search import store_vector
from samverka.processes.reading import StepView

from ..enums import Circle, NoticeKind
from ..left_behind import clean_values, in_lines, in_words
from ..models import Outcome, OutcomeVersion
from ..notices import tell
from ..queries import (
    Seat,
    fields_to_write,
    outcome_to_write,
    outcomes_of,
    stands_on_collaboration,
    values_of,
    version_of,
)
from ..rules import can_share_outcome
from .checks import hold, needs_somebody_to_share_with, needs_terms, needs_writer, refuse_overwriting
from .progress import note_activity
from .trail import record_for_parties


@transaction.atomic
def save_outcome(*, by: Seat, step: str, values: Mapping[str, Any], joint: bool, version: int) -> Outcome:
    """Save what a step leaves behind: what all say together (`joint`, read by all at once), or the party's own.

    `values` are the step's fields by key; `version` is what the form began from (`queries.version_of`). The first time
    it is the party's own it is read by the party; saving it again never changes by whom. Purpose and forms stand on
    the collaboration. Raises NotAllowed, NotVisible for a step that the model lacks, Refused (with `field`), Conflict
    with both texts by field.
    """
    # Two who begin at once: the second waits here and then meets the first one's text as a conflict.
    needs_writer(by)
    view = _step(by, step)
    fields = fields_to_write(by, view, joint=joint)
    if not fields:
        raise Refused(_not_here(by, joint))
    by.collaboration.refresh_from_db()
    said = clean_values(view, fields, values)
    outcome = outcome_to_write(by, step, joint=joint)
    keys = {found.key for found in fields}
    before = {k: v for k, v in values_of(by, view, outcome, joint=joint).items() if k in keys}
    if outcome is not None and said == before:
        return outcome
    if outcome is None and not said:
        raise Refused(_("Det finns inget att spara. Skriv något i någon av rutorna först."))
    current = version_of(by, view, outcome, joint=joint)
    theirs, yours = _both(view, before, said)
    refuse_overwriting(outcome, version, theirs=theirs, yours=yours, current=current)
    if joint or (outcome is not None and outcome.circle == Circle.ALL):
        needs_terms(by)
    rest = _write_on_collaboration(by, view, joint, said)
    outcome = _write(by, outcome, view, joint=joint, keys=keys, rest=rest)
    _keep_version(by, outcome, said)
    _record("outcome.saved", by, outcome, in_words(view, said))
    if outcome.circle == Circle.ALL:
        _tell(by, outcome)
    return outcome


def _step(by: Seat, code: str) -> StepView:
    model = by.model
    view = model.step(code) if model else None
    if view is None:
        raise NotVisible
    return view


def _not_here(by: Seat, joint: bool) -> str:
    if by.alone and joint:
        return _("Det här skriver ni tillsammans när en part till har tackat ja. Till dess skriver ni för er själva.")
    if joint:
        return _("Det här säger varje part för sig.")
    return _("Det här skriver parterna tillsammans.")


def _both(view: StepView, before: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    differing = [found for found in view.leaves.fields if before.get(found.key) != said.get(found.key)]
    theirs = {found.key: "\n".join(in_lines(view, found, before.get(found.key))) for found in differing}
    return theirs, {found.key: "\n".join(in_lines(view, found, said.get(found.key))) for found in differing}


def _write_on_collaboration(by: Seat, view: StepView, joint: bool, said: Mapping[str, Any]) -> dict[str, Any]:
    """Write what stands on the collaboration, when it differs; return the rest."""
    columns = stands_on_collaboration(by, view, joint=joint)
    collaboration = by.collaboration
    changed = []
    for key, column in columns.items():
        value = said.get(key, [] if column == "forms" else "")
        if column == "purpose" and not 0 < len(value) <= 2000:
            raise Refused(_("Syftet behöver stå här, med högst 2000 tecken. Alla som är med läser det."), field=key)
        if getattr(collaboration, column) != value:
            setattr(collaboration, column, value)
            changed.append(column)
    if changed:
        collaboration.version, collaboration.changed_at = collaboration.version + 1, timezone.now()
        collaboration.save(update_fields=[*changed, "version", "changed_at"])
        store_vector(collaboration)
    return {key: value for key, value in said.items() if key not in columns}


def _write(
    by: Seat, outcome: Outcome | None, view: StepView, *, joint: bool, keys: set[str], rest: dict[str, Any]
) -> Outcome:
    now = timezone.now()
    if outcome is None:
        circle = Circle.ALL if joint else Circle.PARTY
        shared = {"shared_at": now, "shared_by": by.user} if joint else {}
        return Outcome.objects.create(
            collaboration=by.collaboration,
            step=view.code,
            party=by.party,
            joint=joint,
            circle=circle,
            values=rest,
            changed_by=by.user,
            changed_at=now,
            **shared,
        )
    # What stands in other fields, from when the party prepared alone, stays.
    outcome.values = {key: value for key, value in outcome.values.items() if key not in keys} | rest
    outcome.party, outcome.changed_by, outcome.changed_at = by.party, by.user, now
    outcome.version += 1
    outcome.save(update_fields=["values", "party", "changed_by", "changed_at", "version"])
    return outcome


def _keep_version(by: Seat, outcome: Outcome, said: Mapping[str, Any]) -> None:
    OutcomeVersion.objects.create(
        outcome=outcome,
        number=outcome.version,
        circle=outcome.circle,
        values={**outcome.values, **said},
        party=by.party,
        by=by.user,
    )


def _record(action: str, by: Seat, outcome: Outcome, text: str) -> None:
    record_for_parties(
        action,
        by=by.user,
        collaboration=by.collaboration,
        only=None if outcome.circle == Circle.ALL else by.party,
        changes={
            "outcome": outcome.public_id,
            "step": outcome.step,
            "circle": outcome.circle,
            "text": audit.hidden_text(text),
        },
    )


@transaction.atomic
def share_outcome(*, by: Seat, outcome_id: str, version: int) -> Outcome:
    """Let all parties read what was the party's own, as it stands in `version`. It never narrows again.

    Raises NotVisible, NotAllowed (only the party itself), Refused when all read it already or nobody is there to
    share with, Conflict when the content is not the one that was shown when the person chose to share.
    """
    # Whoever saves it at the same time holds the collaboration, and what is shared is what was shown.
    hold(by)
    outcome: Outcome | None = outcomes_of(by).filter(public_id=outcome_id).first()
    if outcome is None:
        raise NotVisible
    if outcome.circle == Circle.ALL:
        raise Refused(_("Alla parter kan redan läsa det."))
    needs_somebody_to_share_with(by)
    if not can_share_outcome(by, outcome):
        raise NotAllowed
    if version != outcome.version:
        said = _("Texten har ändrats sedan du öppnade sidan. Läs den igen innan du delar.")
        raise Conflict(said, version=outcome.version)
    outcome.circle, outcome.shared_at, outcome.shared_by = Circle.ALL, timezone.now(), by.user
    outcome.save(update_fields=["circle", "shared_at", "shared_by"])
    OutcomeVersion.objects.filter(outcome=outcome, number=outcome.version).update(circle=Circle.ALL)
    _record("outcome.shared", by, outcome, in_words(_step(by, outcome.step), outcome.values))
    _tell(by, outcome)
    return outcome


def _tell(by: Seat, outcome: Outcome) -> None:
    note_activity(by=by, step=outcome.step)
    tell(NoticeKind.OUTCOME_CHANGED, by=by, about=outcome)
