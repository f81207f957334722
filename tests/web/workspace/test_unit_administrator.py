"""An administrator of one unit sees to that unit, not to the whole organisation."""

import pytest
from django.test import Client

from samverka.kernel import audit
from samverka.organisations.models import Contact, Function, Membership, Unit
from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(client: Client, village: Village) -> str:
    """Vera is administrator of Fritidsnämnden; Kim is a member there, Olle one of Socialnämnden."""
    grant = Membership.objects.create
    grant(user=village.vera, organisation=village.municipality, unit=village.committee, role="administrator")
    other = Unit.objects.create(organisation=village.municipality, name="Socialnämnden", kind="committee")
    grant(user=village.olle, organisation=village.municipality, unit=other, role="registrar")
    Function.objects.create(
        organisation=village.municipality, unit=village.committee, kind="office", email="f@x.example"
    )
    for unit in (None, village.committee, other):
        Contact.objects.create(organisation=village.municipality, unit=unit, name="Karin", role="samordnare")
    client.force_login(village.vera)
    return f"/arbete/{village.municipality.public_id}/organisation/"


@pytest.mark.parametrize(
    "page", ["uppgifter/", "verksamhet/", "kan-och-behover/", "skydd/", "stammer-inte/", "enheter/ny/", "logg/"]
)
def test_what_is_of_the_whole_is_not_theirs(client: Client, ours: str, page: str) -> None:
    assert client.get(ours + page).status_code == 403


def test_log_of_the_whole_is_not_for_the_registrar_of_a_unit(client: Client, village: Village, ours: str) -> None:
    audit.record(
        "collaboration.diary_number_set", by=village.karin, kind="collaboration", object_id="x", label="Hemligt",
        organisation=village.municipality.public_id,
    )  # fmt: skip
    client.force_login(village.olle)
    for end in ("logg/", "logg/ladda-ner.csv"):
        assert client.get(ours + end).status_code == 403
    assert "logg/" not in client.get(ours).content.decode()


def test_only_the_own_unit_is_changed(client: Client, village: Village, ours: str) -> None:
    own, other = village.committee, Unit.objects.get(name="Socialnämnden")
    assert client.get(f"{ours}enheter/{own.public_id}/").status_code == 200
    assert client.get(f"{ours}enheter/{other.public_id}/").status_code == 403
    assert client.get(f"{ours}enheter/{own.public_id}/avsluta/").status_code == 403
    page = client.get(f"{ours}enheter/").content.decode()
    assert f"enheter/{own.public_id}/" in page
    assert other.public_id not in page


def test_only_the_units_own_addresses_and_contacts_are_changed(client: Client, village: Village, ours: str) -> None:
    for rows, page in ((Function, "funktioner/"), (Contact, "kontakter/")):
        listed = client.get(ours + page).content.decode()
        for row in rows.objects.filter(organisation=village.municipality):
            mine = row.unit == village.committee
            assert (row.public_id in listed) is mine
            assert client.get(f"{ours}{page}{row.public_id}/ta-bort/").status_code == (200 if mine else 403)
            assert client.post(f"{ours}{page}{row.public_id}/bekrafta/").status_code == (302 if mine else 403)


@pytest.mark.parametrize("page", ["funktioner/", "kontakter/ny/", "personer/bjud-in/"])
def test_only_the_own_unit_can_be_chosen(client: Client, village: Village, ours: str, page: str) -> None:
    shown = client.get(ours + page).content.decode()
    assert f'value="{village.committee.public_id}"' in shown
    assert Unit.objects.get(name="Socialnämnden").public_id not in shown
    assert f">{village.municipality.name}</option>" not in shown


def test_only_the_units_members_are_managed(client: Client, village: Village, ours: str) -> None:
    page = client.get(f"{ours}personer/").content.decode()
    for held in Membership.objects.filter(organisation=village.municipality).exclude(user=village.vera):
        mine = held.unit == village.committee
        assert (held.public_id in page) is mine
        assert client.get(f"{ours}personer/{held.public_id}/roll/").status_code == (200 if mine else 403)
        assert client.get(f"{ours}personer/{held.public_id}/avsluta/").status_code == (200 if mine else 404)


def test_a_colleague_is_invited_to_the_unit(client: Client, village: Village, ours: str) -> None:
    sent = {"email": "ny@exempelby.example", "role": "member"}
    assert client.post(f"{ours}personer/bjud-in/", sent).status_code == 403
    client.post(f"{ours}personer/bjud-in/", {**sent, "unit": village.committee.public_id})
    assert Membership.objects.get(user__email="ny@exempelby.example").unit == village.committee
