"""Guests: somebody outside the parties who reads what all of them read, until a day."""

import datetime
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samverka.accounts.models import User
from samverka.accounts.queries import person_with_address
from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.actions.checks import office_email, one_line

from ..emails import GuestInvited
from ..enums import NoticeKind
from ..models import Guest
from ..notices import tell
from ..queries import Seat, follows
from ..rules import can_end_guest, can_invite_guest
from .checks import hold
from .trail import record_for_parties

#: As long as somebody may read on one invitation.
LONGEST = timedelta(days=366)
GUESTS_A_DAY = 20


@transaction.atomic
def invite_guest(*, by: Seat, email: str, name: str, role: str, until: datetime.date) -> Guest:
    """Let the person with that address read until a day, mail the person, and tell the other parties.

    Who has no account gets in by signing in with the address. Raises NotAllowed, Refused naming the field.
    """
    # Of two who invite the same person at once, the second sees what the first did.
    hold(by)
    if not can_invite_guest(by.user, by):
        raise NotAllowed
    if by.alone:
        raise Refused(_("Gäster kan bjudas in när en part till har tackat ja. Före det finns inget delat att läsa."))
    address = office_email(email)
    _check(name, role, until)
    allow(f"guest:{by.user.pk}", most=GUESTS_A_DAY, within=timedelta(days=1))
    guest = Guest.objects.create(
        collaboration=by.collaboration,
        user=_person(by, address, name),
        invited_as=address,
        role=one_line(role)[:120],
        inviting_party=by.party,
        invited_by=by.user,
        until=until,
    )
    record_for_parties(
        "collaboration.guest_invited",
        by=by.user,
        collaboration=by.collaboration,
        changes={"guest": f"{one_line(name)} ({address})", "role_of_guest": guest.role, "until": until.isoformat()},
    )
    _tell_guest(by, guest)
    tell(NoticeKind.GUEST_READS, by=by, about=guest)
    return guest


def _check(name: str, role: str, until: datetime.date) -> None:
    today = timezone.localdate()
    if not one_line(name):
        raise Refused(_("Skriv gästens namn, så att de andra parterna vet vem som läser."), field="name")
    if not one_line(role):
        raise Refused(_("Skriv varför personen får läsa."), field="role")
    if until < today:
        raise Refused(_("Sista dagen har redan varit."), field="until")
    if until > today + LONGEST:
        raise Refused(_("En gäst kan läsa högst ett år i taget."), field="until")


def _person(by: Seat, address: str, name: str) -> Any:
    """Return the person with that address, made now if need be; refuse who reads already."""
    user = person_with_address(address)
    if user is None:
        return User.objects.create_user(address, name=one_line(name)[:150])
    if not user.is_active:
        raise Refused(_("Kontot med den adressen är avslutat."), field="email")
    of_person = by.collaboration.guests.filter(user=user, ended_at__isnull=True)
    if of_person.current().exists() or follows(user, by.collaboration):
        raise Refused(_("Personen läser redan här."), field="email")
    # One whose last day has passed makes room for a new invitation.
    of_person.update(ended_at=timezone.now())
    return user


def _tell_guest(by: Seat, guest: Guest) -> None:
    with translation.override(guest.user.language):
        until, url = date_format(guest.until, "j F Y"), site_address("guest_reading", by.collaboration.public_id)
    mail = GuestInvited(
        title_of_collaboration=by.collaboration.title,
        inviting_party=by.party.name,
        inviting_person=str(by.user),
        inviting_phone=by.user.phone,
        role=guest.role,
        until=until,
        address=guest.invited_as,
        guest_url=url,
        discreet=by.is_sensitive,
    )
    outbox.send(
        mail,
        to=guest.invited_as,
        language=guest.user.language,
        organisation=by.acting.organisation.public_id,
        reply_to=by.user.email,
    )


@transaction.atomic
def end_guest(*, by: Seat, guest_id: str) -> None:
    """Let a guest read no more, at once. Raises NotVisible, NotAllowed."""
    hold(by)
    guests = Guest.objects.select_for_update(of=("self",)).select_related("user")
    guest = guests.filter(public_id=guest_id, collaboration=by.collaboration, ended_at__isnull=True).first()
    if guest is None:
        raise NotVisible
    if not can_end_guest(by, guest):
        raise NotAllowed
    guest.ended_at = timezone.now()
    guest.save(update_fields=["ended_at"])
    record_for_parties(
        "collaboration.guest_ended", by=by.user, collaboration=by.collaboration, changes={"guest": guest.called}
    )
