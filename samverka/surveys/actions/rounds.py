"""What makes rounds, and what changes the facts of one."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.questionnaires.models import SLUG
from samverka.questionnaires.reading import published_version

from ..enums import RoundMode, RoundState
from ..models import Asked, Round
from .checks import require_analyst
from .steps import hold_version, locked_round, note, set_values

#: The facts of a round that may be set and changed.
FACTS = (
    "title", "previous", "mode", "side", "access", "closes_on", "consulted_with", "consulted_on",
    "consultation_diary_number", "provision", "sender", "diary_number", "contact_name", "contact_email",
    "contact_phone", "at_hand",
)  # fmt: skip
#: Facts that others have built on once somebody has been put in the panel, or the round has opened.
SETTLED = ("mode", "side", "access")
#: Names that addresses of other pages have, at the desk and in public.
_TAKEN = {"ny", "svara", "del", "jamfor", "alla", "organisationer"}


@transaction.atomic
def open_round(*, by: Any, slug: str, questionnaire: str, mode: RoundMode = RoundMode.REAL) -> Round:
    """Open a round of the version that applies now, at once and without a panel. Raises NotAllowed, Refused."""
    require_analyst(by)
    opened = _made(slug, questionnaire, {"mode": mode, "opened_at": timezone.now()})
    audit.record(
        "round.opened", by=by, kind="round", object_id=slug[:40], label=str(opened.version),
        changes={"mode": [None, str(mode)]},
    )  # fmt: skip
    return opened


@transaction.atomic
def prepare_round(*, by: Any, slug: str, questionnaire: str, values: Mapping[str, Any]) -> Round:
    """Prepare a round of the version that applies now, with the facts in `values` (keys of FACTS).

    Raises NotAllowed; Refused for a name that is wrong or taken (`details["field"]` names the field).
    """
    require_analyst(by)
    if unknown := set(values) - set(FACTS):
        raise TypeError(f"no facts of a round: {sorted(unknown)}")
    made = _made(slug, questionnaire, {**values, "state": RoundState.PREPARED})
    note("round.prepared", made, by=by, changes={"questionnaire": [None, str(made.version)]})
    return made


def _made(slug: str, questionnaire: str, values: Mapping[str, Any]) -> Round:
    if len(slug) > 60 or not re.match(SLUG, slug):
        said = _("En omgångs namn får bara ha a–z, siffror och bindestreck, högst 60 tecken: 2027-host.")
        raise Refused(said, field="slug")
    if slug in _TAKEN or Round.objects.filter(slug=slug).exists():
        raise Refused(_("Det finns redan en omgång som heter %(name)s.") % {"name": slug}, field="slug")
    version = published_version(questionnaire)
    if not version:
        said = _("Det finns inget frågeformulär som heter %(name)s.") % {"name": questionnaire}
        raise Refused(said, field="questionnaire")
    made: Round = Round.objects.create(slug=slug, version=version, **values)
    return made


@transaction.atomic
def change_round(*, by: Any, slug: str, version: int, values: Mapping[str, Any]) -> Round:
    """Set the facts in `values` (keys of FACTS; those left out stay).

    Raises NotAllowed; Conflict when `version` is stale; Refused for what others have built on.
    """
    require_analyst(by)
    if unknown := set(values) - set(FACTS):
        raise TypeError(f"no facts of a round: {sorted(unknown)}")
    found = locked_round(slug)
    hold_version(found, version, values)
    if is_settled(found) and any(getattr(found, name) != values.get(name, getattr(found, name)) for name in SETTLED):
        raise Refused(_settled_text())
    if changes := set_values(found, values):
        note("round.changed", found, by=by, changes=changes)
    return found


def is_settled(found: Round) -> bool:
    """Whether it can no longer change who is asked, how they come in, and whether the answers count."""
    return found.state != RoundState.PREPARED or Asked.objects.filter(round=found).exists()


def _settled_text() -> str:
    return _("Vilka som frågas, hur de kommer in och om svaren räknas går inte att ändra när panelen är påbörjad.")
