"""Reads of collaborations. One query says who may read what (users.md R1); nothing else fetches entries."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from samverka.accounts.roles import ROLES, Permission

from .enums import Circle


def _roles_with(*permissions: Permission) -> list[str]:
    return [role.code for role in ROLES.values() if role.may.intersection(permissions)]


TAKING_PART = _roles_with(Permission.TAKE_PART)
FOLLOWING = _roles_with(Permission.TAKE_PART, Permission.READ_SHARED_ALL)


def _memberships(user: Any, role_codes: list[str]) -> models.QuerySet[Any]:
    """Memberships of `user` that hold now and reach the outer party: its whole organisation, or its very unit."""
    return (
        apps.get_model("organisations.Membership")
        .objects.filter(user=user.pk, role__in=role_codes, organisation=OuterRef("organisation"))
        .filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
        .filter(Q(unit__isnull=True) | Q(unit=OuterRef("unit")))
    )


class PartyQuerySet(models.QuerySet[Any]):
    """Parties."""

    def of_person(self, user: Any, role_codes: list[str] | None = None) -> "PartyQuerySet":
        """The parties that this person writes for (or, with FOLLOWING, may follow)."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(Exists(_memberships(user, role_codes or TAKING_PART)))


class GuestQuerySet(models.QuerySet[Any]):
    """Guests: they read what all parties read, until a day."""

    def current(self) -> "GuestQuerySet":
        """Those who may read today."""
        return self.filter(ended_at__isnull=True, until__gte=timezone.localdate())

    def of_person(self, user: Any) -> "GuestQuerySet":
        """Those that this person is, today."""
        return self.current().filter(user=user.pk) if getattr(user, "is_authenticated", False) else self.none()


def _guests_of(user: Any) -> GuestQuerySet:
    guests: GuestQuerySet = apps.get_model("collaborations.Guest").objects.of_person(user)
    return guests


class CollaborationQuerySet(models.QuerySet[Any]):
    """Collaborations."""

    def locked(self) -> "CollaborationQuerySet":
        """The row as it is now, for whoever writes in it: others who do so wait. Taken before any row that belongs to
        it. The key is not locked, so that rows which only point to it can still be added meanwhile.
        """
        return self.select_for_update(no_key=True, of=("self",))

    def visible_to(self, user: Any) -> "CollaborationQuerySet":
        """Those where the person takes part, or follows as registrar or reader, for a party that has joined; and
        those that the person reads as a guest.
        """
        party = apps.get_model("collaborations.Party")
        mine = party.objects.of_person(user, FOLLOWING).filter(collaboration=OuterRef("pk"), state="active")
        as_guest = _guests_of(user).filter(collaboration=OuterRef("pk"))
        return self.filter(Exists(mine) | Exists(as_guest))

    def under_way(self) -> "CollaborationQuerySet":
        """Those that go on today. One put in afterwards has no one who ends it: its last day does."""
        past = Q(recorded_later=True, ends_on__lt=timezone.localdate())
        return self.filter(state="active").exclude(past)


class AttachmentQuerySet(models.QuerySet[Any]):
    """Files beside entries."""

    def read_from(self, seat: Any) -> "AttachmentQuerySet":
        """Those beside texts that are read from the seat; of the struck ones those whose text the person could read
        when they were struck.
        """
        read = Q(withdrawn_at__isnull=True) | Q(struck_in=Circle.ALL)
        if seat.takes_part:
            own = Q(entry__party=seat.party)
            read |= own & (Q(struck_in=Circle.PARTY) | Q(struck_in=Circle.AUTHOR, entry__author=seat.user.pk))
        return self.filter(read)


class EntryQuerySet(models.QuerySet[Any]):
    """Entries: the one query behind every page, export and count."""

    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Those in whose circle the person stands.

        All parties: whoever takes part, follows, or is a guest. One party: whoever takes part for that party. Only I:
        the author, while taking part. A host role gives nothing.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        party = apps.get_model("collaborations.Party").objects.filter(state="active")
        in_collaboration = Q(collaboration=OuterRef("collaboration"))
        follows = party.of_person(user, FOLLOWING).filter(in_collaboration)
        as_guest = _guests_of(user).filter(in_collaboration)
        own_party = party.of_person(user, TAKING_PART).filter(pk=OuterRef("party"))
        return self.filter(
            Q(Exists(follows) | Exists(as_guest), circle=Circle.ALL)
            | Q(Exists(own_party), circle=Circle.PARTY)
            | Q(Exists(own_party), circle=Circle.AUTHOR, author=user.pk)
        )

    def read_from(self, seat: Any) -> "EntryQuerySet":
        """The same for a person whose seat has been asked for, and so proven: what all parties read there, what that
        party reads when the person takes part for it, and the person's own drafts. Asks nothing of memberships again;
        a test holds it to `visible_to` for every person.
        """
        all_read, own = Q(circle=Circle.ALL), Q(party=seat.party)
        if seat.takes_part:
            all_read |= own & (Q(circle=Circle.PARTY) | Q(circle=Circle.AUTHOR, author=seat.user.pk))
        return self.filter(all_read, collaboration=seat.collaboration)

    def shown_at(self, meeting: Any) -> "EntryQuerySet":
        """What stood on the screen at a meeting: having been there is ground enough to get it afterwards."""
        together = Q(joint=True, question__in=meeting.questions)
        return self.filter(Q(meeting=meeting) | together, collaboration=meeting.collaboration_id, circle=Circle.ALL)

    def shared(self) -> "EntryQuerySet":
        """Those that all parties read."""
        return self.filter(circle=Circle.ALL)

    def newest_first(self) -> "EntryQuerySet":
        """In the order a reader wants to see what is new."""
        return self.order_by(F("changed_at").desc(), "-pk")
