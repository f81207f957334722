"""Objects that an address names."""

from typing import Any

from samverka.kernel.errors import NotVisible
from samverka.organisations.models import Organisation


def visible_organisation(user: Any, public_id: str) -> Organisation:
    """Return the organisation with that public id, if the person may see it. Raises NotVisible."""
    found: Organisation | None = (
        Organisation.objects.visible_to(user)
        .filter(public_id=public_id)
        .select_related("municipality", "county")
        .first()
    )
    if found is None:
        raise NotVisible
    return found
