"""Om samverkan: facts, contacts and deputies, guests, invitations that wait, the end; and what a guest sees."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.facts import Facts
from samverka.collaborations.models import Collaboration, Commitment, Guest, Invitation
from samverka.organisations.models import ActivityField, Membership
from tests.people import person
from tests.web.workspace.pages import at, without_tags
from tests.world import World, client_of, seat_of


def test_page_tells_who_to_turn_to_and_reminds_of_a_deputy(world: World, karin: Client, yusuf: Client) -> None:
    village = world.together.village
    User.objects.filter(pk=village.yusuf.pk).update(phone="070-000 00 00")
    page = without_tags(karin.get(at(world, "om/")).content.decode())
    assert "Yusuf Provsson, 070-000 00 00" in page
    assert "Utse en ersättare, så att" in page
    sent = {
        "contact": village.yusuf.public_id, "deputy": village.fatima.public_id, "deputy_accepted_on": "2027-03-03",
        "deputy_reads_at": "Pärmen",
    }  # fmt: skip
    saved = yusuf.post(at(world, "om/kontakt/", org="association"), sent, follow=True)
    assert "Utse en ersättare, så att" not in without_tags(saved.content.decode())
    page = without_tags(karin.get(at(world, "om/")).content.decode())
    assert "Fatima Provsson Sa ja 3 mars 2027 Läser in sig: Pärmen" in page


def test_what_was_asked_before_the_yes_is_still_read_by_who_invited(world: World, karin: Client, yusuf: Client) -> None:
    together = world.together
    Invitation.objects.create(
        party=together.civil_party, inviting_party=together.public_party, token_hash="0" * 64, email="b@byalag.example",
        state="accepted", expires_at=timezone.now(), answered_at=timezone.now(),
        reason="Måste vi ha organisationsnummer?",
    )  # fmt: skip
    asked = "Frågade er innan de tackade ja: Måste vi ha organisationsnummer?"
    assert asked in without_tags(karin.get(at(world, "om/")).content.decode())
    assert asked not in without_tags(yusuf.get(at(world, "om/", org="association")).content.decode())


def test_deputy_without_a_day_is_told_at_the_field(world: World, yusuf: Client) -> None:
    village = world.together.village
    sent = {"contact": village.yusuf.public_id, "deputy": village.fatima.public_id}
    page = yusuf.post(at(world, "om/kontakt/", org="association"), sent)
    assert page.status_code == 422
    assert 'id="id_deputy_accepted_on_error"' in page.content.decode()


def test_facts_changed_by_the_other_stand_beside_ones_own(world: World, karin: Client) -> None:
    actions.change_facts(
        by=seat_of(world.together, "yusuf"), facts=Facts("Läxhjälp varje dag", "Fler barn ska få hjälp."), version=1
    )
    sent = {"title": "Läxhjälp på lördagar", "purpose": "Fler barn ska få hjälp.", "version": "1"}
    page = karin.post(at(world, "om/andra/"), sent)
    said = page.content.decode()
    assert page.status_code == 409
    assert "Läxhjälp varje dag" in said
    assert "Läxhjälp på lördagar" in said
    assert 'name="version" value="2"' in said
    assert karin.post(at(world, "om/andra/"), {**sent, "version": "2"}).status_code == 302
    assert Collaboration.objects.get(public_id=world.ids["together"]).title == "Läxhjälp på lördagar"


def test_change_stands_in_the_log_in_without_tags(world: World, karin: Client) -> None:
    field = ActivityField.objects.get(scheme="mapping", code="children_youth")
    sent = {
        "title": "Läxhjälp", "purpose": "Ett nytt syfte", "areas": field.pk, "forms": "project", "place": "Falköping",
        "version": "1",
    }  # fmt: skip
    karin.post(at(world, "om/andra/"), sent)
    log = without_tags(karin.get(f"/arbete/{world.ids['municipality']}/organisation/logg/").content.decode())
    expected = [
        "Ändrade uppgifter om samverkan",
        "Rubrik: Läxhjälp på tre språk → Läxhjälp",
        "Område: Barn och ungdom",
        "Form: Projekt på viss tid",
        "Plats: Falköpings kommun",
        "Syfte: en text på",
    ]
    for said in expected:
        assert said in log
    assert "Ett nytt syfte" not in log
    assert "Skriv inte om enskilda personer här." in karin.get(at(world, "om/")).content.decode()


def test_question_is_seen_by_who_asked_only(world: World, karin: Client, yusuf: Client, client: Client) -> None:
    sent = {"choice": "asked", "name": "Olle Provsson", "email": "", "phone": ""}
    page = client.post(f"/inbjudan/{world.ids['token']}/", sent).content.decode()
    assert "Skriv vad ni undrar över." in page
    sent |= {"reason": "Gäller det hela länet?", "phone": "070-111 22 33"}
    page = client.post(f"/inbjudan/{world.ids['token']}/", sent, follow=True).content.decode()
    assert "Er fråga är skickad" in page
    assert 'value="declined"' in page, "the invitation stays open"
    assert "Gäller det hela länet?" in karin.get(at(world, "om/")).content.decode()
    assert "Gäller det hela länet?" not in yusuf.get(at(world, "om/", org="association")).content.decode()


def test_invitation_tells_form_place_period_and_time(world: World, client: Client) -> None:
    actions.change_facts(
        by=seat_of(world.together, "karin"),
        facts=Facts("Läxhjälp", "Fler barn.", ("project",), starts_on=timezone.localdate()),
        version=1,
    )
    page = without_tags(client.get(f"/inbjudan/{world.ids['token']}/").content.decode())
    for said in (
        "Form Projekt på viss tid",
        "Plats Inte angiven",
        "När från",
        "två minuter",
        "ett möte på ungefär 2 timmar",
    ):
        assert said in page


def test_guest_is_invited_read_and_ended(world: World, karin: Client, yusuf: Client) -> None:
    sent = {
        "name": "Greta Gäst", "email": "greta@lansstyrelsen.example", "role": "Följer upp",
        "until": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    page = without_tags(karin.post(at(world, "om/gaster/ny/"), sent, follow=True).content.decode())
    assert "greta@lansstyrelsen.example , Följer upp" in page
    assert "greta@lansstyrelsen.example" in yusuf.get(at(world, "om/", org="association")).content.decode()
    greta = client_of(User.objects.get(email="greta@lansstyrelsen.example"))
    here = f"/arbete/gast/{world.ids['together']}/"
    assert here in greta.get("/arbete/").content.decode()
    assert greta.get(f"/arbete/samverkan/{world.ids['together']}/")["Location"] == here
    Commitment.objects.create(
        collaboration=world.together.collaboration, what="Skaffa nycklar", made_by=world.together.public_party
    )
    read = greta.get(here).content.decode()
    for said in ("Kommunens bättre ord till alla", "Vi börjar på torsdagar.", "Skaffa nycklar", "Exempelby byalag"):
        assert said in read
    for hidden in ("Kommunens anteckning", "Karins utkast", "Yusufs utkast", "<form method", "<textarea"):
        assert hidden not in read.split("<main")[1]
    guest = Guest.objects.get(user__email="greta@lansstyrelsen.example")
    karin.post(at(world, f"om/gaster/{guest.public_id}/avsluta/"))
    assert greta.get(here).status_code == 404
    assert here not in greta.get("/arbete/").content.decode()


def test_guest_cannot_open_any_page_of_the_parties(world: World) -> None:
    gustav = client_of(User.objects.get(email="gustav@example.se"))
    for org in ("municipality", "association"):
        for page in ("", "om/", "delat.pdf", "gemensamt/", f"anteckning/{world.ids['shared']}/versioner/"):
            assert gustav.get(at(world, page, org=org)).status_code == 404, page


def test_who_works_here_too_finds_guest_places_on_the_overview(world: World) -> None:
    olle = world.person("olle")
    actions.invite_guest(
        by=seat_of(world.together, "karin"), email="olle@example.se", name="Olle", role="Granne",
        until=timezone.localdate(),
    )  # fmt: skip
    page = client_of(olle).get(f"/arbete/{world.ids['neighbour']}/").content.decode()
    assert f"/arbete/gast/{world.ids['together']}/" in page


def test_reader_follows_but_changes_nothing(world: World) -> None:
    lena = person("Lena")
    Membership.objects.create(user=lena, organisation=world.together.village.municipality, role="reader")
    reader = client_of(lena)
    page = reader.get(at(world, "om/")).content.decode()
    assert "Exempelby byalag" in page
    assert "<form" not in page.split("<main")[1]
    for path in ("om/andra/", "om/kontakt/", "om/gaster/ny/", "om/avsluta/", "diarienummer/", "vart.pdf"):
        assert reader.get(at(world, path)).status_code == 403, path
    assert (
        "Läsare"
        in client_of(world.person("karin"))
        .get(f"/arbete/{world.ids['municipality']}/organisation/personer/bjud-in/")
        .content.decode()
    )


def test_ended_collaboration_says_why_and_offers_to_open_it_again(world: World, karin: Client, yusuf: Client) -> None:
    karin.post(at(world, "om/avsluta/"), {"reason": "Projektet är klart."})
    page = yusuf.get(at(world, "om/", org="association")).content.decode()
    assert "Projektet är klart." in page
    assert "Öppna igen" in page
    assert "Ändra uppgifterna" not in page
    assert Invitation.objects.get(public_id=world.ids["invitation"]).state == "withdrawn"
    opened = yusuf.post(at(world, "om/oppna/", org="association"), follow=True).content.decode()
    assert "Samverkan är öppnad igen." in opened
    assert "Ändra uppgifterna" in opened


def test_whole_country_is_said_only_of_a_national_matter(world: World, client: Client) -> None:
    for level, place in (("national", "Plats Hela landet"), ("local", "Plats Inte angiven")):
        facts = Facts("Läxhjälp", "Fler barn.", society_level=level)
        version = world.together.collaboration.version
        actions.change_facts(by=seat_of(world.together, "karin"), facts=facts, version=version)
        world.together.collaboration.refresh_from_db()
        assert place in without_tags(client.get(f"/inbjudan/{world.ids['token']}/").content.decode())
