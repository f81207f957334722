"""The steps that every action shares: lock the row, hold the version, write what changed and its audit row."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.organisations.indexing import store_index
from samverka.organisations.models import Organisation
from samverka.organisations.revision import touch_register

Row = TypeVar("Row", bound=Model)
CHANGED_MEANWHILE = _("Någon annan har ändrat uppgifterna medan du skrev. Inget är sparat än. Jämför och spara igen.")


def require(allowed: bool) -> None:
    """Raise NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed


def refuse(message: Any, *, field: str = "") -> Refused:
    """Return a Refused whose details name the form field that is wrong."""
    return Refused(message, field=field)


def locked(row: Row) -> Row:
    """Return the row as it is now, locked until the transaction ends."""
    found: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    return found


def hold_version(row: Any, version: int, values: Mapping[str, Any]) -> None:
    """Raise Conflict when `row` is past `version`: `theirs` and `yours` hold, by field, what stands and what was
    sent, as text.
    """
    if row.version == version:
        return
    differing = {name: value for name, value in values.items() if as_text(_value(row, name)) != as_text(value)}
    raise Conflict(
        CHANGED_MEANWHILE,
        theirs={name: as_text(_value(row, name)) for name in differing},
        yours={name: as_text(value) for name, value in differing.items()},
        labels={name: label_of(row, name) for name in differing},
        version=row.version,
    )


def check_names(values: Mapping[str, Any], known: Iterable[str]) -> None:
    """Raise TypeError for a value that the action does not take: a mistake of ours, not of the person's."""
    if unknown := set(values) - set(known):
        raise TypeError(f"not among the facts: {', '.join(sorted(unknown))}")


def apply(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set plain values on `row` (unsaved); return what changed, as the audit trail holds it."""
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    return audit.changed_fields(before, values)


def store(organisation: Organisation) -> None:
    """Save an organisation that has changed: version, time, order and index."""
    organisation.version += 1
    organisation.changed_at = timezone.now()
    organisation.save()
    store_index(organisation)
    touch_register()


def note(
    action: str,
    row: Any,
    *,
    by: Any,
    organisation: Organisation,
    changes: Mapping[str, Any] | None = None,
    label: str = "",
) -> None:
    """Write the audit row, which the organisation's administrators can read."""
    audit.record(
        action,
        by=by,
        kind=row._meta.model_name,
        object_id=row.public_id,
        label=label or str(row),
        organisation=organisation.public_id,
        changes=changes,
    )


def label_of(row: Any, name: str) -> str:
    """Return what a field is called on the page."""
    return str(row._meta.get_field(name).verbose_name).capitalize()


def as_text(value: Any) -> str:
    """Return a value as it reads beside another, in a conflict."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("ja")) if value else str(_("nej"))
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(item) for item in value))
    return str(value)


def _value(row: Any, name: str) -> Any:
    if row._meta.get_field(name).many_to_many:
        return list(getattr(row, name).all())
    return getattr(row, name)
