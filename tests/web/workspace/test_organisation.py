"""Our organisation's own pages."""

import pytest
from django.test import Client

from samverka.organisations.models import ActivityField, Contact, Function, Offer, Unit
from tests.people import Village

pytestmark = pytest.mark.django_db


def ours(village: Village, end: str = "", side: str = "association") -> str:
    return f"/arbete/{getattr(village, side).public_id}/organisation/{end}"


@pytest.fixture
def yusuf(client: Client, village: Village) -> Client:
    client.force_login(village.yusuf)
    return client


@pytest.fixture
def karin(client: Client, village: Village) -> Client:
    client.force_login(village.karin)
    return client


def facts(**changed: object) -> dict[str, object]:
    return {"name": "Exempelby byalag", "description": "", "version": 1, **changed}


def test_member_sees_and_may_not_change(client: Client, village: Village) -> None:
    client.force_login(village.fatima)
    page = client.get(ours(village)).content.decode()
    assert "Exempelby byalag" in page
    assert "Ändra uppgifterna" not in page
    assert client.get(ours(village, "uppgifter/")).status_code == 403


def test_outsider_finds_nothing(client: Client, village: Village) -> None:
    client.force_login(village.olle)
    assert client.get(ours(village)).status_code == 404


def test_administrator_changes_the_facts(yusuf: Client, village: Village) -> None:
    page = yusuf.post(ours(village, "uppgifter/"), facts(description="Vi sköter badplatsen."), follow=True)
    assert "Uppgifterna är sparade" in page.content.decode()
    village.association.refresh_from_db()
    assert village.association.description == "Vi sköter badplatsen."


def test_conflict_shows_both_texts_and_loses_neither(yusuf: Client, village: Village) -> None:
    yusuf.post(ours(village, "uppgifter/"), facts(description="Den andras text"))
    page = yusuf.post(ours(village, "uppgifter/"), facts(description="Min text"))
    text = page.content.decode()
    assert page.status_code == 409
    assert "Den andras text" in text
    assert text.count("Min text") == 2
    again = yusuf.post(ours(village, "uppgifter/"), facts(description="Min text", version=2))
    assert again.status_code == 302


def test_bad_year_and_address_are_said_first_and_at_the_field(yusuf: Client, village: Village) -> None:
    page = yusuf.post(ours(village, "uppgifter/"), facts(founded_year=2999, email="inte en adress"))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Två saker behöver rättas" in text
    assert 'href="#id_founded_year"' in text


def test_fields_are_chosen(yusuf: Client, village: Village) -> None:
    field = ActivityField.objects.filter(scheme="icnpo").first()
    assert field is not None
    yusuf.post(ours(village, "verksamhet/"), {"icnpo": [field.pk], "version": village.association.version})
    assert list(village.association.fields.all()) == [field]


def test_two_who_choose_fields_at_once_see_both(yusuf: Client, village: Village) -> None:
    mine, theirs = ActivityField.objects.filter(scheme="icnpo", parent__isnull=False)[:2]
    page, began = ours(village, "verksamhet/"), village.association.version
    assert f'name="version" value="{began}"' in yusuf.get(page).content.decode()
    yusuf.post(page, {"icnpo": [theirs.pk], "version": began})
    answer = yusuf.post(page, {"icnpo": [mine.pk], "version": began})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Någon annan har sparat medan du skrev" in shown
    assert (theirs.name_sv in shown, mine.name_sv in shown) == (True, True)
    assert list(village.association.fields.all()) == [theirs]
    yusuf.post(page, {"icnpo": [mine.pk], "version": began + 1})
    assert list(village.association.fields.all()) == [mine]


def test_offer_is_added_once_and_taken_away(yusuf: Client, village: Village) -> None:
    sent = {"kind": "offer", "text": "En lokal", "idempotency_key": "a" * 20}
    for _time in range(2):
        yusuf.post(ours(village, "kan-och-behover/"), sent)
    offer = Offer.objects.get()
    yusuf.post(ours(village, f"kan-och-behover/{offer.public_id}/ta-bort/"))
    offer.refresh_from_db()
    assert offer.withdrawn_at


def test_association_is_protected_with_a_reason(yusuf: Client, village: Village) -> None:
    assert yusuf.post(ours(village, "skydd/"), {"protected": "yes", "reason": ""}).status_code == 422
    yusuf.post(ours(village, "skydd/"), {"protected": "yes", "reason": "Hot mot medlemmar"})
    village.association.refresh_from_db()
    assert village.association.protected


def test_unit_is_added_in_the_place_of_another_and_closed(karin: Client, village: Village) -> None:
    units = ours(village, "enheter/", side="municipality")
    sent = {"name": "Kultur- och fritidsnämnden", "kind": "committee", "predecessor": village.committee.public_id}
    assert karin.post(f"{units}ny/", sent).status_code == 302
    made = Unit.objects.get(name="Kultur- och fritidsnämnden")
    assert made.predecessor == village.committee
    assert "tog över efter Fritidsnämnden" in karin.get(units).content.decode()
    closed = karin.post(f"{units}{village.committee.public_id}/avsluta/", {"valid_to": "2026-01-01"})
    assert closed.status_code == 302
    village.committee.refresh_from_db()
    assert village.committee.valid_to is not None


def test_unit_of_another_body_is_not_found(karin: Client, village: Village) -> None:
    theirs = Unit.objects.create(organisation=village.neighbour, name="Kommunstyrelsen", kind="committee")
    assert karin.get(ours(village, f"enheter/{theirs.public_id}/", side="municipality")).status_code == 404


def test_function_is_set_confirmed_and_taken_away(karin: Client, village: Village) -> None:
    functions = ours(village, "funktioner/", side="municipality")
    karin.post(functions, {"kind": "office", "email": "kansli@exempelby.example", "unit": ""})
    made = Function.objects.get(email="kansli@exempelby.example")
    karin.post(f"{functions}{made.public_id}/bekrafta/")
    karin.post(f"{functions}{made.public_id}/ta-bort/", {"reason": "Kansliet har lagts ner"})
    made.refresh_from_db()
    assert made.confirmed_on
    assert made.withdrawn_at


def test_contact_is_added_changed_confirmed_and_withdrawn(yusuf: Client, village: Village) -> None:
    contacts = ours(village, "kontakter/")
    sent = {"name": "Yusuf Provsson", "role": "kassör", "phone": "070-000 00 00", "deputy": "", "version": ""}
    assert yusuf.post(f"{contacts}ny/", sent).status_code == 302
    made = Contact.objects.get()
    assert not made.public
    yusuf.post(f"{contacts}{made.public_id}/", {**sent, "role": "ordförande", "version": made.version})
    yusuf.post(f"{contacts}{made.public_id}/bekrafta/")
    page = yusuf.get(contacts).content.decode()
    assert "ordförande" in page
    yusuf.post(f"{contacts}{made.public_id}/ta-bort/", {"reason": "Har slutat"})
    made.refresh_from_db()
    assert made.withdrawn_at


def test_contact_without_a_way_to_reach_them_is_refused(yusuf: Client, village: Village) -> None:
    page = yusuf.post(f"{ours(village)}kontakter/ny/", {"name": "Yusuf", "role": "kassör", "deputy": ""})
    assert page.status_code == 422
    assert 'class="error-summary"' in page.content.decode()
