"""Who may act for an organisation."""

from typing import Any

from ..models import Membership, Organisation, Unit


def grant_role(
    *, by: Any, organisation: Organisation, user: Any, role: str, unit: Unit | None = None, basis: str = ""
) -> Membership:
    """Give a person a role, for the whole organisation or one unit, and mail the person. Granting again returns the same row."""
    raise NotImplementedError


def end_role(*, by: Any, membership: Membership, reason: str = "") -> Membership:
    """End a role now. A person may end their own. Refused for the last administrator of the organisation."""
    raise NotImplementedError


def invite_colleague(
    *, by: Any, organisation: Organisation, email: str, role: str, name: str = "", unit: Unit | None = None, basis: str = ""
) -> Membership:
    """Give the person with that address a role; who has no account gets in by signing in with the address. Mails the person."""
    raise NotImplementedError
