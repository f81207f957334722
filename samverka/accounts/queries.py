"""Reads about persons."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from samverka.kernel.models import AuditEntry

from .models import User

#: What is written in the trail when a host role is given or taken.
ROLE_ACTIONS = ("host_role.given", "host_role.taken", "second_factor.reset")


def person_with_address(address: str) -> User | None:
    """Return the person who signs in with `address`: a confirmed address of theirs, or the one they were made with."""
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    if found is not None:
        return found.user
    return User.objects.filter(email__iexact=address).first()


def host_staff() -> QuerySet[User]:
    """Return the active persons who hold a role of the host, by name."""
    return User.objects.filter(is_active=True).exclude(host_roles=[]).order_by("name", "email")


def host_role_log(most: int = 50) -> QuerySet[AuditEntry]:
    """Return the latest changes of who holds the host's roles, newest first."""
    return AuditEntry.objects.filter(object_kind="user", action__in=ROLE_ACTIONS).order_by("-id")[:most]


def never_signed_in(days: int = 180) -> QuerySet[User]:
    """Return persons made over `days` days ago who never signed in, hold no role and act for nobody."""
    old = timezone.now() - timedelta(days=days)
    unused = User.objects.filter(last_login__isnull=True, created_at__lt=old, host_roles=[], is_active=True)
    return unused.filter(memberships__isnull=True) if _has_memberships() else unused


def _has_memberships() -> bool:
    # The relation comes from an app above; accounts can stand without it.
    return any(relation.name == "memberships" for relation in User._meta.related_objects)


def remembered_for() -> timedelta:
    """Return how long "Kom ihåg mig på den här telefonen" lasts."""
    return timedelta(days=settings.SESSION_REMEMBER_DAYS)
