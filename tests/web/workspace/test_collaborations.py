"""The pages of a collaboration through their addresses: what a person sees, and what sending a form does."""

import re
from typing import Any

import pytest
from django.test import Client

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Collaboration, Entry, Invitation, Party
from samverka.kernel.models import OutboxMessage
from tests.routes import rows
from tests.web.answers import answer
from tests.web.workspace.pages import at
from tests.world import World, client_of, seat_of

READERS_LINE = "Läses av:"
#: Every page where something is written to others, also before the collaboration and by who is asked to join.
ASKING = {"start_collaboration", "invite_party", "answer_invitation", "invitation"}
PAGES = [row for row in rows() if row.method == "GET" and ("together" in row.arguments or row.name in ASKING)]


def text_boxes_without_readers(page: str) -> list[str]:
    """Return the text boxes of a page whose form names no readers before them."""
    missing = []
    for form in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL):
        box = form.find("<textarea")
        if box >= 0 and READERS_LINE.lower() not in form[:box].lower():
            missing.append(form[box : box + 120])
    return missing


@pytest.mark.parametrize("persona", ["none", "karin", "yusuf", "rut", "olle"])
def test_every_text_box_names_its_readers(world: World, persona: str) -> None:
    """users.md R1: one component, and no text box in a collaboration without it."""
    client, boxes, missing = client_of(world.person(persona)), 0, []
    for row in PAGES:
        if row.answers[persona] == 200 and row.name not in {"collaboration_pdf", "commitments_export"}:
            said = answer(client, row, world)
            page = said.all.decode() if said["Content-Type"].startswith("text/html") else ""
            boxes += page.count("<textarea")
            missing += [f"{row}: {box}" for box in text_boxes_without_readers(page)]
    assert not missing
    assert boxes


def test_text_box_that_comes_back_with_faults_names_its_readers(world: World, karin: Client) -> None:
    for path, data in (
        (at(world, "anteckning/"), {"text": ""}),
        (at(world, "gemensamt/"), {"text": "", "version": "1"}),
    ):
        page = karin.post(path, data)
        assert "<textarea" in page.content.decode()
        assert not text_boxes_without_readers(page.content.decode())


def test_text_box_in_a_conflict_names_its_readers_and_keeps_both_texts(world: World, karin: Client) -> None:
    seat = seat_of(world.together, "yusuf")
    note = actions.write_joint_note(by=seat, text="Yusufs ord", version=1)
    page = karin.post(at(world, "gemensamt/"), {"text": "Karins ord", "version": "1"})
    said = page.content.decode()
    assert page.status_code == 409
    assert "Yusufs ord" in said
    assert "Karins ord" in said
    assert f'name="version" value="{note.version}"' in said
    assert not text_boxes_without_readers(said)
    note.refresh_from_db()
    assert note.text == "Yusufs ord"


def test_invitation_says_what_becomes_public_before_the_box(world: World, client: Client) -> None:
    page = client.get(f"/inbjudan/{world.ids['token']}/").content.decode()
    assert page.index("allmän handling") < page.index("<textarea")


def test_readers_are_named_by_organisation(world: World, karin: Client) -> None:
    page = karin.get(at(world, "gemensamt/")).content.decode()
    assert "Läses av: Exempelby kommun, Exempelby byalag och Grannby kommun (när de tackat ja)" in " ".join(
        re.sub(r"<[^>]+>", "", page).split()
    )


def test_invited_but_not_yet_joined_reads_only_once_it_has_said_yes(world: World, karin: Client) -> None:
    page = re.sub(r"<[^>]+>", "", karin.get(at(world, "gemensamt/")).content.decode())
    line = next(line for line in page.splitlines() if READERS_LINE in line)
    assert "Grannby kommun (när de tackat ja)" in line


@pytest.mark.parametrize(("circle", "seen_by_yusuf"), [("me", False), ("party", False)])
def test_note_goes_to_its_circle(
    world: World, karin: Client, yusuf: Client, circle: str, *, seen_by_yusuf: bool
) -> None:
    sent = karin.post(at(world, "anteckning/"), {"circle": circle, "text": "Bara hos oss"}, follow=True)
    assert "Anteckningen är sparad" in sent.content.decode()
    assert "Bara hos oss" in sent.content.decode()
    assert ("Bara hos oss" in yusuf.get(at(world, "dagbok/", org="association")).content.decode()) is seen_by_yusuf


