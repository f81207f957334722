"""The pages of commitments, through their addresses."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.enums import CommitmentState
from samverka.collaborations.models import Commitment, Decision
from samverka.organisations.models import Membership, TermsAcceptance
from tests.web.workspace.pages import at, words
from tests.world import World, seat_of

TODAY = timezone.localdate()


def act_for_both(world: World) -> None:
    village = world.together.village
    Membership.objects.create(user=village.karin, organisation=village.association, role="member")


def late(world: World, **parts: Any) -> Commitment:
    parts = {"what": "Skriva till skolan", "due_on": TODAY - timedelta(days=3)} | parts
    return actions.make_commitment(
        by=seat_of(world.together, "karin"), owners=[world.together.public_party.public_id], **parts
    )


def test_list_tells_how_many_and_which_are_late_first(world: World, karin: Client) -> None:
    late(world)
    page = karin.get(at(world, "ataganden/"))
    said = words(page)
    assert "Två öppna åtaganden" in said
    assert "Ett av dem är försenat." in said
    assert "Försenat 3 dagar" in said
    assert said.index("Skriva till skolan") < said.index("Öppna biblioteket")


def test_list_is_filtered_by_state_and_party(world: World, karin: Client) -> None:
    kept = late(world)
    theirs = actions.make_commitment(
        by=seat_of(world.together, "yusuf"), what="Koka kaffe", owners=[world.together.civil_party.public_id]
    )
    actions.settle_commitment(
        by=seat_of(world.together, "karin"), commitment_id=kept.public_id, version=1, state=CommitmentState.KEPT
    )
    assert "Skriva till skolan" not in words(karin.get(at(world, "ataganden/")))
    assert "Skriva till skolan" in words(karin.get(at(world, "ataganden/?lage=klara")))
    assert "Inga försenade åtaganden" in words(karin.get(at(world, "ataganden/?lage=forsenade")))
    only = words(karin.get(at(world, f"ataganden/?part={world.together.civil_party.public_id}")))
    assert theirs.what in only
    assert "Öppna biblioteket" not in only
    assert "Ta bort filtret Part: Exempelby byalag" in only


def test_list_takes_any_address(world: World, karin: Client) -> None:
    assert karin.get(at(world, "ataganden/?lage=fel&ordning=fel&part=fel&sida=fel")).status_code == 200


def test_empty_list_says_what_to_do(world: World, karin: Client) -> None:
    Commitment.objects.all().delete()
    assert "Här finns inga åtaganden än" in words(karin.get(at(world, "ataganden/")))


def test_list_as_a_file_is_the_selection(world: World, karin: Client) -> None:
    late(world, what="=SUMMA(A1)", volunteer_hours=4)
    page = karin.get(at(world, "ataganden/ladda-ner.csv?lage=forsenade"))
    lines = b"".join(page.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Vad;Vem;Håller i det;Klart senast;Läge;Dagar försenat")
    assert len(lines) == 2
    assert lines[1].startswith("'=SUMMA(A1);Exempelby kommun;")
    assert "laxhjalp-pa-tre-sprak-ataganden.csv" in page["Content-Disposition"]


def test_promise_is_written_down_once_with_its_place_in_the_model(world: World, karin: Client) -> None:
    data = {
        "what": "Låna ut salen", "owners": [world.together.public_party.public_id], "due_on": "2097-03-12",
        "person": "Karin", "volunteer_hours": "6", "premises": "Salen", "awaiting": "on", "idempotency_key": "k1",
    }  # fmt: skip
    for _again in range(2):
        sent = karin.post(at(world, "ataganden/ny/?fraga=4.2.2"), data)
    made = Commitment.objects.get(what="Låna ut salen")
    assert sent["Location"].endswith(f"/ataganden/{made.public_id}/")
    assert (made.state, made.question, made.volunteer_hours) == ("awaiting", "4.2.2", 6)
    said = words(karin.get(sent["Location"]))
    for told in (
        "Väntar på beslut hemma",
        "12 mars 2097",
        "4.2 Fördela löftena",
        "Karin Provsson för Exempelby kommun",
    ):
        assert told in said


def test_promise_to_a_day_that_has_been_says_so(world: World, karin: Client) -> None:
    data = {"what": "Låna ut salen", "owners": [world.together.public_party.public_id], "due_on": "2025-01-01"}
    sent = karin.post(at(world, "ataganden/ny/"), data)
    assert "Dagen har redan varit. Välj en dag som kommer." in words(sent)
    assert not Commitment.objects.filter(what="Låna ut salen").exists()


def test_promise_sent_again_from_the_page_before_says_so(world: World, karin: Client) -> None:
    data = {"what": "Låna ut salen", "owners": [world.together.public_party.public_id], "due_on": ""}
    karin.post(at(world, "ataganden/ny/"), data | {"idempotency_key": "k1"})
    sent = karin.post(at(world, "ataganden/ny/"), data | {"idempotency_key": "k2"})
    assert "Det finns redan ett likadant åtagande." in words(sent)
    assert Commitment.objects.filter(what="Låna ut salen").count() == 1


def test_promise_without_what_or_who_says_so(world: World, karin: Client) -> None:
    page = karin.post(at(world, "ataganden/ny/"), {"due_on": "snart"})
    assert page.status_code == 422
    for told in (
        "Skriv vad som ska göras.",
        "Välj vilken eller vilka parter som lovar det.",
        "Skriv dagen som år-månad-dag",
    ):
        assert told in words(page)


def settle(world: World, client: Client, **data: str) -> Any:
    return client.post(at(world, f"ataganden/{world.ids['commitment']}/lage/"), {"version": "1"} | data)


def test_promise_is_kept_with_one_button(world: World, karin: Client) -> None:
    sent = settle(world, karin, state="kept")
    said = words(karin.get(sent["Location"]))
    assert "Hållet" in said
    assert "Lova det igen?" in said


def test_terms_lead_back_to_the_page_that_the_button_stood_on(world: World, karin: Client) -> None:
    """The button's own address answers a POST only."""
    TermsAcceptance.objects.all().delete()
    page = at(world, f"ataganden/{world.ids['commitment']}/")
    sent = karin.post(
        f"{page}lage/", {"version": "1", "state": "kept"}, headers={"referer": f"http://testserver{page}"}
    )
    assert sent["Location"].endswith(f"vidare={quote(page, safe='')}")


