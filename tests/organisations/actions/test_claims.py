import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.organisations.actions import bodies, claims
from samverka.organisations.models import Claim, Function, Organisation
from samverka.organisations.queries import acting_for, body_of_municipality, claims_to_answer, members_of
from samverka.organisations.register import RegisterFilters, register_page
from samverka.organisations.rules import can_answer_claim
from samverka.organisations.shown import shown
from tests.factories import organisations as make
from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(db: None) -> Organisation:
    found = body_of_municipality("1984")
    assert found is not None
    Function.objects.create(organisation=found, kind="registrar", email="registrator@arboga.example")
    return found


def _code() -> str:
    mail = OutboxMessage.objects.filter(kind="claim_code").latest("id")
    found = re.search(r"^ {4}(\S{4}-\S{4})$", mail.text, re.MULTILINE)
    assert found
    return found.group(1)


def test_a_body_is_claimed_by_a_code_to_its_registrar(village: Village, body: Organisation) -> None:
    claim = claims.start_claim(by=village.vera, organisation=body, person_role="Föreningssamordnare")
    assert (claim.state, claim.sent_to) == ("code_sent", "registrator@arboga.example")
    mail = OutboxMessage.objects.get()
    assert (mail.to_address, mail.secret) == ("registrator@arboga.example", True)
    assert _code() not in repr(list(AuditEntry.objects.values())) + claim.code_hash
    granted = claims.confirm_claim(by=village.vera, claim=claim, code=_code().lower().replace("-", " "))
    assert granted.state == "granted"
    assert acting_for(village.vera, body.public_id).role_codes == {"administrator"}
    assert shown(body).claimed
    assert {m.kind for m in OutboxMessage.objects.all()} == {"claim_code", "role_granted", "claim_notice"}


def test_starting_again_sends_no_second_code(village: Village, body: Organisation) -> None:
    first = claims.start_claim(by=village.vera, organisation=body)
    assert claims.start_claim(by=village.vera, organisation=body) == first
    assert OutboxMessage.objects.count() == 1


def test_a_wrong_code_is_counted_and_the_sixth_attempt_is_refused(village: Village, body: Organisation) -> None:
    claim = claims.start_claim(by=village.vera, organisation=body)
    for _ in range(5):
        with pytest.raises(Refused):
            claims.confirm_claim(by=village.vera, claim=claim, code="2222-2222")
    claim.refresh_from_db()
    assert claim.attempts == 5
    with pytest.raises(Refused):
        claims.confirm_claim(by=village.vera, claim=claim, code=_code())
    assert claims.ask_instead(by=village.vera, claim=claim).state == "asked"


def test_a_code_dies_after_seven_days(village: Village, body: Organisation) -> None:
    claim = claims.start_claim(by=village.vera, organisation=body)
    code = _code()
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        with pytest.raises(Refused):
            claims.confirm_claim(by=village.vera, claim=claim, code=code)
        assert claims.start_claim(by=village.vera, organisation=body).pk != claim.pk
    assert Claim.objects.get(pk=claim.pk).state == "expired"


def test_a_code_is_the_claimants_own(village: Village, body: Organisation) -> None:
    claim = claims.start_claim(by=village.vera, organisation=body)
    with pytest.raises(NotAllowed):
        claims.confirm_claim(by=village.olle, claim=claim, code=_code())


def test_an_association_is_claimed_by_a_code_to_its_registered_address(village: Village) -> None:
    association = make.organisation("Norrby IF", email="folke@gmail.com", place="1984")
    claim = claims.start_claim(by=village.vera, organisation=association)
    assert (claim.state, claim.sent_to) == ("code_sent", "folke@gmail.com")


def test_a_body_without_an_office_waits_for_an_editor(village: Village) -> None:
    body = body_of_municipality("1292")
    assert body is not None
    Organisation.objects.filter(pk=body.pk).update(email="typed@somewhere.example")
    claim = claims.start_claim(by=village.vera, organisation=Organisation.objects.get(pk=body.pk))
    assert claim.state == "asked"
    assert can_answer_claim(village.eva, claim)
    assert not can_answer_claim(village.vera, claim)
    assert not can_answer_claim(village.karin, claim)


