"""The invitation as the invited read and answer it."""

import pytest
from django.test import Client

from samverka.collaborations.models import Invitation
from samverka.kernel.models import OutboxMessage
from tests.world import World, build_world

QUESTION = {"choice": "asked", "name": "Olle Ordförande", "email": "olle@grannby.example"}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def path(world: World) -> str:
    return f"/inbjudan/{world.ids['token']}/"


def test_answer_with_a_personal_number_is_asked_about_before_it_is_sent(world: World, client: Client) -> None:
    OutboxMessage.objects.all().delete()
    sent = {**QUESTION, "reason": "Gäller det 19121212-1212?"}
    page = client.post(path(world), sent).content.decode()
    assert "verkar innehålla ett personnummer" in page
    assert 'name="keep_numbers"' in page
    found = Invitation.objects.get(public_id=world.ids["invitation"])
    assert (found.state, found.reason, OutboxMessage.objects.count()) == ("waiting", "", 0)
    client.post(path(world), {**sent, "keep_numbers": "on"})
    found.refresh_from_db()
    assert found.state == "asked"
