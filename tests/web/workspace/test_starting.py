"""The pages by which a collaboration begins."""

from typing import Any

import pytest
from django.test import Client

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Collaboration, Entry, Invitation
from samverka.collaborations.queries import seat
from samverka.kernel.models import OutboxMessage
from samverka.organisations.models import ActivityField, Membership, Organisation, TermsAcceptance, Unit
from samverka.organisations.queries import acting_for
from tests.web.workspace.test_collaborations import text_boxes_without_readers
from tests.world import World, client_of

TEXTS = {"title": "Öppen verkstad", "purpose": "En plats för alla."}


def ours(world: World, page: str) -> str:
    return f"/arbete/{world.ids['municipality']}/samverkan/{page}"


def said(response: Any) -> str:
    page: str = response.content.decode()
    assert not text_boxes_without_readers(page)
    return page


def test_more_are_found_and_added_without_losing_what_was_typed(world: World, karin: Client) -> None:
    typed = {**TEXTS, "med": world.ids["unclaimed"], f"{world.ids['unclaimed']}-email": "n@norrby.example"}
    found = said(karin.post(ours(world, "ny/"), {**typed, "q": "grannby", "sok": "ja"}))
    assert f'name="lagg-till" value="{world.ids["neighbour"]}"' in found
    added = said(karin.post(ours(world, "ny/"), {**typed, "lagg-till": world.ids["neighbour"]}))
    for kept in (
        "Öppen verkstad",
        "En plats för alla.",
        "n@norrby.example",
        "Bjud in Norrby samhällsförening och Grannby",
    ):
        assert kept in added
    dropped = said(karin.post(ours(world, "ny/"), {**typed, "ta-bort": world.ids["unclaimed"]}))
    assert "Öppen verkstad" in dropped
    assert "n@norrby.example" not in dropped
    assert not Collaboration.objects.filter(title="Öppen verkstad").exists(), "nothing is sent on the way"


def test_several_are_invited_with_one_form(world: World, karin: Client) -> None:
    first, second = world.ids["unclaimed"], world.ids["neighbour"]
    field = ActivityField.objects.get(scheme="mapping", code="culture")
    sent = {
        **TEXTS, "med": [first, second], "forms": ["undecided", "project"], "areas": [str(field.pk)],
        "place": "Kalmar län",
        f"{first}-email": "n@norrby.example", f"{second}-email": "r@grannby.example", "society_level": "regional",
        "starts_on": "2027-01-31", "steg": ["1.1"],
    }  # fmt: skip
    answered = karin.post(ours(world, "ny/"), sent)
    made = Collaboration.objects.get(title="Öppen verkstad")
    assert answered["Location"] == ours(world, f"{made.public_id}/")
    assert Invitation.objects.filter(party__collaboration=made).count() == 2
    assert (made.forms, made.county_id, made.municipality, made.chosen_steps) == (["project"], "08", None, ["1.1"])
    assert list(made.fields.all()) == [field]


def test_enter_with_nothing_to_search_for_goes_on(world: World, karin: Client) -> None:
    one = world.ids["unclaimed"]
    karin.post(ours(world, "ny/"), {**TEXTS, "med": one, f"{one}-email": "n@norrby.example", "sok": "ja", "q": ""})
    assert Collaboration.objects.filter(title="Öppen verkstad").exists()


def test_start_without_anybody_says_what_to_do(world: World, karin: Client) -> None:
    page = karin.post(ours(world, "ny/"), TEXTS)
    assert page.status_code == 422
    assert "förbereda ensamma först" in said(page)


def test_unknown_place_is_told_at_its_field(world: World, karin: Client) -> None:
    one = world.ids["unclaimed"]
    page = said(karin.post(ours(world, "ny/"), {**TEXTS, "med": one, f"{one}-email": "n@n.example", "place": "Lyckan"}))
    assert "Det finns ingen kommun och inget län som heter så" in page
    assert 'class="ds-details more-facts" open' in page


def test_organisation_that_nobody_sees_cannot_be_invited(world: World, karin: Client) -> None:
    Organisation.objects.filter(public_id=world.ids["unclaimed"]).update(state="withdrawn")
    assert karin.get(ours(world, f"ny/?med={world.ids['unclaimed']}")).status_code == 404


def test_sensitive_fields_are_marked_for_the_warning(world: World, karin: Client) -> None:
    page = karin.get(ours(world, f"ny/?med={world.ids['unclaimed']}")).content.decode()
    assert page.count("data-sensitive") == ActivityField.objects.filter(scheme="mapping", sensitive=True).count() > 3
    assert page.count("Skriv inte om enskilda personer här.") == 2, "beside the purpose and beside the fields"


