"""Organisations beside something else, a role or a party: who they are, and not all that their own page tells."""

from typing import Any

#: What is read of an organisation that stands beside something else. The rest is fetched by itself where it is used.
_WHO = (
    "public_id", "name", "genitive", "sort_key", "kind", "also_region", "state", "protected", "invented", "email",
    "email_public", "phone", "municipality", "county", "language", "version",
)  # fmt: skip


def with_names(rows: Any) -> Any:
    """Return `rows` (of a model with `organisation` and `unit`) with both, in one query, and nothing that is long.

    Three quarters of an organisation's columns are left out: putting them in the statement costs as much as asking it.
    """
    own = (field.name for field in rows.model._meta.concrete_fields)
    return rows.select_related("organisation", "unit").only(*own, *(f"organisation__{name}" for name in _WHO))


def fetch_rest(organisation: Any) -> None:
    """Fetch what `with_names` left out, in one query, for a page that shows all of the organisation."""
    if missing := organisation.get_deferred_fields() - {"search_vector"}:
        organisation.refresh_from_db(fields=sorted(missing))
