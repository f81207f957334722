"""Who is asked: chosen, drawn by lot, read from a file, mended, taken out."""

import io

import pytest

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.organisations.enums import Kind
from samverka.organisations.models import Function, Organisation, Unit
from samverka.surveys.actions import panel
from samverka.surveys.actions.panel_reading import read_panel
from samverka.surveys.models import Asked, Sample
from samverka.surveys.panel_files import export, read_rows
from samverka.surveys.queries.board import BoardFilters, listed
from samverka.surveys.queries.candidates import Choice, allotted, chosen_bodies, draw
from samverka.surveys.shown import shown_email, shown_phone
from tests.people import Village
from tests.surveys.desk import address, invited, prepared

pytestmark = pytest.mark.django_db


def _associations(count: int, county: str = "14") -> list[Organisation]:
    rows = [
        Organisation(name=f"Förening {county} {n:03}", kind="association", county_id=county, sort_key=f"{county}{n:03}")
        for n in range(count)
    ]
    return Organisation.objects.bulk_create(rows)


def test_all_municipalities_and_regions_are_put_in_once(village: Village) -> None:
    found = prepared(village.anna)
    both = chosen_bodies(found, Choice((Kind.MUNICIPALITY, Kind.REGION)))
    # 290 and 21, with Gotland once, and the two invented municipalities.
    assert len(both) == 290 + 20 + 2
    assert len(chosen_bodies(found, Choice((Kind.REGION,)))) == 21
    members = [panel.Member(one.pk) for one in both]
    assert panel.add_to_panel(by=village.anna, slug="2027", members=members) == 312
    assert panel.add_to_panel(by=village.anna, slug="2027", members=members) == 0
    assert chosen_bodies(found, Choice((Kind.MUNICIPALITY, Kind.REGION))) == []


def test_bodies_are_chosen_by_county_and_population(village: Village) -> None:
    found = prepared(village.anna)
    gotland = chosen_bodies(found, Choice((Kind.MUNICIPALITY,), counties=("09",)))
    assert [body.name for body in gotland] == ["Region Gotland"]
    large = chosen_bodies(found, Choice((Kind.MUNICIPALITY,), counties=("14",), classes=("5",)))
    assert "Göteborgs Stad" in {body.name for body in large}
    assert "Falköpings kommun" not in {body.name for body in large}


def test_body_is_asked_at_its_best_office(village: Village) -> None:
    prepared(village.anna)
    address(village.municipality, "coordinator", phone="0123-1")
    panel.add_to_panel(
        by=village.anna,
        slug="2027",
        members=[panel.Member(village.municipality.pk), panel.Member(village.neighbour.pk)],
    )
    asked = Asked.objects.get(organisation=village.municipality)
    assert (asked.function, asked.email) == ("coordinator", "coordinator@exempelby-kommun.example")
    assert asked.phone == "0123-1"
    assert Asked.objects.get(organisation=village.neighbour).email == ""


def test_unit_is_asked_at_its_own_office_before_its_bodys(village: Village) -> None:
    prepared(village.anna)
    Function.objects.create(
        organisation=village.municipality, unit=village.committee, kind="committee", email="fritid@exempelby.example"
    )
    Unit.objects.create(organisation=village.municipality, name="Byggnadsnämnden", kind="committee")
    units = list(Unit.objects.values_list("public_id", flat=True))
    assert panel.add_units(by=village.anna, slug="2027", units=units) == 2
    found = dict(Asked.objects.values_list("unit__name", "email"))
    assert found == {"Fritidsnämnden": "fritid@exempelby.example", "Byggnadsnämnden": "registrator@exempelby.example"}


def test_withdrawn_function_is_not_asked(village: Village) -> None:
    Function.objects.update(withdrawn_at="2027-01-01T00:00Z")
    prepared(village.anna)
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.municipality.pk)])
    assert Asked.objects.get().email == ""


def test_other_side_is_refused_and_nobody_else_may(village: Village) -> None:
    prepared(village.anna)
    with pytest.raises(Refused):
        panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.association.pk)])
    with pytest.raises(NotAllowed):
        panel.add_to_panel(by=village.eva, slug="2027", members=[])


def test_shares_of_a_sample_follow_the_largest_remainder() -> None:
    assert allotted({"a": 50, "b": 30, "c": 20}, 10) == {"a": 5, "b": 3, "c": 2}
    assert allotted({"a": 1, "b": 1, "c": 1}, 2) == {"a": 1, "b": 1, "c": 0}
    assert allotted({"a": 3}, 10) == {"a": 3}
    assert allotted({}, 5) == {}


