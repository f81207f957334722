"""What follows here when a person ends their account."""

from django.utils.translation import gettext_lazy as _

from samverka.accounts.hooks import follows_ending, obstacle_to_ending
from samverka.accounts.models import User
from samverka.kernel.errors import Refused

from .actions.members import end_all_roles
from .models import Claim
from .queries import administrators_of, held_roles, members_of


@obstacle_to_ending
def someone_must_take_over(user: User) -> None:
    """An administrator with colleagues hands over first; one without takes the organisation's way in along."""
    for membership in held_roles(user):
        organisation = membership.organisation
        own = administrators_of(organisation)
        if (
            own.filter(user=user).exists()
            and not own.exclude(user=user).exists()
            and members_of(organisation).exclude(user=user).exists()
        ):
            raise Refused(
                _("Du är ensam administratör för %(organisation)s. Ge rollen till en kollega först.")
                % {"organisation": organisation.name}
            )


@follows_ending
def end_roles_and_claims(user: User) -> None:
    """End the person's roles, and forget what they asked for."""
    end_all_roles(user)
    Claim.objects.filter(user=user).delete()