def test_the_municipality_confirms_its_associations(village: Village, body: Organisation) -> None:
    body.memberships.create(user=village.karin, role="administrator")
    association = make.organisation("Norrby IF", place="1984")
    claim = claims.start_claim(by=village.vera, organisation=association)
    assert [m.to_address for m in OutboxMessage.objects.filter(kind="claim_asked")] == ["karin@example.se"]
    assert list(claims_to_answer(village.karin)) == [claim]
    assert list(claims_to_answer(village.olle)) == []
    with pytest.raises(NotAllowed):
        claims.answer_claim(by=village.olle, claim=claim, granted=True)
    claims.answer_claim(by=village.karin, claim=claim, granted=True)
    assert acting_for(village.vera, association.public_id)
    with pytest.raises(Refused):
        claims.answer_claim(by=village.eva, claim=claim, granted=False, reason="Nej")


def test_a_protected_association_is_not_asked_about_in_its_municipality(village: Village, body: Organisation) -> None:
    body.memberships.create(user=village.karin, role="administrator")
    shelter = make.organisation("Kvinnojouren Gryning", place="1984", protected=True)
    claim = claims.start_claim(by=village.vera, organisation=shelter)
    assert not OutboxMessage.objects.filter(to_address="karin@example.se").exists()
    assert list(claims_to_answer(village.karin)) == []
    assert list(claims_to_answer(village.eva)) == [claim]


def test_an_organisation_with_an_administrator_answers_itself(village: Village) -> None:
    village.association.email = "styrelsen@byalag.example"
    village.association.save()
    claim = claims.start_claim(by=village.vera, organisation=village.association)
    assert claim.state == "asked"
    assert {(m.kind, m.to_address) for m in OutboxMessage.objects.all()} == {
        ("claim_asked", "yusuf@example.se"),
        ("claim_notice", "styrelsen@byalag.example"),
    }
    with pytest.raises(Refused):
        claims.answer_claim(by=village.yusuf, claim=claim, granted=False)
    claims.answer_claim(by=village.yusuf, claim=claim, granted=False, reason="Vi känner inte Vera")
    assert OutboxMessage.objects.filter(kind="claim_refused", to_address="vera@example.se").exists()


def test_an_administrator_does_not_claim_again(village: Village) -> None:
    with pytest.raises(Refused):
        claims.start_claim(by=village.yusuf, organisation=village.association)


def test_claims_are_limited(village: Village) -> None:
    for number in range(5):
        claims.start_claim(by=village.vera, organisation=make.organisation(f"Klubb {number}"))
    with pytest.raises(Refused):
        claims.start_claim(by=village.vera, organisation=make.organisation("Klubb 6"))


def test_a_person_adds_an_association_and_acts_for_it_unconfirmed(village: Village) -> None:
    added = bodies.add_organisation(
        by=village.vera, values={"name": "Nya byalaget", "kind": "association"}, person_role="Ordförande"
    )
    assert acting_for(village.vera, added.public_id)
    assert shown(added).unconfirmed
    assert register_page(RegisterFilters(q="nya byalaget")).total == 1
    claim = Claim.objects.get(organisation=added)
    claims.answer_claim(by=village.eva, claim=claim, granted=True)
    added.refresh_from_db()
    assert not shown(added).unconfirmed
    assert added.memberships.filter(until=None).count() == 1


def test_an_association_that_nobody_knows_is_taken_out(village: Village) -> None:
    added = bodies.add_organisation(by=village.vera, values={"name": "Påhittade klubben", "kind": "association"})
    claims.answer_claim(by=village.eva, claim=Claim.objects.get(organisation=added), granted=False, reason="Finns inte")
    added.refresh_from_db()
    assert added.state == "withdrawn"
    assert not added.memberships.filter(until=None).exists()