def test_member_of_one_unit_begins_for_that_unit(world: World) -> None:
    kim, one = client_of(world.person("kim")), world.ids["unclaimed"]
    page = kim.get(ours(world, f"ny/?med={one}")).content.decode()
    assert "Hela organisationen" not in page
    unit = Unit.objects.get(public_id=world.ids["unit"])
    kim.post(ours(world, "ny/"), {**TEXTS, "med": one, f"{one}-email": "n@norrby.example", "unit": unit.pk})
    assert Collaboration.objects.get(title="Öppen verkstad").parties.get(state="active").unit == unit


# A network


def network(world: World, **more: str) -> dict[str, str]:
    return {"network_name": "Nätverket Grannhjälpen", "network_email": "nora@mail.example", "natverk": "ja", **more}


def test_network_is_added_in_place_and_invited_with_what_was_typed(world: World, karin: Client) -> None:
    page = said(karin.post(ours(world, "ny/"), network(world, **TEXTS)))
    made = Organisation.objects.get(name="Nätverket Grannhjälpen")
    assert f'name="med" value="{made.public_id}"' in page
    assert "nora@mail.example" in page
    assert "Öppen verkstad" in page
    assert not Membership.objects.filter(organisation=made).exists()
    karin.post(ours(world, "ny/"), {**TEXTS, "med": made.public_id, f"{made.public_id}-email": "nora@mail.example"})
    assert OutboxMessage.objects.get(kind="invitation_sent").to_address == "nora@mail.example"


@pytest.mark.parametrize("email", ["nora@mail.example", "nora@mail"])
def test_network_that_was_written_and_not_added_is_kept_and_told(world: World, karin: Client, email: str) -> None:
    answer = karin.post(ours(world, "ny/"), {**TEXTS, "network_name": "Grannhjälpen", "network_email": email})
    page = said(answer)
    assert answer.status_code == 422
    assert 'value="Grannhjälpen"' in page
    assert f'value="{email}"' in page
    assert ("Tryck på Lägg till nätverket först" in page) == (email == "nora@mail.example")
    assert not Collaboration.objects.filter(title="Öppen verkstad").exists()


def test_network_with_a_faulty_address_is_told_first_on_the_page(world: World, karin: Client) -> None:
    answer = karin.post(ours(world, "ny/"), network(world, network_email="nora@mail"))
    assert answer.status_code == 422
    assert 'href="#id_network_email"' in said(answer)


def test_network_that_looks_like_one_in_the_register_is_asked_about(world: World, karin: Client) -> None:
    like = {"network_name": "Norrby samhällsförening"}
    page = said(karin.post(ours(world, "ny/"), network(world, **like)))
    assert "Är det någon av de här?" in page
    assert Organisation.objects.filter(name="Norrby samhällsförening").count() == 1
    karin.post(ours(world, "ny/"), network(world, **like, sure="on"))
    assert Organisation.objects.filter(name="Norrby samhällsförening").count() == 2


def test_network_without_a_name_is_told_at_its_field(world: World, karin: Client) -> None:
    page = said(karin.post(ours(world, "ny/"), network(world, network_name="")))
    assert "ds-validation-message" in page
    assert not Organisation.objects.filter(kind="network").exists()


# Alone


def test_preparation_begins_alone_and_reads_for_us_only(world: World, karin: Client) -> None:
    page = said(karin.get(ours(world, "forbered/?steg=1.1")))
    assert "Läses av: Exempelby kommun</span>" in page
    karin.post(ours(world, "forbered/"), {"title": "Cykelväg", "purpose": "", "steg": ["1.1", "x"]})
    made = Collaboration.objects.get(title="Cykelväg")
    assert (made.state, made.chosen_steps) == ("preparing", ["1.1"])


def test_what_was_prepared_without_an_account_is_saved_with_one_press(world: World, karin: Client) -> None:
    page = karin.post("/forbered/bjud-in/", {"steg": ["1.1", "1.3"], "title": "Cykelväg", "purpose": "Trygg skolväg"})
    assert 'name="medtaget"' in page.content.decode()
    brought = {"medtaget": "ja", "steg": ["1.1", "1.3"], "title": "Cykelväg", "purpose": "Trygg skolväg"}
    answered = karin.post(ours(world, "forbered/"), brought)
    made = Collaboration.objects.get(title="Cykelväg")
    assert answered["Location"] == ours(world, f"{made.public_id}/")
    assert (made.purpose, made.chosen_steps, made.society_level) == ("Trygg skolväg", ["1.1", "1.3"], "local")


def test_what_was_prepared_without_a_title_asks_for_one(world: World, karin: Client) -> None:
    page = karin.post(ours(world, "forbered/"), {"medtaget": "ja", "steg": "1.1", "title": "", "purpose": "Trygg"})
    assert page.status_code == 422
    assert "Trygg" in said(page)
    assert 'name="steg" value="1.1"' in page.content.decode()


