"""Audit rows of collaborations: one for each organisation that takes part, so that each can read its own log."""

from typing import Any

from samverka.kernel import audit

from ..models import Collaboration, Party


def record_for_parties(
    action: str,
    *,
    by: Any,
    collaboration: Collaboration,
    only: Party | None = None,
    changes: dict[str, Any] | None = None,
) -> None:
    """Write the act in the log of every active party, or of `only` one when the others may not know of it."""
    parties = [only] if only else list(collaboration.parties.filter(state="active").select_related("organisation"))
    for organisation in {party.organisation for party in parties}:
        audit.record(
            action,
            by=by,
            kind="collaboration",
            object_id=collaboration.public_id,
            label=collaboration.title,
            organisation=organisation.public_id,
            changes=changes,
        )
