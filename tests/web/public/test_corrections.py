"""Stämmer inte?"""

import pytest
from django.test import Client

from samverka.kernel.models import AuditEntry
from samverka.organisations.models import Correction
from tests.people import Village

pytestmark = pytest.mark.django_db


def test_visitor_says_what_is_wrong(client: Client, village: Village) -> None:
    path = f"/organisationer/{village.association.public_id}/stammer-inte/"
    page = client.post(path, {"text": "Ni har bytt namn", "reply_email": "a@example.se"}, follow=True)
    assert "Tack!" in page.content.decode()
    assert Correction.objects.get().text == "Ni har bytt namn"


def test_sender_is_not_named_to_the_organisation(client: Client, village: Village) -> None:
    client.force_login(village.vera)
    client.post(f"/organisationer/{village.association.public_id}/stammer-inte/", {"text": "Ni har bytt namn"})
    line = AuditEntry.objects.get(action="correction.reported")
    assert (line.actor_id, line.actor_label) == (None, "En besökare")
    client.force_login(village.yusuf)
    log = client.get(f"/arbete/{village.association.public_id}/organisation/logg/").content.decode()
    assert "Skrev att något inte stämmer" in log
    assert "Vera" not in log


def test_empty_text_is_refused_at_the_field(client: Client, village: Village) -> None:
    page = client.post(f"/organisationer/{village.association.public_id}/stammer-inte/", {"text": ""})
    assert page.status_code == 422
    assert 'class="error-summary"' in page.content.decode()
    assert not Correction.objects.exists()


def test_sending_too_often_is_stopped(client: Client, village: Village) -> None:
    path = f"/organisationer/{village.association.public_id}/stammer-inte/"
    answers = [client.post(path, {"text": f"Fel {number}"}).status_code for number in range(60)]
    assert answers[0] == 302
    assert answers[-1] == 429