def test_broken_promise_asks_why_and_keeps_the_page(world: World, karin: Client) -> None:
    page = settle(world, karin, state="broken")
    assert page.status_code == 422
    assert "Skriv varför, så att ni minns det nästa gång." in words(page)
    settle(world, karin, state="broken", note="Nyckeln kom aldrig")
    said = words(karin.get(at(world, f"ataganden/{world.ids['commitment']}/")))
    assert "Brutet Nyckeln kom aldrig" in said
    again = settle(world, karin, state="promised", version="2", due_on="2027-05-01", note="Ny nyckel")
    assert "Lovat igen, klart senast 1 maj 2027" in words(karin.get(again["Location"]))


def test_two_who_settle_at_once_are_told(world: World, karin: Client, yusuf: Client) -> None:
    settle(world, karin, state="kept")
    page = yusuf.post(
        at(world, f"ataganden/{world.ids['commitment']}/lage/", org="association"),
        {"version": "1", "state": "dropped", "note": "Ingen kom"},
    )
    assert page.status_code == 409
    assert Commitment.objects.get(public_id=world.ids["commitment"]).state == "kept"


def test_promise_is_changed_and_the_day_moved_with_a_reason(world: World, karin: Client) -> None:
    path = at(world, f"ataganden/{world.ids['commitment']}/andra/")
    form = karin.get(path).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None} | {
        "due_on": "2027-08-20"
    }
    page = karin.post(path, data)
    assert page.status_code == 422
    assert "Skriv varför dagen flyttas." in words(page)
    sent = karin.post(path, data | {"note": "Semester"})
    assert "Ny dag: 20 augusti 2027 Semester" in words(karin.get(sent["Location"]))
    conflict = karin.post(path, data | {"what": "Något annat", "note": "Nej"})
    assert conflict.status_code == 409
    assert "Något annat" in words(conflict)
    assert "Öppna biblioteket" in words(conflict)


def test_person_on_both_sides_promises_for_one_and_settles_not_the_others(world: World, karin: Client) -> None:
    theirs = actions.make_commitment(
        by=seat_of(world.together, "yusuf"), what="Koka kaffe", owners=[world.together.civil_party.public_id]
    )
    act_for_both(world)
    page = words(karin.get(at(world, f"ataganden/{theirs.public_id}/")))
    assert "Du handlar för mer än en part här" in page
    assert "Vad blev det av åtagandet?" not in page
    form = karin.get(at(world, "ataganden/ny/")).context["form"]
    assert [label for _key, label in form.fields["owners"].choices] == ["Exempelby kommun"]
    assert "inte skriva upp ett beslut" in words(karin.get(at(world, "beslut/nytt/")))
    data = {"what": "Ja", "decided_by": "Nämnden", "decided_on": TODAY.isoformat()}
    assert "Du handlar för flera parter här." in words(karin.post(at(world, "beslut/nytt/"), data))
    assert Decision.objects.count() == 1


def test_our_tasks_are_over_all_collaborations_and_lead_there(world: World, karin: Client, yusuf: Client) -> None:
    late(world)
    page = karin.get(f"/arbete/{world.ids['municipality']}/uppgifter/")
    said = words(page)
    assert "Två åtaganden kvar" in said
    assert said.index("Skriva till skolan") < said.index("Öppna biblioteket")
    assert "Läxhjälp på tre språk" in said
    assert at(world, f"ataganden/{world.ids['commitment']}/") in page.content.decode()
    assert "Ni har inga åtaganden kvar att hålla" in words(yusuf.get(f"/arbete/{world.ids['association']}/uppgifter/"))
