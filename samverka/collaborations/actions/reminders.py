"""Reminders to parties that have not said whether a phase is done: at 7 and at 21 days, once each (users.md R13)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from samverka.accounts.models import User
from samverka.kernel.mail import outbox
from samverka.organisations.queries import administrators_of
from samverka.processes.reading import model_version

from ..emails_progress import callable_contacts, phase_unanswered
from ..enums import CollaborationState, PhaseAnswer
from ..models import Collaboration, Party, PhaseReminder
from ..queries.phases import PhaseStanding, PhaseVoice
from ..queries.progress import progress_of_many
from .trail import record_for_parties

#: After how many days of silence.
DAYS = (7, 21)
_BATCH = 200


def remind_silent_parties() -> int:
    """Remind every party that is due, each in a transaction of its own; return how many were."""
    return sum(_remind(party, standing, voice) for party, standing, voice in _silent())


def _silent() -> Iterator[tuple[Party, PhaseStanding, PhaseVoice]]:
    asked = Collaboration.objects.filter(
        state=CollaborationState.ACTIVE,
        phase_confirmations__answer=PhaseAnswer.CONFIRMED,
        phase_confirmations__at__lte=timezone.now() - timedelta(days=min(DAYS)),
    )
    keys = sorted(set(asked.values_list("pk", flat=True)))
    for start in range(0, len(keys), _BATCH):
        yield from _silent_in(keys[start : start + _BATCH])


def _silent_in(keys: list[int]) -> Iterator[tuple[Party, PhaseStanding, PhaseVoice]]:
    parties = Prefetch("parties", Party.objects.select_related("organisation", "unit", "collaboration"))
    found = list(Collaboration.objects.filter(pk__in=keys).prefetch_related(parties))
    models = {key: model_version(key) for key in {one.model_version_id for one in found if one.model_version_id}}
    for progress in progress_of_many(found, models).values():
        for standing in progress.phases.values():
            for voice in standing.silent:
                yield voice.party, standing, voice


def due_reminder(asked_at: datetime, now: datetime) -> int:
    """Return which reminder is due, 7 or 21, or 0 for none yet. The later one is not followed by the earlier."""
    return max((days for days in DAYS if now - asked_at >= timedelta(days=days)), default=0)


@transaction.atomic
def _remind(party: Party, standing: PhaseStanding, voice: PhaseVoice) -> bool:
    phase, asked_at = standing.phase.number, voice.asked_at
    days = due_reminder(asked_at, timezone.now()) if asked_at else 0
    if asked_at is None or not days:
        return False
    _row, new = PhaseReminder.objects.get_or_create(party=party, phase=phase, asked_at=asked_at, days=days)
    if new:
        _mail(party, standing)
        changes = {"organisation": party.name, "phase": phase}
        record_for_parties("phase.reminded", by=None, collaboration=party.collaboration, changes=changes, moves=False)
    return new


def _mail(party: Party, standing: PhaseStanding) -> None:
    collaboration = party.collaboration
    confirmed = [voice.party for voice in standing.confirmed]
    answering = callable_contacts([party for party in confirmed if not party.organisation.protected])
    for user in reminded(party):
        outbox.send(
            phase_unanswered(collaboration, party, standing, user),
            to=user.email,
            language=user.language,
            organisation=party.organisation.public_id,
            reply_to=[contact.email for contact in answering],
            thread=f"collaboration.{collaboration.public_id}",
        )


def reminded(party: Party) -> list[User]:
    """Return the party's contact and deputy, as far as they still take part; where none does, its administrators."""
    named = [key for key in (party.contact_id, party.deputy_id) if key]
    people = User.objects.filter(pk__in=named, is_active=True).order_by("pk")
    taking_part = [user for user in people if Party.objects.filter(pk=party.pk).of_person(user).exists()]
    if taking_part:
        return taking_part
    held = administrators_of(party.organisation, unit=party.unit)
    return list({membership.user_id: membership.user for membership in held if membership.user.is_active}.values())
