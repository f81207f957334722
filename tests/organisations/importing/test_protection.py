"""A protected organisation stays so whatever a register says."""

from typing import Any

import pytest

from samverka.organisations.actions import facts
from samverka.organisations.models import Organisation
from tests.people import Village

from .files import imported, lines

pytestmark = pytest.mark.django_db

SHELTER = {"name": "Gryning", "municipality": "Arboga", "register": "Arboga/FRI", "types": ["Kvinnojour"]}
CLUB = {**SHELTER, "types": ["Idrottsförening"]}


def _import(row: dict[str, Any]) -> Organisation:
    imported(lines([row]))
    return Organisation.objects.get(name="Gryning")


def test_an_import_takes_no_protection_away() -> None:
    assert _import(SHELTER).protected
    after = _import(CLUB)
    assert after.protected
    assert after.protected_reason


def test_an_import_leaves_the_protection_that_people_chose(village: Village) -> None:
    club = _import(CLUB)
    facts.protect_organisation(by=village.eva, organisation=club, reason="De ber om det")
    after = _import({**CLUB, "types": ["Bollklubb"]})
    assert (after.protected, after.protected_reason) == (True, "De ber om det")


def test_an_import_protects_what_turns_out_to_need_it() -> None:
    assert not _import(CLUB).protected
    assert _import(SHELTER).protected