def _new(village: Village) -> Organisation:
    return bodies.add_organisation(by=village.vera, values={"name": "Nya byalaget", "kind": "association"})


def test_whoever_added_an_organisation_does_not_confirm_it_through_another(village: Village) -> None:
    added = _new(village)
    claim = claims.start_claim(by=village.olle, organisation=added)
    assert list(claims_to_answer(village.vera)) == []
    with pytest.raises(NotAllowed):
        claims.answer_claim(by=village.vera, claim=claim, granted=True)
    assert set(claims_to_answer(village.eva)) == set(Claim.objects.filter(organisation=added))
    assert not OutboxMessage.objects.filter(kind="claim_asked", to_address="vera@example.se").exists()


def test_no_code_goes_to_an_address_that_nobody_has_confirmed(village: Village) -> None:
    added = _new(village)
    Organisation.objects.filter(pk=added.pk).update(email="olles-egen@example.se")
    added.memberships.all().delete()
    claim = claims.start_claim(by=village.olle, organisation=Organisation.objects.get(pk=added.pk))
    assert claim.state == "asked"


def test_refusing_another_leaves_a_new_organisation_as_it_is(village: Village) -> None:
    added = _new(village)
    claim = claims.start_claim(by=village.olle, organisation=added)
    claims.answer_claim(by=village.eva, claim=claim, granted=False, reason="Okänd")
    added.refresh_from_db()
    assert added.state == "active"
    assert acting_for(village.vera, added.public_id)


def test_refusing_who_added_it_spares_those_who_are_confirmed(village: Village) -> None:
    added = _new(village)
    claims.answer_claim(by=village.eva, claim=claims.start_claim(by=village.olle, organisation=added), granted=True)
    first = Claim.objects.get(organisation=added, about_new=True)
    claims.answer_claim(by=village.olle, claim=first, granted=False, reason="Inte medlem hos oss")
    added.refresh_from_db()
    assert (added.state, added.confirmed) == ("active", True)
    assert [held.user for held in members_of(added)] == [village.olle]


def test_only_its_own_administrators_answer_where_somebody_acts(village: Village, body: Organisation) -> None:
    body.memberships.create(user=village.karin, role="administrator")
    Organisation.objects.filter(pk=village.association.pk).update(municipality="1984")
    claim = claims.start_claim(by=village.vera, organisation=village.association)
    for other in (village.karin, village.eva, village.fatima):
        assert list(claims_to_answer(other)) == []
        with pytest.raises(NotAllowed):
            claims.answer_claim(by=other, claim=claim, granted=True)
    assert list(claims_to_answer(village.yusuf)) == [claim]


def test_a_units_administrator_answers_for_the_unit_only(village: Village) -> None:
    village.municipality.memberships.create(user=village.olle, unit=village.committee, role="administrator")
    own = claims.start_claim(by=village.vera, organisation=village.municipality, unit=village.committee)
    whole = claims.start_claim(by=village.fatima, organisation=village.municipality)
    assert list(claims_to_answer(village.olle)) == [own]
    village.karin.memberships.all().delete()
    assert list(claims_to_answer(village.eva)) == [whole]


def test_public_bodies_are_added_by_editors(village: Village) -> None:
    values = {"name": "Exempelmyndigheten", "kind": "agency"}
    with pytest.raises(NotAllowed):
        bodies.add_organisation(by=village.vera, values=values)
    added = bodies.add_organisation(by=village.eva, values=values)
    assert added.confirmed
    assert not added.memberships.exists()


def test_a_number_that_is_taken_names_who_has_it(village: Village) -> None:
    make.organisation("Gamla klubben", org_number="8024348610", org_number_status="valid")
    with pytest.raises(Refused) as error:
        bodies.add_organisation(
            by=village.vera, values={"name": "Nya", "kind": "association", "org_number": "802434-8610"}
        )
    assert "Gamla klubben" in str(error.value.message)
