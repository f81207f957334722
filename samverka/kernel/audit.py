"""The audit trail: every write with consequences leaves a row, in the same transaction."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.encoding import force_str

from .logs import current_request_id
from .models import AuditEntry

#: Stands as the actor of what the system did by itself or by command.
SYSTEM = "Systemet"


def hidden_text(text: str) -> dict[str, Any]:
    """Return what the trail may hold of a text with a readers' circle: its length and SHA-256, never the text."""
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [old, new]} for the fields of `after` that differ from `before`, as JSON-safe values."""
    return {
        name: [_plain(before.get(name)), _plain(value)] for name, value in after.items() if before.get(name) != value
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else force_str(value)


def entry(
    action: str,
    *,
    by: Any,
    kind: str,
    object_id: str,
    label: str = "",
    organisation: str = "",
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Return an unsaved AuditEntry; `by` is a user or None for the system, `organisation` a public id."""
    return AuditEntry(
        action=action,
        actor_id=getattr(by, "pk", None),
        actor_label=str(by)[:200] if by is not None else SYSTEM,
        organisation_id=organisation,
        object_kind=kind,
        object_id=object_id,
        object_label=label[:300],
        changes=dict(changes or {}),
        request_id=current_request_id(),
    )


def record(action: str, **details: Any) -> AuditEntry:
    """Write one audit row; the arguments are those of `entry`."""
    row = entry(action, **details)
    row.save(force_insert=True)
    return row


def record_many(entries: Iterable[AuditEntry]) -> None:
    """Write many rows (imports) in few statements."""
    AuditEntry.objects.bulk_create(entries, batch_size=2000)