def test_what_was_prepared_comes_along_to_an_invitation(world: World, karin: Client) -> None:
    brought = {"medtaget": "ja", "steg": "1.1", "title": "Cykelväg", "purpose": "Trygg skolväg"}
    page = karin.post(ours(world, "ny/"), brought)
    assert page.status_code == 200
    for kept in ("Cykelväg", "Trygg skolväg", 'name="steg" value="1.1"', "Sök den ni vill bjuda in"):
        assert kept in said(page)
    assert not Collaboration.objects.filter(title="Cykelväg").exists()


def test_inviting_to_a_preparation_asks_what_goes_along(world: World, karin: Client) -> None:
    village = world.together.village
    alone = seat(acting_for(village.karin, village.municipality.public_id), world.ids["alone"])
    ours_only = actions.write_entry(by=alone, text="Markägaren är positiv.", circle=Circle.PARTY)
    here = f"{world.ids['alone']}/"
    invited = {"med": world.ids["association"], f"{world.ids['association']}-email": "b@byalag.example"}
    refused = said(karin.post(ours(world, f"{here}bjud-in/"), invited))
    assert "Skriv först varför" in refused
    karin.post(ours(world, f"{here}om/andra/"), {**TEXTS, "title": "Gångväg", "version": 1})
    answered = karin.post(ours(world, f"{here}bjud-in/"), invited)
    assert answered["Location"] == ours(world, f"{here}foljer-med/")
    page = karin.get(answered["Location"]).content.decode()
    assert "Markägaren är positiv." in page
    assert "allmän handling" in page
    assert " checked" not in page.split("<main")[1], "nothing is ticked beforehand"
    karin.post(answered["Location"], {"entry": f"{ours_only.public_id}:1"})
    assert Entry.objects.get(pk=ours_only.pk).circle == "all"


def test_files_that_go_along_with_a_note_are_named(world: World, karin: Client) -> None:
    page = said(karin.get(ours(world, f"{world.ids['together']}/foljer-med/")))
    assert "Kommunens anteckning" in page
    assert "Filer som följer med: plan.txt" in page


def test_nothing_ticked_shares_nothing(world: World, karin: Client) -> None:
    here = ours(world, f"{world.ids['together']}/foljer-med/")
    page = karin.post(here, {}, HTTP_REFERER=f"http://testserver{here}", follow=True).content.decode()
    assert "Kryssa för det som ska följa med" in page
    assert Entry.objects.get(public_id=world.ids["party_note"]).circle == "party"


def test_ticks_stand_when_one_comes_back_from_the_terms(world: World, karin: Client) -> None:
    TermsAcceptance.objects.all().delete()
    here = ours(world, f"{world.ids['together']}/foljer-med/")
    note = f"{world.ids['party_note']}:1"
    asked = karin.post(here, {"entry": note})
    assert "/villkor/" in asked["Location"]
    terms = {"unit": "hela", "role": "Förvaltningschef", "agree": "on", "version": 1}
    page = karin.post(asked["Location"], terms, follow=True).content.decode()
    assert f'name="entry" value="{note}"' in page
    assert page.split("<main")[1].count(" checked") == 1
    assert Entry.objects.get(public_id=world.ids["party_note"]).circle == "party"


# What runs already


def test_what_runs_already_is_put_in_and_found_in_the_list(world: World, karin: Client) -> None:
    sent = {
        "title": "Bokbuss", "form": "agreement", "parties": "Exempelby byalag\nLäsklubben", "starts_on": "2024-01-31",
        "diary_number": "KS 1", "link": "exempelby.example/avtal",
    }  # fmt: skip
    page = said(karin.post(ours(world, "pagaende/"), sent, follow=True))
    for words in ("Inlagd i efterhand", "Överenskommelse", "från 31 januari 2024", "Dnr KS 1", "Läsklubben", "avtal"):
        assert words in page
    assert "Så här ligger det till" not in page, "a matter without a diary has no other pages"
    listed = karin.get(ours(world, "")).content.decode()
    assert "Läsklubben" in listed
    assert "Här är det som är inlagt, inte allt som finns." in listed


def test_what_runs_already_needs_a_party(world: World, karin: Client) -> None:
    page = karin.post(ours(world, "pagaende/"), {"title": "Bokbuss", "form": "other", "parties": ""})
    assert page.status_code == 422
    assert not Collaboration.objects.filter(title="Bokbuss").exists()


def test_named_party_is_matched_by_another_name(world: World, karin: Client) -> None:
    here = ours(world, f"{world.ids['recorded']}/om/parter/")
    page = karin.get(f"{here}?part={world.ids['named']}&q=byalag").content.decode()
    assert f'value="{world.ids["association"]}"' in page
    karin.post(f"{here}{world.ids['named']}/", {"organisation": world.ids["association"]})
    matched = karin.get(here).content.decode()
    assert f"bjud-in/?med={world.ids['association']}" in matched
    karin.post(f"{here}{world.ids['named']}/", {})
    assert "bjud-in/" not in karin.get(here).content.decode()
