"""Who may do what for an organisation: each rule asks the person's roles there for one permission."""

from typing import Any

from samverka.accounts.roles import Permission

from .models import Claim, Organisation
from .queries import Acting


def is_member(user: Any, acting: Acting) -> bool:
    """May act for the organisation in any role."""
    return bool(acting.memberships)


def can_edit_facts(user: Any, acting: Acting) -> bool:
    """Facts, units, functions, contacts."""
    return acting.has(Permission.EDIT_FACTS)


def can_manage_members(user: Any, acting: Acting) -> bool:
    """Who may act for the organisation."""
    return acting.has(Permission.MANAGE_MEMBERS)


def can_read_log(user: Any, acting: Acting) -> bool:
    """The organisation's audit trail."""
    return acting.has(Permission.READ_LOG)


def can_take_part(user: Any, acting: Acting) -> bool:
    """Read and write in the organisation's collaborations."""
    return acting.has(Permission.TAKE_PART)


def can_start_collaboration(user: Any, acting: Acting) -> bool:
    """Start a collaboration and invite."""
    return acting.has(Permission.START_COLLABORATION)


def can_follow_collaborations(user: Any, acting: Acting) -> bool:
    """See the organisation's collaborations: those who take part, and the registrar."""
    return acting.has(Permission.TAKE_PART) or acting.has(Permission.READ_SHARED_ALL)


def can_edit_organisation(user: Any, organisation: Organisation) -> bool:
    """Change facts: administrators of the whole organisation, and the host's editors."""
    raise NotImplementedError


def can_answer_claim(user: Any, claim: Claim) -> bool:
    """Confirm a claim: the organisation's own administrators, an administrator of the municipality where it is placed
    (unless it is protected), or the host's editors. Never one's own claim."""
    raise NotImplementedError


def can_answer_correction(user: Any, correction: Any) -> bool:
    """The host's editors and the organisation's administrators."""
    raise NotImplementedError
