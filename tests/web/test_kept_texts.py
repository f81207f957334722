"""What was typed when the session had ended stands on the page."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import Together

TEXT = "En lång text som tog en kvart att skriva på telefonen."


def test_text_posted_after_the_session_ended_is_shown(client: Client, together: Together) -> None:
    address = reverse("entry_write", args=[together.village.association.public_id, together.collaboration.public_id])
    response = client.post(address, {"circle": "me", "text": TEXT, "password": "hemligt-lösenord-som-inte-visas"})
    assert response.status_code == 403
    page = response.content.decode()
    assert TEXT in page
    assert "hemligt" not in page


def test_only_what_was_typed_is_shown(client: Client, together: Together) -> None:
    address = reverse("entry_write", args=[together.village.association.public_id, together.collaboration.public_id])
    hidden = {"place": "2.2.1", "key": "q:2.2.1", "base_version": "0", "idempotency_key": "ett två"}
    page = client.post(address, hidden | {"text": "Tisdagar", "what": "Öppna hallen"}).content.decode()
    assert re.findall(r"<pre>(.*?)</pre>", page) == ["Tisdagar", "Öppna hallen"]


@pytest.mark.django_db
def test_text_in_a_form_that_is_too_old_is_shown() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("enter_code"), {"code": TEXT})
    assert response.status_code == 403
    assert TEXT in response.content.decode()


def test_signing_in_again_leads_to_the_page_that_the_form_stood_on(client: Client, together: Together) -> None:
    at = [together.village.association.public_id, together.collaboration.public_id]
    stood_on = reverse("diary_step", args=[*at, "3.2"]) + "?fraga=2"
    for referer, onward in ((stood_on, quote(stood_on, safe="")), ("https://evil.example/x", None)):
        said = client.post(reverse("entry_write", args=at), {"text": TEXT}, headers={"referer": _full(referer)})
        page = said.content.decode()
        assert f"?next={onward or quote(reverse('entry_write', args=at), safe='')}" in page
        assert "evil.example" not in page


def test_language_link_after_a_post_leads_to_the_page_that_the_form_stood_on(
    client: Client, together: Together
) -> None:
    at = [together.village.association.public_id, together.collaboration.public_id]
    stood_on = reverse("diary", args=at)
    page = client.post(reverse("entry_write", args=at), {"text": TEXT}, headers={"referer": _full(stood_on)})
    assert f'href="/en{stood_on}"' in page.content.decode()


def _full(address: str) -> str:
    return f"http://testserver{address}" if address.startswith("/") else address
