"""The facts of an organisation."""

from collections.abc import Mapping
from typing import Any

from ..models import Organisation

#: what `change_facts` takes; `kind` from an editor only. `fields` is a list of ActivityField, `municipality` a Municipality or None.
FACTS = (
    "name", "genitive", "kind", "org_number", "municipality", "county", "postal_code", "postal_town", "web_address", "email", "email_public",
    "phone", "description", "language", "founded_year", "fields",
)  # fmt: skip


def change_facts(*, by: Any, organisation: Organisation, version: int, values: Mapping[str, Any]) -> Organisation:
    """Set the facts in `values` (keys of FACTS; those left out stay). The old name is kept as an earlier name.

    For the organisation's administrators and the host's editors. Raises NotAllowed; Refused for a bad number, address or
    name (`details["field"]` names it); Conflict when `version` is stale.
    """
    raise NotImplementedError


def change_state(*, by: Any, organisation: Organisation, state: str, reason: str) -> Organisation:
    """Set State active, dormant or withdrawn, with the reason. Withdrawing is for editors; Refused without a reason or for a body of the content."""
    raise NotImplementedError


def protect_organisation(*, by: Any, organisation: Organisation, reason: str) -> Organisation:
    """Make it a skyddad organisation: only its county shows (users.md R10). Administrators and editors."""
    raise NotImplementedError


def unprotect_organisation(*, by: Any, organisation: Organisation, reason: str) -> Organisation:
    """Let it show as others do. Only its own administrators, or an editor where nobody acts for it; the reason is needed."""
    raise NotImplementedError


def add_relation(*, by: Any, organisation: Organisation, kind: str, other: Organisation) -> Any:
    """Say how `organisation` stands to `other` (RelationKind); returns the Relation."""
    raise NotImplementedError


def end_relation(*, by: Any, relation: Any) -> None:
    """End a relation today."""
    raise NotImplementedError
