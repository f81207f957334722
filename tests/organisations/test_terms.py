"""Reading the terms, and what of them is missing."""

import datetime

import pytest
from django.conf import LazySettings

from samverka.organisations import terms as reader
from samverka.organisations.acceptances import may_accept_names, terms_missing
from samverka.organisations.models import Membership, TermsAcceptance, Unit
from samverka.organisations.queries import acting_for
from samverka.organisations.rules import can_accept_terms
from samverka.organisations.terms import current_terms, terms_version, versions
from tests.people import Village

VERSION = """
- number: {number}
  valid_from: {day}
  title: {{sv: Villkor, en: Terms}}
  lead: {{sv: Kort, en: Short}}
  sections:
    - heading: {{sv: Parter, en: Parties}}
      blocks: [{{sv: "Ni och {{host}}.", en: "You and {{host}}."}}]
"""


@pytest.fixture
def stated(settings: LazySettings, tmp_path):
    """Let the terms be those written, as (number, first day)."""

    def write(*stated: tuple[int, datetime.date]) -> None:
        text = "".join(VERSION.format(number=number, day=day) for number, day in stated)
        (tmp_path / reader.FILE).write_text(text, encoding="utf-8")
        settings.CONTENT_DIR = tmp_path
        reader._read.cache_clear()

    yield write
    reader._read.cache_clear()


TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)


def accept(village: Village, number: int, unit: Unit | None = None) -> None:
    TermsAcceptance.objects.create(
        organisation=village.municipality, unit=unit, version=number, accepted_name="Karin Provsson"
    )


def test_version_whose_day_has_not_come_does_not_hold(stated) -> None:
    stated((1, TODAY - DAY), (2, TODAY), (3, TODAY + DAY))
    assert [terms.number for terms in versions("sv")] == [3, 2, 1]
    newest = current_terms()
    assert newest is not None
    assert newest.number == 2


def test_terms_are_read_in_each_language_with_the_providers_name(stated, settings: LazySettings) -> None:
    stated((1, TODAY))
    settings.HOST_ORGANISATION = "Värden AB"
    swedish, english = terms_version(1, "sv"), terms_version(1, "en")
    assert swedish is not None and english is not None
    assert swedish.sections[0].blocks[0].text == "Ni och Värden AB."
    assert english.sections[0].blocks[0].text == "You and Värden AB."
    earlier = terms_version(1, "sv", "Gamla värden")
    assert earlier is not None
    assert "Gamla värden" in earlier.text


def test_installation_may_have_no_terms(stated) -> None:
    stated()
    assert current_terms() is None
    assert terms_version(1) is None


@pytest.mark.django_db
def test_association_is_not_asked(village: Village) -> None:
    assert terms_missing(village.association, None) is None


@pytest.mark.django_db
def test_body_is_asked_for_the_newest(village: Village, stated) -> None:
    stated((1, TODAY), (2, TODAY))
    missing = terms_missing(village.municipality, village.committee)
    assert missing is not None
    assert missing.number == 2


@pytest.mark.django_db
def test_acceptance_of_the_whole_covers_its_units(village: Village, stated) -> None:
    stated((1, TODAY))
    accept(village, 1)
    assert terms_missing(village.municipality, None) is None
    assert terms_missing(village.municipality, village.committee) is None
    assert terms_missing(village.neighbour, None) is not None


@pytest.mark.django_db
def test_acceptance_of_a_unit_covers_it_alone(village: Village, stated) -> None:
    stated((1, TODAY))
    accept(village, 1, village.committee)
    school = Unit.objects.create(organisation=village.municipality, name="Skolnämnden", kind="committee")
    assert terms_missing(village.municipality, village.committee) is None
    assert terms_missing(village.municipality, None) is not None
    assert terms_missing(village.municipality, school) is not None


@pytest.mark.django_db
def test_acceptance_of_an_older_version_is_not_enough(village: Village, stated) -> None:
    stated((1, TODAY), (2, TODAY))
    accept(village, 1)
    assert terms_missing(village.municipality, None) is not None


@pytest.mark.django_db
def test_nothing_is_missing_where_there_are_no_terms(village: Village, stated) -> None:
    stated()
    assert terms_missing(village.municipality, None) is None


@pytest.mark.django_db
def test_who_decides_may_accept_as_far_as_they_reach(village: Village) -> None:
    municipality, committee = village.municipality, village.committee
    Membership.objects.create(user=village.vera, organisation=municipality, unit=committee, role="decision_maker")
    karin, kim, vera, rut = (
        acting_for(village.people[n], municipality.public_id) for n in ("karin", "kim", "vera", "rut")
    )
    assert can_accept_terms(village.karin, karin)
    assert can_accept_terms(village.karin, karin, committee)
    assert can_accept_terms(village.vera, vera, committee)
    assert not can_accept_terms(village.vera, vera)
    assert not can_accept_terms(village.kim, kim, committee)
    assert not can_accept_terms(village.rut, rut)
    assert may_accept_names(municipality, None) == ["Karin Provsson"]
    assert may_accept_names(municipality, committee) == ["Karin Provsson", "Vera Provsson"]
