"""Guests read what all parties read, until a day; readers of an organisation read the same and write nothing."""

import datetime
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Collaboration, Entry, Guest, Notice, Outcome
from samverka.collaborations.queries import guest_at, guest_places, organisation_at, seat
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.search import search, store_vector
from samverka.organisations.models import Membership
from samverka.organisations.queries import acting_for
from tests.people import Together, make_sensitive, person
from tests.world import seat_of


def invite(together: Together, by: str = "karin", **changed: Any) -> Guest:
    asked: dict[str, Any] = {
        "email": "gustav@example.se", "name": "Gustav Gästsson", "role": "Forskar om läxhjälp",
        "until": timezone.localdate() + timedelta(days=30),
    }  # fmt: skip
    return actions.invite_guest(by=seat_of(together, by), **{**asked, **changed})


@pytest.fixture
def texts(together: Together) -> Together:
    """A text in each circle of each party, and one that they have written together."""
    for name in ("karin", "yusuf"):
        own = seat_of(together, name)
        actions.write_entry(by=own, text=f"{name} utkast")
        actions.write_entry(by=own, text=f"{name} internt", circle=Circle.PARTY)
        shared = actions.write_entry(by=own, text=f"{name} delat")
        actions.share_entry(by=own, entry_id=shared.public_id, circle=Circle.ALL, version=1)
    actions.write_joint_note(by=seat_of(together, "karin"), text="gemensamt", version=0)
    return together


def test_guest_reads_what_all_parties_read_and_nothing_else(texts: Together) -> None:
    gustav = invite(texts).user
    read = guest_at(gustav, texts.collaboration.public_id).read
    assert [entry.text for group in read for entry in group.entries] == ["gemensamt", "karin delat", "yusuf delat"]
    assert Entry.objects.visible_to(gustav).count() == 3


def test_guest_reads_what_steps_left_behind_for_all(texts: Together) -> None:
    for name in ("karin", "yusuf"):
        own = seat_of(texts, name)
        actions.save_outcome(by=own, step="3.1", values={"needs": f"{name} behöver"}, joint=False, version=0)
    shared = Outcome.objects.get(party=texts.civil_party)
    actions.share_outcome(by=seat_of(texts, "yusuf"), outcome_id=shared.public_id, version=shared.version)
    read = guest_at(invite(texts).user, texts.collaboration.public_id).read
    said = [text for group in read for _outcome, text in group.outcomes]
    assert said == ["Det här behöver vi få ut av det:\nyusuf behöver"]


def test_guest_has_no_seat_and_reaches_no_organisation(texts: Together) -> None:
    gustav = invite(texts).user
    with pytest.raises(NotVisible):
        acting_for(gustav, texts.village.municipality.public_id)
    with pytest.raises(NotVisible):
        organisation_at(gustav, texts.collaboration.public_id)


def test_guest_finds_the_collaboration_by_searching(together: Together) -> None:
    store_vector(together.collaboration)
    gustav = invite(together).user
    assert together.collaboration.title in [hit.title for hit in search("läxhjälp", user=gustav)]
    assert together.collaboration.title not in [hit.title for hit in search("läxhjälp", user=together.village.vera)]


@pytest.mark.parametrize("how", ["last day passed", "ended"])
def test_guest_reads_no_more_afterwards(texts: Together, how: str) -> None:
    guest = invite(texts)
    if how == "ended":
        actions.end_guest(by=seat_of(texts, "karin"), guest_id=guest.public_id)
    else:
        Guest.objects.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotVisible):
        guest_at(guest.user, texts.collaboration.public_id)
    assert not Entry.objects.visible_to(guest.user).exists()
    assert not Collaboration.objects.visible_to(guest.user).exists()
    assert not guest_places(guest.user).exists()


def test_guest_reads_on_the_last_day(texts: Together) -> None:
    guest = invite(texts, until=timezone.localdate())
    assert Entry.objects.visible_to(guest.user).exists()


