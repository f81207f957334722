import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.organisations.numbers import as_written, read


@pytest.mark.parametrize(
    ("text", "number", "status"),
    [
        ("", "", "none"),
        ("  -  ", "", "none"),
        ("802434-8610", "8024348610", "valid"),
        ("16802434-8610", "8024348610", "valid"),
        ("168024348610", "8024348610", "valid"),
        ("SE-ON-802434-8610", "8024348610", "valid"),
        ("Org.nr 802434–8610", "8024348610", "valid"),
        ("802434 8610", "8024348610", "valid"),
        ("802123-4567", "", "wrong_check_digit"),
        ("80243486", "", "malformed"),
        ("saknas", "", "malformed"),
        ("٨٠٢٤٣٤٨٦١٠", "", "malformed"),
        ("640823-3234", "", "personal"),
        ("19640823-3234", "", "personal"),
        ("640823-3235", "", "personal"),
        ("701083-2391", "", "personal"),
        ("pnr 640823-3234", "", "personal"),
        ("640823+3234", "", "personal"),
    ],
)
def test_read(text: str, number: str, status: str) -> None:
    found = read(text)
    assert (found.number, found.status) == (number, status)


def test_personal_number_is_not_kept() -> None:
    for text in ("640823-3234", "196408233234", "Anna 640823-3234 ordf."):
        assert read(text).stated == ""


def test_wrong_number_is_kept_as_stated() -> None:
    assert read(" 802123 - 4567 ").stated == "802123 - 4567"


@given(st.text(max_size=80))
def test_any_text_can_be_stored(text: str) -> None:
    found = read(text)
    assert len(found.stated) <= 40
    assert found.number == "" or (len(found.number) == 10 and found.number.isdigit())


def test_as_written() -> None:
    assert as_written("8024348610") == "802434-8610"
    assert as_written("") == ""
