"""What waits for a person at an organisation: phases to answer, promises, what was written for it at a meeting.

Each source asks as often for one collaboration as for five thousand, and gives MOST things at most.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, Max, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samverka.accounts.roles import Permission
from samverka.kernel.compiled import compiled
from samverka.kernel.waiting import Waiting, register_waiting
from samverka.organisations.queries import Acting
from samverka.processes.reading import model_version

from .enums import Circle, CollaborationState, InvitationState, PartyState, PhaseAnswer, StepState
from .models import Collaboration, Commitment, Entry, Invitation, Party, PhaseConfirmation, StepChange
from .queries import Seat, waiting_invitations
from .queries.commitments import OPEN, Promise
from .queries.our_list import reached_parties
from .queries.phases import PhaseStanding
from .queries.progress import Progress, progress_of_many
from .querysets import TAKING_PART

#: As many of a kind as a page can hold; the rest is found in the collaborations.
MOST = 50
#: Promises that fall due within this time wait.
SOON = timedelta(days=14)
#: As many words of a question as make one know it again.
FIRST_WORDS = 8


# One thing in words


def answer_to_phase(standing: PhaseStanding, since: Any, organisation: str, collaboration: Collaboration) -> Waiting:
    """Return that a phase waits for the party's word since `since`."""
    phase = standing.phase
    said = _("Säg om fas %(number)s, %(name)s, är klar") % {"number": phase.number, "name": phase.name}
    route = ("phase", organisation, collaboration.public_id, str(phase.number))
    return Waiting(said, collaboration.title, route, _day(since))


def promise_to_keep(promise: Promise, organisation: str, collaboration: Collaboration) -> Waiting:
    """Return that a promise of ours is late or falls due."""
    commitment = promise.commitment
    said = _("Håll åtagandet: %(what)s") % {"what": commitment.what}
    route = ("commitment", organisation, collaboration.public_id, commitment.public_id)
    return Waiting(said, collaboration.title, route, commitment.due_on, due=True, late=promise.days_late > 0)


def text_to_confirm(meeting: str, held_on: Any, organisation: str, collaboration: Collaboration) -> Waiting:
    """Return that something was written for us at a meeting, and waits to be confirmed."""
    route = ("meeting", organisation, collaboration.public_id, meeting)
    return Waiting(_("Läs och bekräfta det som skrevs för er på mötet"), collaboration.title, route, _day(held_on))


def question_to_answer(invitation: Invitation, organisation: str, collaboration: Collaboration) -> Waiting:
    """Return that an invited organisation asks something before it answers, or wants to be rung."""
    name, asked = invitation.party.name, Truncator(" ".join(invitation.reason.split())).words(FIRST_WORDS)
    said = (
        _("Svara på frågan från %(name)s: %(words)s") % {"name": name, "words": asked}
        if invitation.state == InvitationState.ASKED
        else _("%(name)s vill bli uppringd: %(phone)s") % {"name": name, "phone": invitation.answered_phone}
    )
    route = ("collaboration_about", organisation, collaboration.public_id)
    return Waiting(said, collaboration.title, route, _day(invitation.answered_at))


def _day(moment: Any) -> date | None:
    return timezone.localtime(moment).date() if moment else None


# In one collaboration


def waiting_at(seat: Seat, progress: Progress | None, promises: Iterable[Promise]) -> list[Waiting]:
    """Return what waits at one seat, from what its page has read already and one query more."""
    if not seat.writes:
        return []
    organisation, collaboration = seat.acting.organisation.public_id, seat.collaboration
    late = [one for one in promises if one.days_late and seat.party.pk in {owner.pk for owner in one.owners}]
    found = [promise_to_keep(promise, organisation, collaboration) for promise in late]
    for standing in progress.phases.values() if progress else ():
        voice = standing.voice_of(seat.party)
        if voice and voice.silent and seat.acting.has_for(Permission.CONFIRM, seat.party.unit_id):
            found.append(answer_to_phase(standing, voice.asked_at, organisation, collaboration))
    for meeting, held_on in _unconfirmed_by.all(party=seat.party.pk):
        found.append(text_to_confirm(meeting, held_on, organisation, collaboration))
    if any(party.state == PartyState.INVITED for party in seat.parties):
        asking = _asking(Q(inviting_party=seat.party))
        found += [question_to_answer(one, organisation, collaboration) for one in asking]
    return found


def _asking(ours: Q) -> Any:
    """Open invitations of ours to which the invited have asked something first, or left a number to be rung at."""
    waits = Invitation.objects.filter(ours, state__in=[InvitationState.ASKED, InvitationState.CALL_ME])
    waits = waits.filter(expires_at__gt=timezone.now()).exclude(party__collaboration__state=CollaborationState.ENDED)
    return (
        waits.select_related("party__organisation", "party__unit", "party__collaboration")
        .defer("party__collaboration__search_vector")
        .order_by("answered_at")
    )


