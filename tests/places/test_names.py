import pytest

from samverka.places.content import rows
from samverka.places.names import municipality_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Falköping", "1499"),
        ("Falköpings kommun", "1499"),
        ("FALKÖPING", "1499"),
        ("  falköpings  kommun ", "1499"),
        ("Falkoping", "1499"),
        ("1499", "1499"),
        ("Malung-Sälen", "2023"),
        ("Malung Sälen", "2023"),
        ("Habo", "0643"),
        ("Håbo", "0305"),
        ("Göteborg", "1480"),
        ("Göteborgs stad", "1480"),
        ("Goteborgs kommun", "1480"),
        ("Malmö kommun", "1280"),
        ("Gotland", "0980"),
        ("Region Gotland", "0980"),
        ("Gotlands kommun", "0980"),
        ("Orusts kommun", "1421"),
        ("Falu kommun", "2080"),
        ("Upplands Bro", "0139"),
        ("Visby", None),
        ("Djursholm", None),
        ("Kommunen", None),
        ("kommun", None),
        ("", None),
    ],
)
def test_name_as_registers_write_it(name: str, code: str | None) -> None:
    assert municipality_code(name) == code


@pytest.mark.parametrize("form", ["short_name", "display_name", "formal_name", "code"])
def test_every_municipality_is_found_by_every_form_of_its_name(form: str) -> None:
    for row in rows("municipalities"):
        assert municipality_code(row[form]) == row["code"]
        assert municipality_code(row[form].upper()) == row["code"]
