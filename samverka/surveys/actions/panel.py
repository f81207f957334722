"""What puts organisations in the panel of a round, mends where they are asked, and takes them out again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused
from samverka.organisations.addresses import email_or_none
from samverka.organisations.models import Organisation, Unit

from ..enums import AskedState, RoundState, SampledBy
from ..models import Asked, Round, Sample
from ..queries.candidates import draw, kinds_of
from ..queries.offices import offices_of
from .checks import require_analyst
from .steps import hold_version, locked_asked, locked_round, note, set_values

_BATCH = 2000
#: As many as a sample may hold.
MOST = 50_000


@dataclass(frozen=True)
class Member:
    """Whom to put in a panel, by keys: an organisation and perhaps one unit of it; the stratum it was drawn from."""

    organisation: int
    unit: int | None = None
    stratum: str = ""


@transaction.atomic
def add_to_panel(*, by: Any, slug: str, members: Iterable[Member]) -> int:
    """Put those in the panel who are not in it; return how many. Each is asked at its best office (`queries.offices`).

    Raises NotAllowed; Refused for a closed round, or somebody of the other side.
    """
    require_analyst(by)
    found = _growing(slug)
    added = _add(found, list(members), None)
    note("round.panel_added", found, by=by, changes={"asked": [None, added]})
    return added


@transaction.atomic
def add_units(*, by: Any, slug: str, units: Iterable[str]) -> int:
    """Put units of bodies in the panel, by their public ids; return how many are new."""
    rows = Unit.objects.current().filter(public_id__in=list(units))
    return add_to_panel(by=by, slug=slug, members=[Member(unit.organisation_id, unit.pk) for unit in rows])


@transaction.atomic
def add_sample(*, by: Any, slug: str, size: int, stratified_by: str = SampledBy.NONE, seed: int) -> Sample:
    """Draw a random sample from the register and put it in the panel; the seed is kept so that it can be told.

    Raises NotAllowed, Refused.
    """
    require_analyst(by)
    found = _growing(slug)
    if not 1 <= size <= MOST:
        raise Refused(_("Skriv ett antal från 1 till %(most)s.") % {"most": MOST}, field="size")
    drawn = draw(found, size=size, stratified_by=stratified_by, seed=seed)
    if not drawn.members:
        raise Refused(_("Det finns ingen kvar att dra: alla som kan frågas är redan i panelen."), field="size")
    sample: Sample = Sample.objects.create(
        round=found, size=len(drawn.members), stratified_by=stratified_by, seed=seed, strata=drawn.strata
    )
    _add(found, [Member(key, stratum=stratum) for key, stratum in drawn.members], sample)
    note("round.sample_drawn", found, by=by, changes={"size": [None, sample.size], "seed": [None, seed]})
    return sample


def _growing(slug: str) -> Round:
    found = locked_round(slug)
    if found.state == RoundState.CLOSED:
        raise Refused(_("Omgången är stängd. Öppna den igen om fler ska frågas."))
    return found


def _add(found: Round, members: Sequence[Member], sample: Sample | None) -> int:
    before = Asked.objects.filter(round=found).count()
    known = Organisation.objects.in_bulk([member.organisation for member in members])
    if any(one.kind not in kinds_of(found.side) for one in known.values()):
        raise Refused(_("I den här omgången frågas bara %(side)s.") % {"side": found.get_side_display().lower()})
    there = [member for member in members if member.organisation in known]
    offices = offices_of((known[member.organisation], member.unit) for member in there)
    rows = [
        Asked(
            round=found, organisation=(one := known[member.organisation]), unit_id=member.unit, sample=sample,
            stratum=member.stratum, function=office.function, email=office.email, phone=office.phone[:60],
            language=one.language if one.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        )
        for member, office in zip(there, offices, strict=True)
    ]  # fmt: skip
    Asked.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    return Asked.objects.filter(round=found).count() - before


@transaction.atomic
def remove_from_panel(*, by: Any, asked_id: str) -> None:
    """Take out one who is not invited yet. Raises NotAllowed; Refused for one who is."""
    require_analyst(by)
    asked = locked_asked(asked_id)
    if asked.state != AskedState.WAITING or asked.invited_at:
        raise Refused(_("Den som är inbjuden kan inte tas bort. Skriv i stället att de avstår."))
    note("round.panel_removed", asked, by=by)
    asked.delete()


@transaction.atomic
def change_address(*, by: Any, asked_id: str, version: int, email: str, phone: str, language: str = "") -> Asked:
    """Set where one is asked. Raises NotAllowed; Refused for what is no address; Conflict when `version` is stale."""
    require_analyst(by)
    asked = locked_asked(asked_id)
    address = email_or_none(email)
    if address is None:
        raise Refused(_("Skriv en e-postadress, till exempel registrator@exempelby.se."), field="email")
    values: dict[str, Any] = {"email": address, "phone": phone.strip()[:60]}
    if language in dict(settings.LANGUAGES):
        values["language"] = language
    hold_version(asked, version, values)
    if changes := set_values(asked, values):
        note("round.address_changed", asked, by=by, changes={name: [None, None] for name in changes})
    return asked