def _unconfirmed(ours: Q) -> Any:
    """Meetings at which somebody wrote for us what we have not confirmed: a person of another party, whoever began the
    meeting, or one who acts for several of them.
    """
    written = Entry.objects.filter(
        ours, circle=Circle.ALL, meeting__isnull=False, confirmed_at__isnull=True, withdrawn_at__isnull=True
    )
    still = written.exclude(collaboration__state=CollaborationState.ENDED)
    return still.values("meeting__public_id").annotate(held_on=Max("meeting__started_at")).order_by("held_on")


@compiled
def _unconfirmed_by(party: int) -> Any:
    return _unconfirmed(Q(party=party)).values_list("meeting__public_id", "held_on")


# Over all collaborations


@register_waiting
def invitations(acting: Acting) -> list[Waiting]:
    """Return the invitations that nobody has answered."""
    return [
        Waiting(
            _("Svara på inbjudan från %(name)s") % {"name": invitation.inviting_party.name},
            invitation.party.collaboration.title,
            ("answer_invitation", acting.organisation.public_id, invitation.public_id),
            _day(invitation.created_at),
        )
        for invitation in waiting_invitations(acting, most=MOST)
    ]


@register_waiting
def questions(acting: Acting) -> list[Waiting]:
    """Return what those whom we have invited ask, and who of them wants to be rung."""
    if not acting.has(Permission.TAKE_PART):
        return []
    asking = _asking(Q(inviting_party__in=_ours(acting).values("pk")))[:MOST]
    organisation = acting.organisation.public_id
    return [question_to_answer(one, organisation, one.party.collaboration) for one in asking]


@register_waiting
def promises(acting: Acting) -> list[Waiting]:
    """Return the promises of ours that are late or fall due soon."""
    if not acting.has(Permission.TAKE_PART):
        return []
    today, organisation = timezone.localdate(), acting.organisation.public_id
    owned = Commitment.owners.through.objects.filter(party__in=_ours(acting).values("pk"))
    soon = Commitment.objects.filter(OPEN, due_on__lte=today + SOON, pk__in=owned.values("commitment"))
    # Nobody says what became of a promise in what has ended.
    soon = soon.exclude(collaboration__state=CollaborationState.ENDED)
    found = soon.select_related("collaboration").defer("collaboration__search_vector").order_by("due_on", "pk")
    return [promise_to_keep(Promise(one, (), today), organisation, one.collaboration) for one in found[:MOST]]


def _ours(acting: Acting) -> Any:
    return reached_parties(acting, TAKING_PART)


@register_waiting
def texts(acting: Acting) -> list[Waiting]:
    """Return the meetings where others wrote for us what we have not confirmed."""
    rows = _unconfirmed(Q(party__in=_ours(acting).values("pk"))).values_list(
        "meeting__public_id", "held_on", "collaboration__public_id", "collaboration__title"
    )
    organisation = acting.organisation.public_id
    return [
        text_to_confirm(meeting, held_on, organisation, Collaboration(public_id=key, title=title))
        for meeting, held_on, key, title in rows[:MOST]
    ]


@register_waiting
def phases(acting: Acting) -> list[Waiting]:
    """Return the phases that another party has confirmed and ours has not answered."""
    if not acting.has(Permission.CONFIRM):
        return []
    ours = {party.pk: party for party in _ours(acting).filter(_asked())[:MOST]}
    found = _with_parties({party.collaboration_id for party in ours.values()})
    models = {key: model_version(key) for key in {one.model_version_id for one in found if one.model_version_id}}
    progress = progress_of_many(found, models)
    return [
        answer_to_phase(standing, voice.asked_at, acting.organisation.public_id, collaboration)
        for collaboration in found
        for standing in (progress[collaboration.pk].phases.values() if collaboration.pk in progress else ())
        for voice in standing.silent
        if voice.party.pk in ours and acting.has_for(Permission.CONFIRM, voice.party.unit_id)
    ]


def _with_parties(keys: Iterable[int]) -> list[Collaboration]:
    parties = Prefetch("parties", Party.objects.select_related("organisation", "unit"))
    found = Collaboration.objects.filter(pk__in=list(keys)).defer("search_vector", "purpose")
    return list(found.prefetch_related(parties))


def _asked() -> Exists:
    """Parties that may have been asked: others have confirmed a phase that they have said nothing of, or one of whose
    steps has been opened again. Which of them are silent is seen when their phases are read.
    """
    own = PhaseConfirmation.objects.filter(party=OuterRef(OuterRef("pk")), phase=OuterRef("phase"))
    reopened = StepChange.objects.filter(
        collaboration=OuterRef("collaboration"),
        state=StepState.REOPENED,
        step__startswith=Concat(Cast(OuterRef("phase"), CharField()), Value(".")),
    )
    confirmed = PhaseConfirmation.objects.filter(
        collaboration=OuterRef("collaboration"), collaboration__state="active", answer=PhaseAnswer.CONFIRMED
    )
    return Exists(confirmed.exclude(party=OuterRef("pk")).filter(~Exists(own) | Exists(reopened)))
