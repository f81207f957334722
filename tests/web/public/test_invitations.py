"""The invitation as the invited read and answer it."""

from django.test import Client

from samverka.collaborations.models import Invitation
from samverka.kernel.models import OutboxMessage
from samverka.organisations.models import Membership, Organisation
from tests.web.workspace.pages import without_tags
from tests.world import World, client_of

QUESTION = {"choice": "asked", "name": "Olle Ordförande", "email": "olle@grannby.example"}


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


# Who may say yes


def test_yes_is_not_offered_where_it_needs_a_member_and_the_page_says_who_may(world: World, client: Client) -> None:
    page = client.get(path(world)).content.decode()
    assert 'value="accepted"' not in page
    assert 'value="declined"' in page
    said = "Grannby kommun har redan personer som får svara ja. Är du en av dem? Logga in med en kod."
    assert said in without_tags(page)
    assert f'href="/organisationer/{world.ids["neighbour"]}/"' in page


def test_invitation_tells_no_form_that_is_not_decided(world: World, client: Client) -> None:
    page = without_tags(client.get(path(world)).content.decode())
    assert "Inte bestämt än" not in page
    assert "Behövs om ni har en fråga." in page, "yes is not offered here"


def test_yes_by_link_is_refused_in_words_where_it_needs_a_member(world: World, client: Client) -> None:
    page = client.post(path(world), {**QUESTION, "choice": "accepted"}).content.decode()
    assert "Det svaret går inte att ge här." in without_tags(page)


def test_yes_of_one_whom_nobody_acts_for_at_an_unknown_address_begins_by_showing_that_one_may(
    world: World, client: Client
) -> None:
    Membership.objects.filter(organisation=world.together.village.neighbour).delete()
    page = without_tags(client.get(path(world)).content.decode())
    assert "Ingen företräder Grannby kommun här än." in page
    claim = f'href="/organisationer/{world.ids["neighbour"]}/foretrad/?vidare=%2Finbjudan%2F'
    assert claim in client.get(path(world)).content.decode()
    assert "Logga in med en kod" not in page


def test_yes_is_offered_where_the_link_is_enough(world: World, client: Client) -> None:
    neighbour = Organisation.objects.filter(public_id=world.ids["neighbour"])
    Membership.objects.filter(organisation=neighbour.get()).delete()
    neighbour.update(kind="association", email="registrator@grannby.example")
    assert 'value="accepted"' in client.get(path(world)).content.decode()


def test_who_has_said_yes_finds_the_address_on_the_page_where_one_signs_in_and_then_opens_it(
    world: World, client: Client
) -> None:
    neighbour = Organisation.objects.filter(public_id=world.ids["neighbour"])
    Membership.objects.filter(organisation=neighbour.get()).delete()
    neighbour.update(kind="association", email="registrator@grannby.example")
    sent = {"choice": "accepted", "name": "Nora Ny", "email": "nora@grannby.example"}
    page = client.post(path(world), sent, follow=True).content.decode()
    begin = f'href="/arbete/samverkan/{world.ids["together"]}/"'
    assert begin in page[page.index("Ni är med") : page.index("Logga in och börja")]
    assert "nora@" not in page
    assert 'value="nora@grannby.example"' in client.get("/konto/logga-in/").content.decode()
    assert "nora@" not in Client().get("/konto/logga-in/").content.decode()
    nora = client_of(Membership.objects.get(organisation=neighbour.get()).user)
    page = nora.get(path(world)).content.decode()
    assert "Öppna samverkan" in page
    assert f'href="/arbete/{world.ids["neighbour"]}/samverkan/{world.ids["together"]}/"' in page
    assert "Logga in och börja" not in page
