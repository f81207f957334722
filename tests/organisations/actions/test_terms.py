"""Accepting the terms, and asking somebody who may."""

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.organisations.acceptances import terms_missing
from samverka.organisations.actions import terms as actions
from samverka.organisations.models import Membership, TermsAcceptance, Unit
from samverka.organisations.queries import Acting, acting_for
from tests.people import Village

pytestmark = pytest.mark.django_db


def acting(village: Village, name: str, side: str = "municipality") -> Acting:
    return acting_for(village.people[name], getattr(village, side).public_id)


def mails(kind: str) -> list[str]:
    return sorted(OutboxMessage.objects.filter(kind=kind).values_list("to_address", flat=True))


def test_body_accepts_and_its_registrar_is_told(village: Village, settings: LazySettings) -> None:
    settings.HOST_ORGANISATION = "Värden AB"
    accepted = actions.accept_terms(by=acting(village, "karin"), unit=None, version=1, role=" Förvaltnings\nchef ")
    assert (accepted.accepted_name, accepted.accepted_role) == ("Karin Provsson", "Förvaltnings chef")
    assert (accepted.version, accepted.provider, accepted.unit) == (1, "Värden AB", None)
    assert terms_missing(village.municipality, village.committee) is None
    (mail,) = OutboxMessage.objects.filter(kind="terms_accepted")
    assert mail.to_address == "registrator@exempelby.example"
    for said in ("Exempelby kommun", "Karin Provsson", "Förvaltnings chef", "Värden AB", "villkor-1.pdf"):
        assert said in mail.text
    (row,) = AuditEntry.objects.filter(action="terms.accepted")
    assert row.actor_label == "Karin Provsson"
    assert row.organisation_id == village.municipality.public_id
    assert row.changes["version"] == [None, 1]
    assert len(row.changes["text"]["sha256"]) == 64


def test_units_own_office_is_told_first(village: Village) -> None:
    village.committee.functions.create(
        organisation=village.municipality, kind="registrar", email="fritid@exempelby.example"
    )
    actions.accept_terms(by=acting(village, "karin"), unit=village.committee, version=1)
    assert mails("terms_accepted") == ["fritid@exempelby.example"]
    assert "Fritidsnämnden, Exempelby kommun" in OutboxMessage.objects.get(kind="terms_accepted").text


def test_body_without_an_office_gets_no_mail(village: Village) -> None:
    actions.accept_terms(by=acting(village, "olle", "neighbour"), unit=None, version=1)
    assert mails("terms_accepted") == []
    assert terms_missing(village.neighbour, None) is None


def test_decision_maker_of_a_unit_accepts_for_it_alone(village: Village) -> None:
    Membership.objects.create(
        user=village.vera, organisation=village.municipality, unit=village.committee, role="decision_maker"
    )
    vera = acting(village, "vera")
    with pytest.raises(NotAllowed):
        actions.accept_terms(by=vera, unit=None, version=1)
    actions.accept_terms(by=vera, unit=village.committee, version=1)
    assert terms_missing(village.municipality, village.committee) is None
    assert terms_missing(village.municipality, None) is not None


@pytest.mark.parametrize("name", ["kim", "rut"])
def test_who_does_not_decide_may_not_accept(village: Village, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.accept_terms(by=acting(village, name), unit=village.committee, version=1)
    assert not TermsAcceptance.objects.exists()


@pytest.mark.parametrize("version", [0, 2, 99])
def test_another_version_than_the_newest_is_refused(village: Village, version: int) -> None:
    with pytest.raises(Refused, match="ny version"):
        actions.accept_terms(by=acting(village, "karin"), unit=None, version=version)


def test_association_accepts_nothing(village: Village) -> None:
    with pytest.raises(Refused, match="offentliga aktörer"):
        actions.accept_terms(by=acting(village, "yusuf", "association"), unit=None, version=1)


def test_unit_of_another_body_is_refused(village: Village) -> None:
    theirs = Unit.objects.create(organisation=village.neighbour, name="Fritidsnämnden", kind="committee")
    with pytest.raises(Refused, match="annan organisation"):
        actions.accept_terms(by=acting(village, "karin"), unit=theirs, version=1)


def test_accepting_again_returns_the_first_and_mails_nobody(village: Village) -> None:
    first = actions.accept_terms(by=acting(village, "karin"), unit=None, version=1)
    Membership.objects.create(user=village.vera, organisation=village.municipality, role="decision_maker")
    for unit in (None, village.committee):
        assert actions.accept_terms(by=acting(village, "vera"), unit=unit, version=1) == first
    assert len(mails("terms_accepted")) == 1
    assert AuditEntry.objects.filter(action="terms.accepted").count() == 1


def test_database_keeps_one_acceptance_of_each_version(village: Village) -> None:
    row = {"organisation": village.municipality, "version": 1, "accepted_name": "Karin"}
    TermsAcceptance.objects.create(**row)
    for wrong in ({}, {"version": 0}, {"version": 2, "accepted_name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TermsAcceptance.objects.create(**{**row, **wrong})


def test_acceptance_stays_when_the_person_is_gone(village: Village) -> None:
    accepted = actions.accept_terms(by=acting(village, "karin"), unit=None, version=1)
    village.karin.delete()
    accepted.refresh_from_db()
    assert (accepted.accepted_by, accepted.accepted_name) == (None, "Karin Provsson")


def test_colleague_asks_those_who_may(village: Village) -> None:
    Membership.objects.create(
        user=village.vera, organisation=village.municipality, unit=village.committee, role="decision_maker"
    )
    actions.ask_for_terms(by=acting(village, "kim"), unit=village.committee)
    assert mails("terms_asked") == ["karin@example.se", "vera@example.se"]
    text = OutboxMessage.objects.filter(kind="terms_asked").first().text
    assert "Kim Provsson" in text
    assert f"/arbete/{village.municipality.public_id}/villkor/?enhet={village.committee.public_id}" in text
    assert AuditEntry.objects.filter(action="terms.asked").count() == 1


def test_nobody_to_ask_is_refused_with_what_to_do(village: Village) -> None:
    with pytest.raises(Refused, match="beslutsfattare"):
        actions.ask_for_terms(by=acting(village, "karin"), unit=None)
    assert mails("terms_asked") == []


def test_what_is_accepted_is_not_asked_for(village: Village) -> None:
    actions.accept_terms(by=acting(village, "karin"), unit=None, version=1)
    with pytest.raises(Refused, match="redan godkända"):
        actions.ask_for_terms(by=acting(village, "kim"), unit=village.committee)


def test_asking_is_limited(village: Village) -> None:
    kim = acting(village, "kim")
    for _time in range(actions.MOST_ASKED_A_DAY):
        actions.ask_for_terms(by=kim, unit=village.committee)
    with pytest.raises(TooMany):
        actions.ask_for_terms(by=kim, unit=village.committee)
