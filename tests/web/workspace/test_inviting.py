"""The pages by which others are invited: what is asked before anything is sent, and what the pages say."""

import re
from typing import Any

import pytest
from django.test import Client

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Collaboration, Invitation
from samverka.collaborations.queries import seat
from samverka.kernel.models import OutboxMessage
from samverka.organisations.queries import acting_for
from tests.world import World

NUMBER = "Ring Anna, 19121212-1212, om nyckeln."
ASKED = "verkar innehålla ett personnummer"
TEXTS = {"title": "Öppen verkstad", "purpose": "En plats för alla."}


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


# What the pages say

ALONG = "På nästa sida väljer ni vad som följer med."


def test_next_page_is_promised_only_where_there_is_something_to_choose(world: World, karin: Client) -> None:
    alone = Collaboration.objects.get(title="Gångväg till bygdegården")
    path = ours(world, f"{alone.public_id}/bjud-in/")
    page = karin.get(f"{path}?med={world.ids['unclaimed']}").content.decode()
    assert ALONG not in page
    assert "Det ni skriver på den här sidan läses av:" in page
    own = seat(acting_for(world.together.village.karin, world.ids["municipality"]), alone.public_id)
    actions.write_entry(by=own, text="Vi tänker så här", circle=Circle.PARTY)
    assert ALONG in karin.get(f"{path}?med={world.ids['unclaimed']}").content.decode()


def test_who_is_alone_invites_somebody_and_who_is_not_one_more(world: World, karin: Client) -> None:
    alone = Collaboration.objects.get(title="Gångväg till bygdegården").public_id
    for key, says, not_said in (
        (alone, "Bjud in någon", "Bjud in en part till"),
        (world.ids["together"], "Bjud in en part till", "Bjud in någon"),
    ):
        for end in ("bjud-in/", f"bjud-in/?med={world.ids['unclaimed']}", "om/"):
            page = karin.get(ours(world, f"{key}/{end}")).content.decode()
            assert says in page
            assert not_said not in page


def test_hit_is_invited_by_a_button_of_its_own(world: World, karin: Client) -> None:
    page = karin.get(ours(world, "ny/?q=norrby")).content.decode()
    assert f'class="ds-button" data-variant="secondary" href="?med={world.ids["unclaimed"]}">Bjud in<' in page


def test_title_that_is_too_long_is_told_and_not_cut(world: World, karin: Client) -> None:
    page = karin.post(ours(world, "ny/"), to_norrby(world, **{**TEXTS, "title": "a" * 121})).content.decode()
    assert "Texten är för lång: 121 tecken, högst 120." in page
    assert "a" * 121 in page
    assert 'maxlength="120"' not in page


def test_greeting_made_in_the_preparation_stands_in_the_form(world: World, karin: Client) -> None:
    known = {
        "steg": "1.1", "title": "Verkstad", "day": "torsdag 12 mars", "starts": "18", "place": "Bygdegården",
        "contact": "Karin, 0123-456 78", "whom": "Styrelsen", "who": "Fritidsnämnden",
    }  # fmt: skip
    page = karin.post("/forbered/bjud-in/", known).content.decode()
    assert "Bjuder ni in direkt läggs dag, plats, kontakt och vilka ni är i hälsningen" in page
    found = re.search(r'name="message" value="([^"]*)"', page)
    assert found
    greeting = found[1]
    for value in ("torsdag 12 mars kl. 18.00", "Bygdegården", "Karin, 0123-456 78", "Styrelsen", "Fritidsnämnden"):
        assert value in greeting
    begun = {"medtaget": "ja", "title": "Verkstad", "message": greeting, "med": world.ids["unclaimed"]}
    assert greeting in karin.post(ours(world, "ny/"), begun).content.decode()
