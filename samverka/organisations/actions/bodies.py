"""New organisations made by persons."""

from collections.abc import Mapping
from typing import Any

from ..models import Organisation


def add_organisation(*, by: Any, values: Mapping[str, Any], person_role: str = "") -> Organisation:
    """Add an organisation that the register lacks (`values`: keys of facts.FACTS, name and kind at least).

    A civil one by anyone signed in: the person becomes its administrator at once, it is marked unconfirmed, and a claim waits for someone
    who can confirm. A public body by an editor only (no membership). Show `queries.similar_organisations` first. Raises NotAllowed, Refused, TooMany.
    """
    raise NotImplementedError
