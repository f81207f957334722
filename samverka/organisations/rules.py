"""Who may do what for an organisation: each rule asks the person's roles there for one permission."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission

from .models import Claim, Correction, Organisation, Unit
from .queries import Acting, claims_to_answer, holds, holds_whole


def is_member(user: Any, acting: Acting) -> bool:
    """May act for the organisation in any role."""
    return bool(acting.memberships)


def can_edit_facts(user: Any, acting: Acting) -> bool:
    """The facts of the whole organisation: not for someone limited to a unit."""
    return acting.has_for(Permission.EDIT_FACTS, None)


def can_edit_parts(user: Any, acting: Acting) -> bool:
    """Units, functions and contacts of the organisation or of some unit; `can_edit_part` says which."""
    return acting.has(Permission.EDIT_FACTS)


def can_manage_members(user: Any, acting: Acting) -> bool:
    """Who may act for the organisation or for some unit of it; `can_grant_roles` says which."""
    return acting.has(Permission.MANAGE_MEMBERS)


def can_read_log(user: Any, acting: Acting) -> bool:
    """The organisation's audit trail, which is not divided by unit: not for someone limited to one."""
    return acting.has_for(Permission.READ_LOG, None)


def can_take_part(user: Any, acting: Acting) -> bool:
    """Read and write in the organisation's collaborations."""
    return acting.has(Permission.TAKE_PART)


def can_start_collaboration(user: Any, acting: Acting) -> bool:
    """Start a collaboration and invite."""
    return acting.has(Permission.START_COLLABORATION)


def can_follow_collaborations(user: Any, acting: Acting) -> bool:
    """See the organisation's collaborations: those who take part, and the registrar."""
    return acting.has(Permission.TAKE_PART) or acting.has(Permission.READ_SHARED_ALL)


def can_accept_terms(user: Any, acting: Acting, unit: Unit | None = None) -> bool:
    """Accept the terms for `unit`, or for the whole organisation: those who decide for it."""
    return acting.has_for(Permission.CONFIRM, unit.pk if unit else None)


def can_edit_organisation(user: Any, organisation: Organisation) -> bool:
    """Change facts: administrators of the whole organisation, and the host's editors."""
    return has_host_permission(user, Permission.EDIT_REGISTER) or holds_whole(user, organisation, Permission.EDIT_FACTS)


def can_edit_part(user: Any, organisation: Organisation, unit: Unit | None) -> bool:
    """Change a unit's own facts, functions and contacts: as above, and administrators of that unit."""
    return can_edit_organisation(user, organisation) or holds(user, organisation, Permission.EDIT_FACTS, unit=unit)


def can_grant_roles(user: Any, organisation: Organisation, unit: Unit | None) -> bool:
    """Give and end roles: administrators of the whole; those of a unit only for that unit. The host's roles may not."""
    return holds(user, organisation, Permission.MANAGE_MEMBERS, unit=unit)


def can_answer_claim(user: Any, claim: Claim) -> bool:
    """Confirm a claim: the organisation's own administrators. Where nobody acts for it, or nobody has confirmed it
    yet: an administrator of the municipality where it is placed (a civil one that is not protected), or the host's
    editors. Never one's own claim.
    """
    if user is None or claim.user_id == user.pk:
        return False
    return bool(claims_to_answer(user).filter(pk=claim.pk).exists())


def can_answer_correction(user: Any, correction: Correction) -> bool:
    """The host's editors and the organisation's administrators."""
    return can_edit_organisation(user, correction.organisation)
