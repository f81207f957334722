"""Starting with several, alone, and taking along what one has prepared."""

import datetime

import pytest

from samverka.collaborations import actions
from samverka.collaborations.actions.inviting import Asked
from samverka.collaborations.enums import Circle
from samverka.collaborations.facts import Facts, facts_of, in_words, level_of, place_of
from samverka.collaborations.models import Collaboration, Entry, Invitation
from samverka.collaborations.queries import Seat, invitation_by_token, left_to_share, seat
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.search import search
from samverka.organisations.models import ActivityField, Organisation
from samverka.organisations.queries import acting_for
from samverka.places.models import Municipality
from tests.people import Together, Village, accept_terms
from tests.world import seat_of

WHY = "Ingen ska vara ensam."


def prepare(village: Village, title: str = "Gångväg till bygdegården", purpose: str = WHY) -> Collaboration:
    made, tokens = actions.start_collaboration(
        by=acting_for(village.karin, village.municipality.public_id), facts=Facts(title, purpose), unit=None,
        chosen_steps=["2.1", "1.1", "9.9"],
    )  # fmt: skip
    assert tokens == []
    return made


def prepare_and_invite(village: Village) -> Collaboration:
    made = prepare(village)
    accept_terms(village.municipality, village.karin)
    actions.invite_party(by=at(village, made), invited=village.association, email="b@byalag.example")
    return made


def at(village: Village, collaboration: Collaboration, name: str = "karin") -> Seat:
    own = village.association if name in {"yusuf", "fatima"} else village.municipality
    return seat(acting_for(village.people[name], own.public_id), collaboration.public_id)


def test_several_are_invited_at_once_each_with_a_link_of_its_own(village: Village) -> None:
    asked = [Asked(village.association, "b@byalag.example"), Asked(village.neighbour, "r@grannby.example")]
    made, tokens = actions.start_collaboration(
        by=acting_for(village.karin, village.municipality.public_id), facts=Facts("Badplats", WHY), unit=None,
        invited=asked,
    )  # fmt: skip
    invited = [invitation_by_token(token).party.organisation for token in tokens]
    assert invited == [village.association, village.neighbour]
    assert made.state == "invited"


def test_two_associations_need_no_public_body(village: Village) -> None:
    other = Organisation.objects.create(name="Norrby samhällsförening", kind="association")
    made, _tokens = actions.start_collaboration(
        by=acting_for(village.yusuf, village.association.public_id), facts=Facts("Midsommar", WHY), unit=None,
        invited=[Asked(other, "n@norrby.example")],
    )  # fmt: skip
    assert {party.side for party in made.parties.all()} == {"civil"}


def test_preparation_has_one_party_and_the_chosen_steps_in_the_models_order(village: Village) -> None:
    made = prepare(village)
    assert (made.state, made.chosen_steps) == ("preparing", ["1.1", "2.1"])
    assert made.parties.count() == 1
    assert not OutboxMessage.objects.exists()
    assert at(village, made).alone


def test_nobody_is_invited_without_a_word_of_why(village: Village) -> None:
    made = prepare(village, purpose="")
    with pytest.raises(Refused):
        actions.invite_party(by=at(village, made), invited=village.association, email="b@byalag.example")
    assert not Invitation.objects.exists()


def test_invited_preparation_waits_and_is_a_preparation_again_when_taken_back(village: Village) -> None:
    made = prepare(village)
    actions.invite_party(by=at(village, made), invited=village.association, email="b@byalag.example")
    made.refresh_from_db()
    assert made.state == "invited"
    actions.withdraw_invitation(by=at(village, made), invitation_id=Invitation.objects.get().public_id)
    made.refresh_from_db()
    assert made.state == "preparing"


def test_all_or_none_are_invited(together: Together) -> None:
    village = together.village
    asked = [Asked(village.neighbour, "r@grannby.example"), Asked(village.association, "b@byalag.example")]
    with pytest.raises(Refused):
        actions.invite_parties(by=seat_of(together, "karin"), asked=asked)
    assert not Invitation.objects.exists()


def test_what_is_ticked_goes_along_and_the_rest_stays(village: Village) -> None:
    made = prepare_and_invite(village)
    karin = at(village, made)
    along = actions.write_entry(by=karin, text="Markägaren är positiv.", circle=Circle.PARTY)
    stays = actions.write_entry(by=karin, text="Vi har inga pengar.", circle=Circle.PARTY)
    draft = actions.write_entry(by=karin, text="Utkast")
    assert [entry.pk for entry in left_to_share(karin).own] == [along.pk, stays.pk]
    assert actions.take_along(by=karin, entries=[(along.public_id, 1)]) == 1
    circles = {entry.pk: entry.circle for entry in Entry.objects.all()}
    assert circles == {along.pk: "all", stays.pk: "party", draft.pk: "me"}
    assert left_to_share(at(village, made)).own == [stays]