def test_same_seed_draws_the_same_and_the_draw_is_told(village: Village) -> None:
    _associations(30, "14"), _associations(10, "12")
    found = prepared(village.anna, side="civil")
    first = draw(found, size=8, stratified_by="county", seed=7)
    assert first == draw(found, size=8, stratified_by="county", seed=7)
    assert first != draw(found, size=8, stratified_by="county", seed=8)
    sample = panel.add_sample(by=village.anna, slug="2027", size=8, stratified_by="county", seed=7)
    assert set(Asked.objects.values_list("organisation_id", "stratum")) == set(first.members)
    assert (sample.seed, sample.size) == (7, 8)
    assert sample.strata["12"] == {"population": 10, "drawn": 2}
    assert sum(one["drawn"] for one in sample.strata.values()) == 8
    panel.add_sample(by=village.anna, slug="2027", size=100, seed=1)
    assert Sample.objects.count() == 2
    with pytest.raises(Refused):
        panel.add_sample(by=village.anna, slug="2027", size=1, seed=1)


def test_sample_by_field_puts_those_without_one_together(village: Village) -> None:
    found = prepared(village.anna, side="civil")
    drawn = draw(found, size=1, stratified_by="field", seed=1)
    assert drawn.strata == {"": {"population": 1, "drawn": 1}}


def test_address_is_mended_and_two_see_each_other(village: Village) -> None:
    prepared(village.anna)
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.neighbour.pk)])
    asked = Asked.objects.get()
    with pytest.raises(Refused):
        panel.change_address(by=village.anna, asked_id=asked.public_id, version=1, email="fel", phone="")
    panel.change_address(by=village.anna, asked_id=asked.public_id, version=1, email="A@grannby.example", phone="1")
    with pytest.raises(Conflict):
        panel.change_address(by=village.anna, asked_id=asked.public_id, version=1, email="b@grannby.example", phone="2")
    assert Asked.objects.get().email == "a@grannby.example"


def test_only_who_is_not_invited_is_taken_out(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    with pytest.raises(Refused):
        panel.remove_from_panel(by=village.anna, asked_id=asked.public_id)
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.neighbour.pk)])
    late = Asked.objects.get(organisation=village.neighbour)
    panel.remove_from_panel(by=village.anna, asked_id=late.public_id)
    assert Asked.objects.count() == 1


def test_protected_and_private_addresses_do_not_show(village: Village) -> None:
    one = village.association
    asked = Asked(organisation=one, email="fatima@gmail.com", phone="070-1")
    one.email = "fatima@gmail.com"
    assert shown_email(asked) == "f…@g….com"
    one.email_public = True
    assert shown_email(asked) == "fatima@gmail.com"
    one.protected = True
    assert (shown_email(asked), shown_phone(asked)) == ("", "")


def _csv(village: Village, kind: str = "panel") -> str:
    found, file = Asked.objects.first().round, io.BytesIO()
    export(found, listed(found, BoardFilters()), kind=kind, format="csv", file=file)
    return file.getvalue().decode()


def test_panel_goes_out_and_comes_back_with_mended_addresses(village: Village) -> None:
    prepared(village.anna)
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.neighbour.pk)])
    key = Asked.objects.get().public_id
    assert key in _csv(village)
    text = f"Nyckel;Namn;E-postadress;Telefon\n{key};Grannby kommun;registrator@grannby.example;0123-1\n"
    told = read_panel(by=village.anna, slug="2027", text=text)
    assert (told.added, told.changed, told.unchanged, told.refused) == (0, 1, 0, [])
    assert Asked.objects.get().email == "registrator@grannby.example"
    assert read_panel(by=village.anna, slug="2027", text=_csv(village)).unchanged == 1


def test_file_adds_by_name_and_tells_what_it_cannot_use(village: Village) -> None:
    prepared(village.anna)
    text = (
        "Name\tE-mail\nExempelby kommun\tny@exempelby.example\nFinns inte\t\nGrannby kommun\tfel adress\n"
        "Exempelby byalag\tx@y.example\n"
    )
    told = read_panel(by=village.anna, slug="2027", text=text)
    assert told.added == 1
    assert [row for row, _why in told.refused] == [3, 4, 5]
    assert Asked.objects.get().email == "ny@exempelby.example"
    with pytest.raises(Refused):
        read_panel(by=village.anna, slug="2027", text="Färg;Form\nröd;rund\n")


def test_masked_address_in_a_file_changes_nothing(village: Village) -> None:
    village.association.email = "fatima@gmail.com"
    village.association.save()
    prepared(village.anna, side="civil")
    panel.add_to_panel(by=village.anna, slug="2027", members=[panel.Member(village.association.pk)])
    assert "fatima@gmail.com" not in _csv(village)
    assert read_panel(by=village.anna, slug="2027", text=_csv(village)).unchanged == 1
    assert Asked.objects.get().email == "fatima@gmail.com"


def test_rows_are_read_with_any_sign_between() -> None:
    for sign in (";", ",", "\t"):
        rows = read_rows(f"\n\ufeffKey{sign}Phone\n'abc{sign}1\n{sign}\n".replace("\n\ufeff", "\ufeff\n"))
        assert [(row.number, row.cells) for row in rows] == [(3, {"nyckel": "abc", "telefon": "1"})]
    assert read_rows("") == []
