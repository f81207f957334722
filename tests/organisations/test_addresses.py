import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.organisations.addresses import email_or_none, looks_private, masked, web_address_or_none, web_label


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("", ""),
        ("www.exempel.se", "https://www.exempel.se"),
        ("exempel.se/om oss", "https://exempel.se/omoss"),
        ("HTTP://Exempel.se", "HTTP://Exempel.se"),
        ("//exempel.se", "https://exempel.se"),
        ("räksmörgås.se", "https://räksmörgås.se"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.se", None),
        ("a@b.se", None),
        ("finns ej", None),
        ("http://", None),
        ("http://user:pass@exempel.se", None),
        ('https://exempel.se/"><script>', None),
        ("http://exempel.se:99999999/", None),
        ("http://[::1", None),
    ],
)
def test_web_address(stated: str, kept: str | None) -> None:
    assert web_address_or_none(stated) == kept


@given(st.text(max_size=60))
def test_any_web_address_is_refused_or_opens_with_http(text: str) -> None:
    kept = web_address_or_none(text)
    assert kept is None or kept == "" or kept.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("info@byalaget.se", False),
        ("kansli@byalaget.se", False),
        ("styrelsen@byalaget.se", False),
        ("registrator@exempelby.se", False),
        ("fritidsnamnden@exempelby.se", False),
        ("anna.ek@byalaget.se", True),
        ("info@gmail.com", True),
        ("byalaget@hotmail.se", True),
        ("infomariaek@byalaget.se", True),
    ],
)
def test_looks_private(address: str, private: bool) -> None:
    assert looks_private(address) is private


def test_email_is_kept_in_small_letters() -> None:
    assert email_or_none(" Info@Exempel.SE ") == "info@exempel.se"
    assert email_or_none("info at exempel") is None
    assert email_or_none("") == ""


def test_labels_and_masks() -> None:
    assert web_label("https://www.exempel.se/") == "exempel.se"
    assert masked("folke@gmail.com") == "f…@g….com"
