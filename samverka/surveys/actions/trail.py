"""What the actions of answering share: why a form takes no answers, and the audit rows of one who is asked."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samverka.kernel import audit

from ..enums import AskedState, RoundState
from ..models import Asked


def closed_words(asked: Asked) -> str:
    """Return why the form takes no answers, and what to do."""
    if asked.round.state != RoundState.OPEN:
        return _("Omgången är stängd och tar inte emot svar. Ring den som frågar om ni behöver ändra något.")
    if asked.state == AskedState.DECLINED:
        return _("Ni har sagt att ni avstår. Gå till första sidan om ni vill svara ändå.")
    return _("Svaret är redan inlämnat. Öppna det igen på kvittosidan om ni behöver ändra något.")


def record(action: str, asked: Asked, *, by: Any, changes: Mapping[str, Any] | None = None) -> None:
    """Write an audit row of one who is asked."""
    audit.record(
        action, by=by, kind="asked", object_id=asked.public_id, label=f"{asked.organisation}, {asked.round}",
        organisation=asked.organisation.public_id, changes=changes,
    )  # fmt: skip
