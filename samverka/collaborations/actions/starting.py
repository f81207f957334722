"""Starting a collaboration: with those who are invited at once, or alone as a preparation (users.md R6)."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from samverka.accounts.roles import Permission
from samverka.kernel.errors import NotAllowed
from samverka.organisations.models import Unit
from samverka.organisations.queries import Acting
from samverka.processes.reading import SHIPPED, ModelView, published_model

from ..enums import PartyState
from ..facts import Facts
from ..models import Collaboration, Party
from ..queries import Seat
from ..rules import can_set_diary_number
from .checks import hold
from .facts import make_collaboration
from .inviting import Asked, invite
from .settling import settle
from .trail import record_for_parties

__all__ = ["Asked", "Facts", "begin_party", "set_diary_number", "settle", "start_collaboration"]


@transaction.atomic
def start_collaboration(
    *,
    by: Acting,
    facts: Facts,
    unit: Unit | None,
    invited: Sequence[Asked] = (),
    chosen_steps: Iterable[str] = (),
    language: str = "sv",
    invented: bool = False,
) -> tuple[Collaboration, list[str]]:
    """Start a collaboration for the organisation acted for; without `invited` it is a preparation.

    `chosen_steps` are the codes that one wants to begin with; unknown ones are passed over. Returns it and the links'
    secrets, one for each who is invited. Raises NotAllowed without the permission, Refused when an organisation
    invites itself, when a fact cannot stand or a limit is reached.
    """
    model = published_model(SHIPPED)
    collaboration = make_collaboration(
        facts,
        language=language,
        created_by=by.user,
        invented=invented,
        model_version_id=model.pk if model else None,
        chosen_steps=_known_steps(model, chosen_steps),
    )
    own = begin_party(by=by, collaboration=collaboration, unit=unit)
    record_for_parties("collaboration.started", by=by.user, collaboration=collaboration)
    tokens = [invite(own, by.user, asked) for asked in invited]
    settle(collaboration)
    return collaboration, tokens


def begin_party(*, by: Acting, collaboration: Collaboration, unit: Unit | None) -> Party:
    """Seat the organisation acted for. Raises NotAllowed for who may not start for that unit."""
    if not by.has_for(Permission.START_COLLABORATION, unit.pk if unit else None):
        raise NotAllowed
    party: Party = Party.objects.create(
        collaboration=collaboration,
        organisation=by.organisation,
        unit=unit,
        state=PartyState.ACTIVE,
        contact=by.user,
        joined_at=timezone.now(),
    )
    return party


def _known_steps(model: ModelView | None, codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    return [step.code for step in model.steps if step.code in wanted] if model else []


@transaction.atomic
def set_diary_number(*, by: Seat, diary_number: str) -> None:
    """Set the party's own diary number of the matter. Raises NotAllowed."""
    hold(by)
    if not can_set_diary_number(by.user, by):
        raise NotAllowed
    party = Party.objects.select_for_update().get(pk=by.party.pk)
    before, party.diary_number = party.diary_number, diary_number
    party.save(update_fields=["diary_number"])
    record_for_parties(
        "collaboration.diary_number_set",
        by=by.user,
        collaboration=by.collaboration,
        changes={"diary_number": [before, diary_number]},
    )
