"""What the register's index holds of an organisation. Pure: the import uses it for rows that are not yet in the database."""

from collections.abc import Iterable, Mapping

from .place_names import counties, municipalities


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
    """Return the texts by weight. Neither place nor number of a protected organisation finds it (users.md R10).

    A number is found as it is written with and without its hyphen. `municipality` and `county` are codes.
    """
    places = [town, municipalities()[municipality].name if municipality else ""]
    if protected:
        places, number, labels = [], "", ()
    numbers = [number, f"{number[:6]} {number[6:]}"] if number else []
    return {
        "A": [name, *numbers],
        "B": [*places, counties()[county].name if county else ""],
        "C": [*earlier_names, *field_names, umbrella, *labels],
        "D": [description],
    }
