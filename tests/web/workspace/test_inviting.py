"""The pages by which others are invited: what is asked before anything is sent, and what the pages say."""

from typing import Any

import pytest
from django.test import Client

from samverka.collaborations.models import Collaboration, Invitation
from samverka.kernel.models import OutboxMessage
from tests.world import World, build_world, client_of

NUMBER = "Ring Anna, 19121212-1212, om nyckeln."
ASKED = "verkar innehålla ett personnummer"
TEXTS = {"title": "Öppen verkstad", "purpose": "En plats för alla."}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def karin(world: World) -> Client:
    return client_of(world.person("karin"))


def ours(world: World, page: str) -> str:
    return f"/arbete/{world.ids['municipality']}/samverkan/{page}"


def to_norrby(world: World, **texts: str) -> dict[str, Any]:
    one = world.ids["unclaimed"]
    return {"med": one, f"{one}-email": "n@norrby.example", **texts}


def asks_first(client: Client, path: str, sent: dict[str, Any]) -> bool:
    """Whether the page comes back with the question, keeping the text, and nothing is mailed; then goes on."""
    page = client.post(path, sent)
    text = page.content.decode()
    asked = ASKED in text and 'name="keep_numbers"' in text and "19121212-1212" in text
    assert not OutboxMessage.objects.filter(kind="invitation_sent").exists()
    return asked and client.post(path, {**sent, "keep_numbers": "on"}).status_code == 302


def test_greeting_with_a_personal_number_is_asked_about_before_it_is_sent(world: World, karin: Client) -> None:
    OutboxMessage.objects.all().delete()
    path = ours(world, f"{world.ids['together']}/bjud-in/")
    assert asks_first(karin, path, to_norrby(world, message=NUMBER))
    assert Invitation.objects.filter(message=NUMBER).count() == 1


@pytest.mark.parametrize("field", ["title", "purpose", "message"])
def test_start_with_a_personal_number_is_asked_about_before_it_is_sent(world: World, karin: Client, field: str) -> None:
    OutboxMessage.objects.all().delete()
    before = Collaboration.objects.count()
    assert asks_first(karin, ours(world, "ny/"), to_norrby(world, **{**TEXTS, field: NUMBER}))
    assert Collaboration.objects.count() == before + 1


def test_preparation_with_a_personal_number_is_asked_about_also_when_it_comes_from_the_public_page(
    world: World, karin: Client
) -> None:
    OutboxMessage.objects.all().delete()
    assert asks_first(karin, ours(world, "forbered/"), {**TEXTS, "purpose": NUMBER, "medtaget": "ja"})
