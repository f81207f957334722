import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from samverka.kernel.search import search, sources
from samverka.organisations.exports import export_register
from samverka.organisations.models import Claim, Contact, Organisation
from samverka.organisations.queries import similar_organisations
from samverka.organisations.register import RegisterFilters, register_page
from samverka.organisations.shown import claim_sent_to, shown, shown_rows
from tests.factories import organisations as make
from tests.people import Village

pytestmark = pytest.mark.django_db


def _leaks(text: str) -> list[str]:
    return [marker for marker in make.HIDDEN if marker in text]


@pytest.fixture
def shelter(db: None) -> Organisation:
    return make.protected_organisation()


@pytest.mark.parametrize("reader", ["none", "vera", "karin", "hanna", "eva", "anna"])
def test_a_protected_organisation_leaks_nothing_on_its_page(
    village: Village, shelter: Organisation, reader: str
) -> None:
    user = AnonymousUser() if reader == "none" else village.people[reader]
    seen = shown(shelter, to=user)
    assert _leaks(repr(seen)) == []
    assert seen.place.label == "Norrbottens län (plats visas inte)"


def test_a_protected_organisation_leaks_nothing_in_lists_exports_and_search(
    village: Village, shelter: Organisation
) -> None:
    assert _leaks(repr(shown_rows([shelter]))) == []
    assert _leaks(repr(register_page(RegisterFilters(q="gryning")).rows)) == []
    for format in ("csv", "xlsx"):
        file = io.BytesIO()
        assert export_register(RegisterFilters(q="gryning"), format=format, file=file) == 1
        assert _leaks(file.getvalue().decode("utf-8", "ignore")) == []
    (hit,) = search("gryning", user=village.vera)
    assert _leaks(repr(hit)) == []
    assert all(_leaks(repr(source.present([shelter]))) == [] for source in sources() if source.kind == "organisation")


@pytest.mark.parametrize(
    "words", ["Kiruna", "Ortmarkör", "802434-8610", "8024348610", "Etikettmarkör", "Paraplymarkör", "Namnmarkör"]
)
def test_a_protected_organisation_is_not_found_by_what_is_hidden(shelter: Organisation, words: str) -> None:
    assert register_page(RegisterFilters(q=words, kinds=("association",))).total == 0


def test_a_protected_organisation_is_counted_in_its_county_only(shelter: Organisation) -> None:
    make.organisation("Öppna föreningen", place="2584")
    page = register_page(RegisterFilters(kinds=("association",)))
    assert [(f.value, f.count) for f in page.facets["lan"]] == [("25", 2)]
    assert [(f.value, f.count) for f in page.facets["kommun"]] == [("2584", 1)]
    assert [
        row.name for row in register_page(RegisterFilters(municipalities=("2584",), kinds=("association",))).rows
    ] == ["Öppna föreningen"]


def test_a_protected_organisation_is_no_hint_by_a_like_name(shelter: Organisation) -> None:
    assert similar_organisations(name="Kvinnojouren Gryningen") == []
    assert similar_organisations(name="Kvinnojouren Gryning") == [shelter]


def test_a_relation_to_a_protected_organisation_shows_from_neither_side(shelter: Organisation) -> None:
    umbrella = make.organisation("Jourernas förbund", place="2580")
    umbrella.relations.create(kind="member_of", other=shelter)
    assert shown(umbrella).relations == ()
    assert shown(shelter).relations == ()


def test_members_see_all_of_their_own(village: Village, shelter: Organisation) -> None:
    shelter.memberships.create(user=village.vera, role="member")
    seen = shown(shelter, to=village.vera)
    assert (seen.place.municipality_code, seen.town, seen.number) == ("2584", "Ortmarkör", "802434-8610")
    assert [contact.name for contact in seen.contacts] == ["Personmarkör Ek"]
    assert seen.member


def test_a_role_that_has_ended_shows_nothing(village: Village, shelter: Organisation) -> None:
    shelter.memberships.create(user=village.vera, role="member", until=timezone.now() - timedelta(minutes=1))
    assert not shown(shelter, to=village.vera).member


def test_no_person_is_public_by_default(village: Village) -> None:
    contact = Contact.objects.create(
        organisation=village.association, name="Folke", role="Kassör", email="folke@byalag.example"
    )
    assert shown(village.association).contacts == ()
    assert shown(village.association, to=village.olle).contacts == ()
    assert [c.name for c in shown(village.association, to=village.fatima).contacts] == ["Folke"]
    Contact.objects.filter(pk=contact.pk).update(public=True)
    assert [c.name for c in shown(village.association).contacts] == ["Folke"]


def test_a_deputy_who_is_not_public_is_not_named() -> None:
    association = make.organisation()
    deputy = Contact.objects.create(organisation=association, name="Hemliga Sara", role="Sekreterare")
    Contact.objects.create(organisation=association, name="Folke", role="Kassör", deputy=deputy, public=True)
    assert "Sara" not in repr(shown(association))


def test_a_private_looking_address_shows_when_the_organisation_says_so() -> None:
    association = make.organisation(email="folke.ek@gmail.com", phone="070-123")
    before = shown(association)
    assert (before.email, before.email_hidden, before.phone) == ("", True, "")
    association.email_public = True
    assert (shown(association).email, shown(association).phone) == ("folke.ek@gmail.com", "070-123")


def test_an_office_address_shows() -> None:
    assert shown(make.organisation(email="kansli@byalag.example")).email == "kansli@byalag.example"


def test_a_contact_that_nobody_confirmed_for_a_year_is_stale() -> None:
    association = make.organisation()
    today = timezone.localdate()
    for days, name in ((366, "Gammal"), (300, "Ny")):
        Contact.objects.create(
            organisation=association, name=name, role="Kassör", public=True, confirmed_on=today - timedelta(days=days)
        )
    assert {c.name: c.stale for c in shown(association).contacts} == {"Gammal": True, "Ny": False}


def test_gotland_reads_as_both() -> None:
    gotland = Organisation.objects.get(name="Region Gotland")
    assert str(shown(gotland).kind_label) == "Kommun och region"


def test_a_wrong_number_is_told_and_an_unreadable_one_only_to_members(village: Village) -> None:
    wrong = make.organisation(org_number_stated="802123-4567", org_number_status="wrong_check_digit")
    assert (shown(wrong).number, shown(wrong).number_stated) == ("", "802123-4567")
    odd = make.organisation(org_number_stated="Annas telefon 070", org_number_status="malformed")
    assert shown(odd).number_stated == ""
    assert str(shown(odd).number_note)


def test_where_a_code_went_is_masked_when_the_address_does_not_show(village: Village) -> None:
    association = make.organisation(email="folke.ek@gmail.com")
    body_claim = Claim(organisation=village.municipality, sent_to="registrator@exempelby.example")
    assert claim_sent_to(body_claim) == "registrator@exempelby.example"
    assert claim_sent_to(Claim(organisation=association, sent_to="folke.ek@gmail.com")) == "f…@g….com"
