import pytest

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.kernel.models import AuditEntry
from samverka.organisations.actions import facts
from samverka.organisations.actions.index import mend_index, wrong_index
from samverka.organisations.models import ActivityField, Organisation, Relation
from samverka.organisations.register import RegisterFilters, register_page
from samverka.places.models import Municipality
from tests.factories import organisations as make
from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("yusuf", True),
        ("eva", True),
        ("hanna", True),
        ("fatima", False),
        ("karin", False),
        ("anna", False),
        ("vera", False),
    ],
)
def test_who_may_change_facts(village: Village, name: str, may: bool) -> None:
    def change() -> Organisation:
        return facts.change_facts(
            by=village.people[name],
            organisation=village.association,
            version=1,
            values={"description": "Vi håller bystugan öppen."},
        )

    if may:
        assert change().description == "Vi håller bystugan öppen."
    else:
        with pytest.raises(NotAllowed):
            change()


def test_a_change_is_indexed_audited_and_versioned(village: Village) -> None:
    sport = ActivityField.objects.get(scheme="icnpo", code="1.2")
    values = {
        "name": "  Exempelby   sport- och byalag ",
        "municipality": Municipality.objects.get(pk="1984"),
        "org_number": "802434-8610",
        "web_address": "byalaget.example",
        "fields": [sport],
    }
    changed = facts.change_facts(by=village.yusuf, organisation=village.association, version=1, values=values)
    kept = (changed.name, changed.county_id, changed.org_number, changed.version)
    assert kept == (
        "Exempelby sport- och byalag",
        "19",
        "8024348610",
        2,
    )
    assert [row.name for row in register_page(RegisterFilters(q="sport arboga")).rows] == [
        "Exempelby sport- och byalag"
    ]
    assert [row.name for row in register_page(RegisterFilters(q="exempelby byalag")).rows] == [
        "Exempelby sport- och byalag"
    ]
    assert [old.name for old in changed.earlier_names.all()] == ["Exempelby byalag"]
    entry = AuditEntry.objects.get(action="organisation.changed")
    assert entry.organisation_id == changed.public_id
    assert entry.changes["fields"] == [[], ["icnpo:1.2"]]
    mend_index()
    assert wrong_index() == 0


def test_saving_the_same_changes_nothing(village: Village) -> None:
    facts.change_facts(
        by=village.yusuf, organisation=village.association, version=1, values={"name": "Exempelby byalag"}
    )
    village.association.refresh_from_db()
    assert village.association.version == 1
    assert not AuditEntry.objects.filter(action="organisation.changed").exists()


def test_a_stale_version_shows_both_texts_and_writes_nothing(village: Village) -> None:
    facts.change_facts(by=village.eva, organisation=village.association, version=1, values={"description": "Evas text"})
    with pytest.raises(Conflict) as error:
        facts.change_facts(
            by=village.yusuf,
            organisation=village.association,
            version=1,
            values={"description": "Yusufs text", "phone": ""},
        )
    assert error.value.details["theirs"] == {"description": "Evas text"}
    assert error.value.details["yours"] == {"description": "Yusufs text"}
    assert Organisation.objects.get(pk=village.association.pk).description == "Evas text"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " - "),
        ("name", "x" * 201),
        ("org_number", "802123-4567"),
        ("org_number", "640823-3234"),
        ("email", "inte en adress"),
        ("web_address", "javascript:alert(1)"),
        ("description", "x" * 4001),
    ],
)
def test_what_is_wrong_is_refused_by_field(village: Village, field: str, value: str) -> None:
    with pytest.raises(Refused) as error:
        facts.change_facts(by=village.yusuf, organisation=village.association, version=1, values={field: value})
    assert error.value.details["field"] == field


def test_kind_is_changed_by_editors_only(village: Village) -> None:
    values = {"kind": "network"}
    with pytest.raises(NotAllowed):
        facts.change_facts(by=village.yusuf, organisation=village.association, version=1, values=values)
    assert (
        facts.change_facts(by=village.eva, organisation=village.association, version=1, values=values).kind == "network"
    )


def test_the_name_of_a_municipality_comes_from_the_content(village: Village) -> None:
    body = Organisation.objects.get(name="Falköpings kommun")
    with pytest.raises(Refused):
        facts.change_facts(by=village.eva, organisation=body, version=1, values={"name": "Falköping"})
    with pytest.raises(Refused):
        facts.change_state(by=village.eva, organisation=body, state="withdrawn", reason="Fel")


def test_withdrawing_is_for_editors_and_needs_a_reason(village: Village) -> None:
    with pytest.raises(NotAllowed):
        facts.change_state(by=village.yusuf, organisation=village.association, state="withdrawn", reason="Fel")
    with pytest.raises(Refused):
        facts.change_state(by=village.eva, organisation=village.association, state="withdrawn", reason=" ")
    facts.change_state(by=village.eva, organisation=village.association, state="withdrawn", reason="Finns två gånger")
    assert register_page(RegisterFilters(q="byalag")).total == 0
    facts.change_state(by=village.eva, organisation=village.association, state="active", reason="Det var fel")
    assert register_page(RegisterFilters(q="byalag")).total == 1


def test_protection_takes_the_place_out_of_the_index(village: Village) -> None:
    club = make.organisation("Tjejjouren Kom", place="1984", postal_town="Arboga")
    only = RegisterFilters(q="arboga", kinds=("association",))
    assert register_page(only).total == 1
    facts.protect_organisation(by=village.eva, organisation=club, reason="Skyddar unga")
    assert register_page(only).total == 0
    facts.unprotect_organisation(by=village.eva, organisation=club, reason="De vill synas")
    assert register_page(only).total == 1


def test_only_the_organisation_itself_lifts_its_protection(village: Village) -> None:
    facts.protect_organisation(by=village.yusuf, organisation=village.association, reason="Vi vill inte synas")
    with pytest.raises(Refused):
        facts.unprotect_organisation(by=village.eva, organisation=village.association, reason="Det går bra")
    with pytest.raises(Refused):
        facts.unprotect_organisation(by=village.yusuf, organisation=village.association, reason="")
    assert not facts.unprotect_organisation(
        by=village.yusuf, organisation=village.association, reason="Nu går det"
    ).protected


def test_relations_are_added_once_and_ended(village: Village) -> None:
    umbrella = make.organisation("Byarnas förbund")
    for _ in range(2):
        relation = facts.add_relation(
            by=village.yusuf, organisation=village.association, kind="member_of", other=umbrella
        )
    assert Relation.objects.count() == 1
    facts.end_relation(by=village.yusuf, relation=relation)
    assert Relation.objects.get().until is not None
    with pytest.raises(Refused):
        facts.add_relation(
            by=village.yusuf, organisation=village.association, kind="member_of", other=village.association
        )