def test_what_a_step_left_behind_goes_along(village: Village) -> None:
    made = prepare_and_invite(village)
    karin = at(village, made)
    assert karin.model is not None
    step = next(one for one in karin.model.steps if one.leaves.kind == "drivers")
    values = {field.key: "Fler vågar fråga" for field in step.leaves.fields if field.kind == "text"}
    outcome = actions.save_outcome(by=karin, step=step.code, values=values, joint=False, version=0)
    assert left_to_share(at(village, made)).outcomes == [outcome]
    actions.take_along(by=at(village, made), outcomes=[(outcome.public_id, outcome.version)])
    outcome.refresh_from_db()
    assert outcome.circle == "all"
    assert not left_to_share(at(village, made))


def test_nothing_goes_along_before_somebody_is_invited(village: Village) -> None:
    karin = at(village, prepare(village))
    note = actions.write_entry(by=karin, text="Markägaren är positiv.", circle=Circle.PARTY)
    with pytest.raises(Refused):
        actions.take_along(by=karin, entries=[(note.public_id, 1)])


def test_none_goes_along_when_one_has_changed_meanwhile(village: Village) -> None:
    made = prepare_and_invite(village)
    karin = at(village, made)
    first = actions.write_entry(by=karin, text="Ett", circle=Circle.PARTY)
    second = actions.write_entry(by=karin, text="Två", circle=Circle.PARTY)
    actions.write_entry(by=karin, entry_id=second.public_id, version=1, text="Två, ändrad")
    with pytest.raises(Conflict):
        actions.take_along(by=karin, entries=[(first.public_id, 1), (second.public_id, 1)])
    assert not Entry.objects.filter(circle="all").exists()


def test_anothers_note_does_not_go_along(together: Together) -> None:
    theirs = actions.write_entry(by=seat_of(together, "yusuf"), text="Byalagets", circle=Circle.PARTY)
    with pytest.raises(NotVisible):
        actions.take_along(by=seat_of(together, "karin"), entries=[(theirs.public_id, 1)])


def test_registrar_finds_nothing_to_take_along(together: Together) -> None:
    actions.write_entry(by=seat_of(together, "karin"), text="Kommunens", circle=Circle.PARTY)
    rut = seat_of(together, "rut")
    assert not left_to_share(rut)


def test_any_partys_writer_changes_the_facts_and_every_party_sees_it_in_the_log(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    place = Municipality.objects.get(pk="1499")
    field = ActivityField.objects.get(scheme="mapping", code="children_youth")
    facts = Facts(
        "Läxhjälp på fyra språk", "Fler barn får hjälp.", ("project",), (field,), place,
        starts_on=datetime.date(2027, 1, 1), ends_on=datetime.date(2027, 6, 30),
    )  # fmt: skip
    made = actions.change_facts(by=yusuf, facts=facts, version=1)
    assert (made.version, made.county, list(made.fields.all())) == (2, place.county, [field])
    assert facts_of(Collaboration.objects.get(pk=made.pk)).municipality == place
    logged = AuditEntry.objects.filter(action="collaboration.facts_changed")
    village = together.village
    assert {row.organisation_id for row in logged} == {village.municipality.public_id, village.association.public_id}
    assert "Fler barn får hjälp." not in str([row.changes for row in logged])
    assert facts.title in [hit.title for hit in search("fyra språk", user=village.karin)]


def test_facts_saved_by_two_at_once_show_both(together: Together) -> None:
    actions.change_facts(by=seat_of(together, "yusuf"), facts=Facts("Byalagets ord", WHY), version=1)
    with pytest.raises(Conflict) as conflict:
        actions.change_facts(by=seat_of(together, "karin"), facts=Facts("Kommunens ord", WHY), version=1)
    assert conflict.value.details["theirs"]["title"] == "Byalagets ord"
    assert conflict.value.details["yours"]["title"] == "Kommunens ord"
    assert conflict.value.details["version"] == 2


def test_period_that_ends_before_it_begins_is_refused(together: Together) -> None:
    facts = Facts("Kort", WHY, starts_on=datetime.date(2027, 2, 1), ends_on=datetime.date(2027, 1, 1))
    with pytest.raises(Refused) as refused:
        actions.change_facts(by=seat_of(together, "karin"), facts=facts, version=1)
    assert refused.value.details["field"] == "ends_on"


def test_registrar_does_not_change_facts(together: Together) -> None:
    with pytest.raises(NotAllowed):
        actions.change_facts(by=seat_of(together, "rut"), facts=Facts("Ruts", WHY), version=1)


def test_place_and_level_are_proposed_from_the_organisation(village: Village) -> None:
    municipality = Municipality.objects.get(pk="1499")
    placed = {"municipality": municipality, "county": municipality.county}
    shelter = Organisation(name="Tjejjouren Testkällan", kind="association", protected=True, **placed)
    assert place_of(shelter) == (None, municipality.county), "a protected organisation is placed in its county only"
    assert place_of(Organisation(name="x", kind="association", **placed))[0] == municipality
    assert level_of(Organisation(name="Region Mallland", kind="region")) == "regional"
    assert in_words(Facts("x"))["place"] == ""
