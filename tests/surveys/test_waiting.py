"""What waits for the members of an organisation that is asked."""

import datetime
from typing import Any

import pytest
import time_machine

from samverka.kernel.waiting import waiting_for
from samverka.organisations.models import Organisation
from samverka.organisations.queries import acting_for
from samverka.surveys.actions import panel, round_states
from samverka.surveys.models import Asked
from samverka.surveys.waiting import asked_for, surveys
from tests.people import Village
from tests.surveys.desk import INVITED_ON, hand_over, invited, opened, send_all
from tests.world import client_of

pytestmark = pytest.mark.django_db


def _at(village: Village, name: str, body: Organisation | None = None) -> Any:
    return acting_for(village.people[name], (body or village.municipality).public_id)


def test_members_see_the_form_until_it_is_handed_over(village: Village) -> None:
    with time_machine.travel(INVITED_ON):
        asked = invited(village.anna, village.municipality)[0]
        found = surveys(_at(village, "karin"))
        assert [(one.text, one.about, one.late) for one in found] == [
            ("Svara på kartläggningen", "Så samverkar ni 2027", False)
        ]
        assert found[0].route == ("our_surveys", village.municipality.public_id)
        assert found[0] in waiting_for(_at(village, "karin"))
        assert surveys(_at(village, "olle", village.neighbour)) == []
        hand_over(asked)
        assert surveys(_at(village, "karin")) == []
        assert list(asked_for(_at(village, "karin"))) == [asked]


def test_it_is_late_after_the_last_day_and_gone_when_closed(village: Village) -> None:
    invited(village.anna, village.municipality, closes_on=datetime.date(2027, 4, 30))
    with time_machine.travel(datetime.datetime(2027, 5, 1, 12, tzinfo=datetime.UTC)):
        assert surveys(_at(village, "karin"))[0].late
    round_states.close_round(by=village.anna, slug="2027")
    assert list(asked_for(_at(village, "karin"))) == []


def test_registrar_who_takes_no_part_and_those_not_invited_see_nothing(village: Village) -> None:
    opened(village.anna, village.municipality)
    assert list(asked_for(_at(village, "karin"))) == []
    send_all(village.anna, Asked.objects.get().round)
    assert asked_for(_at(village, "karin")).count() == 1
    assert list(asked_for(_at(village, "rut"))) == []


def test_member_of_a_unit_sees_only_what_the_unit_is_asked(village: Village) -> None:
    invited(village.anna, village.municipality)
    assert list(asked_for(_at(village, "kim"))) == []
    panel.add_units(by=village.anna, slug="2027", units=[village.committee.public_id])
    send_all(village.anna, Asked.objects.first().round)
    assert [one.unit for one in asked_for(_at(village, "kim"))] == [village.committee]
    assert asked_for(_at(village, "karin")).count() == 2


def test_anonymous_round_does_not_wait(village: Village) -> None:
    village.association.email = "info@byalaget.example"
    village.association.save()
    invited(village.anna, village.association, side="civil", access="open")
    assert surveys(_at(village, "yusuf", village.association)) == []
    assert asked_for(_at(village, "yusuf", village.association)).count() == 1


def test_menu_has_the_mapping_while_a_round_is_open_for_the_body(village: Village) -> None:
    where = f"/arbete/{village.municipality.public_id}/kartlaggning/"
    karin, page = client_of(village.people["karin"]), f"/arbete/{village.municipality.public_id}/"
    invited(village.anna, village.municipality)
    assert f'href="{where}"' in _menu(karin.get(page).content.decode())
    assert 'aria-current="page"' in _menu(karin.get(where).content.decode()).partition(where)[2][:60]
    olle = client_of(village.people["olle"])
    assert "/kartlaggning/" not in _menu(olle.get(f"/arbete/{village.neighbour.public_id}/").content.decode())
    round_states.close_round(by=village.anna, slug="2027")
    assert where not in _menu(karin.get(page).content.decode())


def _menu(page: str) -> str:
    return page.partition('aria-label="Arbetsytan"')[2].partition("</nav>")[0]