def test_note_for_all_is_saved_as_a_draft_and_asks_once_more(world: World, karin: Client, yusuf: Client) -> None:
    sent = karin.post(at(world, "anteckning/"), {"circle": "all", "text": "Till alla"})
    entry = Entry.objects.get(text="Till alla")
    assert entry.circle == Circle.AUTHOR
    assert sent["Location"].endswith(f"/anteckning/{entry.public_id}/dela/")
    page = karin.get(sent["Location"]).content.decode()
    assert "allmän handling" in page
    assert "Exempelby byalag" in page
    assert "Till alla" not in yusuf.get(at(world, "dagbok/", org="association")).content.decode()
    shared = karin.post(sent["Location"], {"circle": "all", "version": "1"}, follow=True)
    assert "Anteckningen är delad" in shared.content.decode()
    assert "Till alla" in yusuf.get(at(world, "dagbok/", org="association")).content.decode()


def test_sharing_without_a_choice_shares_nothing(world: World, karin: Client) -> None:
    karin.post(at(world, f"anteckning/{world.ids['draft']}/dela/"), {"version": "1"})
    assert Entry.objects.get(public_id=world.ids["draft"]).circle == Circle.AUTHOR


def test_receipt_stands_at_the_note_that_the_address_points_at(world: World, karin: Client) -> None:
    page = karin.post(at(world, "anteckning/"), {"circle": "me", "text": "Kvitto"}, follow=True).content.decode()
    note = page[page.index(f'<article id="{Entry.objects.get(text="Kvitto").public_id}"') :]
    assert "Anteckningen är sparad." in note[: note.index("</article>")]
    assert page.count('class="receipt"') == 1


def test_button_that_shares_comes_before_the_note_and_the_narrower_choice(world: World, karin: Client) -> None:
    page = karin.get(at(world, f"anteckning/{world.ids['draft']}/dela/")).content.decode()
    places = [page.index(said) for said in ("Ett steg kvar", ">Dela med alla parter<", "<article", "Bara vi i")]
    assert places == sorted(places)


def test_sharing_what_is_shared_already_leads_to_the_note(world: World, karin: Client) -> None:
    path = at(world, f"anteckning/{world.ids['shared']}/dela/")
    for said in (karin.get(path, follow=True), karin.post(path, {"circle": "all", "version": "1"}, follow=True)):
        assert said.status_code == 200
        assert said.redirect_chain[0][0].endswith(f"#{world.ids['shared']}")
        assert "Anteckningen är redan delad." in said.content.decode()


def test_nobody_shares_anothers_note(world: World, yusuf: Client) -> None:
    path = at(world, f"anteckning/{world.ids['shared']}/stryk/", org="association")
    assert yusuf.post(path, {"reason": "Nej"}).status_code == 403
    assert Entry.objects.get(public_id=world.ids["shared"]).withdrawn_at is None


def test_struck_note_stays_readable_with_its_reason(world: World, karin: Client, yusuf: Client) -> None:
    karin.post(at(world, f"anteckning/{world.ids['shared']}/stryk/"), {"reason": "Fel datum"})
    page = yusuf.get(at(world, "dagbok/", org="association")).content.decode()
    assert "<s>Kommunens bättre ord till alla</s>" in page
    assert "Fel datum" in page


def test_two_presses_write_one_note(world: World, karin: Client) -> None:
    page = karin.get(at(world, "dagbok/")).content.decode()
    form = next(form for form in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL) if "circle" in form)
    key = re.search(r'name="idempotency_key" value="([^"]+)"', form)
    assert key
    data = {"circle": "me", "text": "En gång", "idempotency_key": key.group(1)}
    first, second = karin.post(at(world, "anteckning/"), data), karin.post(at(world, "anteckning/"), data)
    assert first["Location"] == second["Location"]
    assert Entry.objects.filter(text="En gång").count() == 1


def start(client: Client, world: World, email: str = "kassor@norrby.example") -> Any:
    address = f"{world.ids['unclaimed']}-email"
    sent = {"title": "Öppen verkstad", "purpose": "En plats för alla.", address: email}
    return client.post(f"/arbete/{world.ids['municipality']}/samverkan/ny/?med={world.ids['unclaimed']}", sent)


