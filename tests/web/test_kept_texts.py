"""What was typed when the session had ended stands on the page."""

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


@pytest.mark.django_db
def test_text_in_a_form_that_is_too_old_is_shown() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("enter_code"), {"code": TEXT})
    assert response.status_code == 403
    assert TEXT in response.content.decode()
