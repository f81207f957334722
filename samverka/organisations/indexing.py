"""What the register's index holds of an organisation."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import connection

from samverka.kernel.search import vector_text

from .place_names import counties, municipalities

if TYPE_CHECKING:
    from .models import Organisation


def search_texts(
    *,
    name: str,
    number: str = "",
    town: str = "",
    municipality: str = "",
    county: str = "",
    labels: Iterable[str] = (),
    umbrella: str = "",
    description: str = "",
    earlier_names: Iterable[str] = (),
    field_names: Iterable[str] = (),
    protected: bool = False,
) -> Mapping[str, Iterable[str]]:
    """Return the texts by weight; pure, since the import asks for rows that are not in the database yet. Neither
    place, number, umbrella nor earlier name of a protected organisation finds it (users.md R10): a name in a
    municipality or a district says where it is.

    A number is found as it is written with and without its hyphen. `municipality` and `county` are codes.
    """
    places = [town, municipalities()[municipality].name if municipality else ""]
    if protected:
        places, number, labels, umbrella, earlier_names = [], "", (), "", ()
    numbers = [number, f"{number[:6]} {number[6:]}"] if number else []
    return {
        "A": [name, *numbers],
        "B": [*places, counties()[county].name if county else ""],
        "C": [*earlier_names, *field_names, umbrella, *labels],
        "D": [description],
    }


def store_index(organisation: "Organisation") -> None:
    """Write search_vector and field_ids of one organisation; call it in the transaction that changed it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisations_organisation SET search_vector = %s::tsvector, field_ids = %s WHERE id = %s",
            [vector_text(organisation.search_parts()), field_ids(organisation), organisation.pk],
        )


def field_ids(organisation: "Organisation") -> list[int]:
    """Return the keys of the organisation's fields and of the fields those are parts of, in order."""
    keys = organisation.fields.values_list("id", "parent_id")
    return sorted({key for pair in keys for key in pair if key is not None})