def test_starting_makes_a_collaboration_and_mails_the_invitation(world: World, karin: Client) -> None:
    answered = start(karin, world)
    made = Collaboration.objects.get(title="Öppen verkstad")
    assert answered["Location"].endswith(f"/samverkan/{made.public_id}/")
    assert {party.name: party.state for party in made.parties.all()} == {
        "Exempelby kommun": "active", "Norrby samhällsförening": "invited",
    }  # fmt: skip
    assert OutboxMessage.objects.filter(kind="invitation_sent", to_address="kassor@norrby.example").count() == 1


def test_start_without_an_address_says_what_to_do(world: World, karin: Client) -> None:
    page = start(karin, world, email="")
    assert not Collaboration.objects.filter(title="Öppen verkstad").exists()
    assert "ds-validation-message" in page.content.decode()
    assert "En plats för alla." in page.content.decode(), "what was written stays"


def test_inviting_oneself_is_refused_at_the_form(world: World, karin: Client) -> None:
    path = f"/arbete/{world.ids['municipality']}/samverkan/ny/?med={world.ids['municipality']}"
    page = karin.post(path, {"title": "Själva", "purpose": "…"})
    assert "Ni kan inte bjuda in er själva" in page.content.decode()
    assert not Collaboration.objects.filter(title="Själva").exists()


def test_withdrawn_invitation_can_no_longer_be_opened(world: World, karin: Client, client: Client) -> None:
    path = at(world, f"inbjudan/{world.ids['invitation']}/ta-tillbaka/")
    assert "Länken i mejlet fungerar inte längre" in karin.post(path, follow=True).content.decode()
    assert client.get(f"/inbjudan/{world.ids['token']}/").status_code == 404


def test_invitation_is_answered_by_those_who_act_for_the_invited(world: World) -> None:
    olle = client_of(world.person("olle"))
    path = f"/arbete/{world.ids['neighbour']}/inbjudan/{world.ids['invitation']}/"
    assert "Läxhjälp på tre språk" in olle.get(path).content.decode()
    olle.post(path, {"choice": "accepted", "name": "Olle", "email": "olle@example.se"})
    assert Party.objects.get(organisation=world.together.village.neighbour).state == "active"
    page = olle.get(at(world, "dagbok/", org="neighbour")).content.decode()
    assert "Kommunens bättre ord till alla" in page, "who joins reads what is shared with all"
    assert "Kommunens anteckning" not in page


def test_link_of_a_claimed_body_cannot_say_yes(world: World, client: Client) -> None:
    page = client.post(
        f"/inbjudan/{world.ids['token']}/", {"choice": "accepted", "name": "Någon", "email": "nagon@annan.example"}
    )
    assert "behöver logga in" in page.content.decode()
    assert Invitation.objects.get(public_id=world.ids["invitation"]).state == "waiting"


def test_invitation_has_no_preselected_answer(world: World, client: Client) -> None:
    page = client.get(f"/inbjudan/{world.ids['token']}/").content.decode()
    form = next(form for form in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL) if 'name="choice"' in form)
    assert "checked" not in form


def test_diary_number_is_set_by_the_registrar_and_seen_by_the_other_party(world: World, yusuf: Client) -> None:
    rut = client_of(world.person("rut"))
    rut.post(at(world, "diarienummer/"), {"diary_number": "KS 2027/12"})
    assert "Dnr KS 2027/12" in yusuf.get(at(world, org="association")).content.decode()


def test_address_of_a_search_answer_leads_to_ones_own_organisation(world: World, yusuf: Client) -> None:
    answered = yusuf.get(f"/arbete/samverkan/{world.ids['together']}/")
    assert answered["Location"] == at(world, org="association")


def test_acting_for_another_organisation_is_not_possible_by_address(world: World, karin: Client) -> None:
    """Karin takes part, but not for the association: the address decides, never the session alone."""
    assert (
        karin.post(at(world, "anteckning/", org="association"), {"circle": "party", "text": "Fel"}).status_code == 404
    )
    assert not Entry.objects.filter(text="Fel").exists()
