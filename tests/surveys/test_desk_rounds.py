"""Preparing a round, changing it, opening and closing it."""

import datetime
from typing import Any

import pytest
import time_machine

from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.surveys.actions import panel, round_states, rounds
from samverka.surveys.advice import warnings_of
from samverka.surveys.models import Round
from tests.people import Village
from tests.surveys.desk import CLOSES_ON, opened, prepared

pytestmark = pytest.mark.django_db


def test_round_is_prepared_by_an_analyst_only(village: Village) -> None:
    for nobody in (village.karin, village.eva, village.hanna):
        with pytest.raises(NotAllowed):
            prepared(nobody)
    found = prepared(village.anna)
    assert (found.state, found.opened_at, found.version.questionnaire.slug) == ("prepared", None, "offentliga-aktorer")
    assert AuditEntry.objects.get(action="round.prepared").actor_id == village.anna.pk


@pytest.mark.parametrize(
    ("slug", "questionnaire", "field"),
    [
        ("Fel Namn", "offentliga-aktorer", "slug"),
        ("2027", "saknas", "questionnaire"),
        ("ny", "offentliga-aktorer", "slug"),
    ],
)
def test_round_is_refused_at_the_field(village: Village, slug: str, questionnaire: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        prepared(village.anna, slug, questionnaire)
    assert refused.value.details["field"] == field
    assert not Round.objects.exists()


def test_unknown_fact_is_a_mistake_of_ours(village: Village) -> None:
    with pytest.raises(TypeError):
        prepared(village.anna, state="open")


def test_two_who_change_at_once_see_both(village: Village) -> None:
    prepared(village.anna)
    rounds.change_round(by=village.anna, slug="2027", version=1, values={"title": "Den ena"})
    with pytest.raises(Conflict) as conflict:
        rounds.change_round(by=village.anna, slug="2027", version=1, values={"title": "Den andra", "provision": ""})
    assert conflict.value.details["theirs"] == {"title": "Den ena"}
    assert conflict.value.details["yours"] == {"title": "Den andra"}
    assert Round.objects.get().title == "Den ena"


def test_what_others_have_built_on_stays(village: Village) -> None:
    prepared(village.anna)
    rounds.change_round(by=village.anna, slug="2027", version=1, values={"mode": "pilot"})
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.municipality.pk)])
    with pytest.raises(Refused):
        rounds.change_round(by=village.anna, slug="2027", version=2, values={"mode": "real"})
    rounds.change_round(by=village.anna, slug="2027", version=2, values={"title": "Ny titel", "mode": "pilot"})
    assert Round.objects.get().title == "Ny titel"


def test_round_without_contact_is_not_opened(village: Village) -> None:
    prepared(village.anna, contact_phone="", closes_on=None)
    with pytest.raises(Refused) as refused:
        round_states.start_round(by=village.anna, slug="2027")
    assert "sista svarsdag, kontaktens telefon och tider" in str(refused.value.message)


def test_round_is_opened_closed_opened_again_and_published(village: Village) -> None:
    opened(village.anna)
    with pytest.raises(Refused):
        round_states.start_round(by=village.anna, slug="2027")
    with pytest.raises(Refused):
        round_states.publish_results(by=village.anna, slug="2027")
    assert round_states.close_round(by=village.anna, slug="2027").closed_at
    with pytest.raises(Refused) as refused:
        round_states.reopen_round(by=village.anna, slug="2027", why=" ")
    assert refused.value.details["field"] == "why"
    again = round_states.reopen_round(by=village.anna, slug="2027", why="Två hade semester")
    assert (again.state, again.closed_at) == ("open", None)
    assert AuditEntry.objects.get(action="round.reopened").changes["why"] == [None, "Två hade semester"]
    round_states.close_round(by=village.anna, slug="2027")
    assert round_states.publish_results(by=village.anna, slug="2027").published_at


@pytest.mark.parametrize("mode", ["pilot", "test"])
def test_what_does_not_count_is_never_published(village: Village, mode: str) -> None:
    opened(village.anna, mode=mode)
    round_states.close_round(by=village.anna, slug="2027")
    with pytest.raises(Refused):
        round_states.publish_results(by=village.anna, slug="2027")


@pytest.mark.parametrize("action", ["start_round", "close_round", "publish_results"])
def test_nobody_else_moves_a_round(village: Village, action: str) -> None:
    prepared(village.anna)
    with pytest.raises(NotAllowed):
        getattr(round_states, action)(by=village.karin, slug="2027")
    with pytest.raises(NotVisible):
        getattr(round_states, action)(by=village.anna, slug="saknas")


def _warned(village: Village, **facts: Any) -> str:
    found = prepared(village.anna, **facts)
    said = " ".join(warnings_of(found))
    found.delete()
    return said


@time_machine.travel(datetime.datetime(2027, 3, 19, 9, tzinfo=datetime.UTC))
def test_desk_warns_of_quiet_months_and_haste_and_stops_nothing(village: Village) -> None:
    assert "juli" in _warned(village, closes_on=datetime.date(2027, 7, 5))
    assert "december" in _warned(village, closes_on=datetime.date(2027, 12, 3))
    assert "tre veckor" in _warned(village, closes_on=datetime.date(2027, 3, 31))
    assert "arbetsdag" in _warned(village, closes_on=datetime.date(2027, 5, 7))
    good = _warned(village, closes_on=CLOSES_ON, consulted_with="SKR")
    assert "pilot" in good
    assert not {"juli", "december", "veckor", "arbetsdag", "samråd"} & set(good.split())
    assert opened(village.anna, closes_on=datetime.date(2027, 7, 5)).state == "open"


def test_a_closed_round_is_warned_of_nothing(village: Village) -> None:
    opened(village.anna, closes_on=datetime.date(2027, 7, 4))
    assert warnings_of(round_states.close_round(by=village.anna, slug="2027")) == []
