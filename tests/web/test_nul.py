"""A NUL character is refused wherever it stands: PostgreSQL keeps none in a text."""

import pytest
from django.test import Client

from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/sok/?q=%00",
        "/sok/?slag=organisation%00",
        "/organisationer/?q=%00",
        "/organisationer/?%00=1",
        "/organisationer/ladda-ner.csv?q=a%00b",
        "/inbjudan/%00/",
        "/platser/%00/",
        "/en/sok/?q=%00",
    ],
)
def test_address_with_nul_is_a_bad_request(client: Client, village: Village, address: str) -> None:
    client.force_login(village.karin)
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("address", ["/arbete/%00/", "/arbete/samverkan/%00/", "/redaktion/meddelanden/%00/"])
def test_id_with_nul_is_no_address(client: Client, village: Village, address: str) -> None:
    client.force_login(village.karin)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("end", ["", "organisation/", "samverkan/", "organisation/enheter/"])
def test_what_is_no_id_is_no_address(client: Client, village: Village, end: str) -> None:
    client.force_login(village.karin)
    for wrong in ("%00", "x", "abcdefghij", village.municipality.public_id + "2"):
        assert client.get(f"/arbete/{wrong}/{end}").status_code == 404


def test_form_with_nul_is_a_bad_request(client: Client, village: Village) -> None:
    client.force_login(village.karin)
    ours = f"/arbete/{village.municipality.public_id}/organisation/"
    for path, sent in (
        ("/konto/e-post/", {"action": "primary", "email": "a\0b"}),
        ("/kod/", {"code": "\0"}),
        (f"{ours}uppgifter/", {"name": "a\0b"}),
        (f"{ours}personer/bjud-in/", {"idempotency_key": "\0", "email": "a@b.example", "role": "member"}),
    ):
        assert client.post(path, sent).status_code == 400


def test_cookie_with_nul_is_as_none(client: Client, village: Village) -> None:
    client.cookies["sessionid"] = "abcdefgh\0"
    assert client.get("/arbete/").status_code == 302
