"""The audit rows of pages."""

from collections.abc import Mapping
from typing import Any

from samverka.kernel import audit

from ..models import Page


def note_page(action: str, page: Page, *, by: Any, changes: Mapping[str, Any] | None = None) -> None:
    """Write the audit row of a page."""
    audit.record(
        action, by=by, kind="page", object_id=page.public_id, label=page.title,
        organisation=page.owner.public_id if page.owner else "", changes=changes,
    )  # fmt: skip