def test_guest_is_mailed_and_the_other_party_is_told(together: Together) -> None:
    invite(together)
    mail = OutboxMessage.objects.get(kind="guest_invited")
    assert mail.to_address == "gustav@example.se"
    assert f"/arbete/gast/{together.collaboration.public_id}/" in mail.text
    told = Notice.objects.get(kind="guest_reads")
    assert told.user == together.village.yusuf


def test_guest_of_what_is_sensitive_gets_a_subject_without_the_matter(together: Together) -> None:
    make_sensitive(together)
    invite(together)
    assert "Läxhjälp" not in OutboxMessage.objects.get(kind="guest_invited").subject


def test_invitation_of_a_guest_is_in_every_partys_log(together: Together) -> None:
    invite(together)
    logged = AuditEntry.objects.filter(action="collaboration.guest_invited")
    assert logged.count() == 2


def test_address_does_not_tell_whose_it_is_before_the_guest_has_signed_in(together: Together) -> None:
    known = person("Gustav")
    known.name = "Gustav Hemlig"
    known.save()
    guest = invite(together)
    assert (guest.user, guest.called) == (known, "gustav@example.se")
    known.last_login = timezone.now()
    known.save()
    guest.refresh_from_db()
    assert guest.called == "Gustav Hemlig"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until": datetime.date(2020, 1, 1)}, "until"),
        ({"until": timezone.localdate() + timedelta(days=400)}, "until"),
        ({"role": " "}, "role"),
        ({"name": ""}, "name"),
        ({"email": "yusuf@example.se"}, "email"),
    ],
)
def test_guest_is_refused_with_the_field_that_is_wrong(together: Together, changed: Any, field: str) -> None:
    with pytest.raises(Refused) as refused:
        invite(together, **changed)
    assert refused.value.details["field"] == field
    assert not Guest.objects.exists()


def test_guest_whose_day_has_passed_can_be_invited_again(together: Together) -> None:
    invite(together)
    with pytest.raises(Refused):
        invite(together)
    Guest.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert invite(together).user == User.objects.get(email="gustav@example.se")


def test_nobody_is_guest_where_nothing_is_shared_yet(together: Together) -> None:
    together.civil_party.delete()
    with pytest.raises(Refused):
        invite(together)


def test_other_party_does_not_end_the_guest(together: Together) -> None:
    guest = invite(together)
    with pytest.raises(NotAllowed):
        actions.end_guest(by=seat_of(together, "yusuf"), guest_id=guest.public_id)


def test_registrar_invites_no_guest(together: Together) -> None:
    with pytest.raises(NotAllowed):
        invite(together, "rut")


def test_host_administrator_is_no_reader_before_a_party_says_so(texts: Together) -> None:
    hanna = texts.village.hanna
    assert not Entry.objects.visible_to(hanna).exists()
    invite(texts, email=hanna.email)
    assert Entry.objects.visible_to(hanna).count() == 3


def test_reader_of_an_organisation_reads_what_is_shared_and_writes_nothing(texts: Together) -> None:
    lena = person("Lena")
    Membership.objects.create(user=lena, organisation=texts.village.municipality, role="reader")
    place = seat(acting_for(lena, texts.village.municipality.public_id), texts.collaboration.public_id)
    assert not place.writes
    assert not place.takes_part
    assert {entry.text for entry in place.readable} == {"gemensamt", "karin delat", "yusuf delat"}
    with pytest.raises(NotAllowed):
        actions.set_diary_number(by=place, diary_number="KS 1")


def test_guest_is_sent_away_also_when_all_is_over(together: Together) -> None:
    """Nobody writes there any more, but the guest would read until the last day."""
    guest = invite(together)
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Vi är klara")
    with pytest.raises(NotAllowed):
        actions.end_guest(by=seat_of(together, "yusuf"), guest_id=guest.public_id)
    actions.end_guest(by=seat_of(together, "karin"), guest_id=guest.public_id)
    with pytest.raises(NotVisible):
        guest_at(guest.user, together.collaboration.public_id)
