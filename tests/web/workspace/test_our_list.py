"""The coordinator's list: what it holds, how it is narrowed and sorted, and as a file."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.collaborations.models import Collaboration, Commitment, Party
from samverka.kernel.search import store_vector
from samverka.organisations.models import Membership
from tests.people import Together
from tests.world import client_of

from .test_first_page import said


def make(together: Together, title: str, **fields: object) -> Collaboration:
    own = fields.pop("unit", None)
    contact = fields.pop("contact", None)
    made = Collaboration.objects.create(title=title, purpose="…", **{"state": "active", **fields})
    store_vector(made)
    Party.objects.create(
        collaboration=made, organisation=together.village.municipality, unit=own, contact=contact, state="active",
        joined_at=timezone.now(),
    )  # fmt: skip
    return made


@pytest.fixture
def many(together: Together) -> Together:
    village = together.village
    today = timezone.localdate()
    make(together, "Ängens dag", forms=["dialogue"], unit=village.committee)
    make(together, "Zoo för alla", state="ended", ended_at=timezone.now())
    make(together, "Åbrinken", recorded_later=True, ends_on=today + timedelta(days=3))
    make(together, "Östra odlingen", contact=village.kim)
    late = make(together, "Bryggan")
    Commitment.objects.create(
        collaboration=late, what="Laga", due_on=today - timedelta(days=1), made_by=late.parties.get()
    )
    Commitment.objects.create(
        collaboration=late, what="Måla", due_on=today + timedelta(days=9), made_by=late.parties.get()
    )
    return together


def read(together: Together, query: str = "", name: str = "karin") -> str:
    path = f"/arbete/{together.village.municipality.public_id}/samverkan/{query}"
    return client_of(together.village.people[name]).get(path).content.decode()


def titles(page: str) -> list[str]:
    body = page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""
    return [part.split("</a>")[0].split(">")[-1] for part in body.split('role="rowheader"><a ')[1:]]


def test_all_are_there_and_counted_in_words(many: Together) -> None:
    page = read(many)
    assert "Sex samverkan" in said(page)
    assert "Här är det som är inlagt, inte allt som finns." in said(page)
    assert len(titles(page)) == 6


def test_collaboration_of_two_units_counts_once(many: Together) -> None:
    bridge = Collaboration.objects.get(title="Bryggan")
    village = many.village
    Party.objects.create(
        collaboration=bridge, organisation=village.municipality, unit=village.committee, state="active",
        joined_at=timezone.now(),
    )  # fmt: skip
    assert "Sex samverkan" in said(read(many))
    assert titles(read(many)).count("Bryggan") == 1


def test_names_stand_in_swedish_order(many: Together) -> None:
    assert titles(read(many, "?ordning=namn")) == [
        "Bryggan", "Läxhjälp på tre språk", "Zoo för alla", "Åbrinken", "Ängens dag", "Östra odlingen",
    ]  # fmt: skip


def test_next_date_stands_first_and_those_without_last(many: Together) -> None:
    assert titles(read(many, "?ordning=datum"))[:2] == ["Åbrinken", "Bryggan"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?lage=ended", ["Zoo för alla"]),
        ("?form=dialogue", ["Ängens dag"]),
        ("?sena=ja", ["Bryggan"]),
        ("?efterhand=ja", ["Åbrinken"]),
        ("?mina=ja", ["Läxhjälp på tre språk"]),
        ("?q=odlingen", ["Östra odlingen"]),
        ("?enhet={unit}", ["Ängens dag"]),
        ("?lage=active&sena=ja&q=brygga", ["Bryggan"]),
        ("?lage=okant&form=okand&ordning=okand&sida=999", None),
    ],
)
def test_filters_narrow(many: Together, query: str, found: list[str] | None) -> None:
    page = read(many, query.format(unit=many.village.committee.public_id))
    assert titles(page) == found if found else len(titles(page)) == 6


def test_filter_is_a_chip_that_can_be_taken_away(many: Together) -> None:
    page = read(many, "?lage=ended&sena=ja")
    assert "Läge: Avslutad" in said(page)
    assert 'href="?sena=ja"' in page
    assert "Ingen samverkan matchar" in said(page)


def test_row_says_parties_late_and_phase(many: Together) -> None:
    text = said(read(many))
    assert "1 sent åtagande" in text
    assert "Exempelby byalag" in text
    assert "Inlagd i efterhand" in text


def test_who_is_limited_to_a_unit_sees_that_units(many: Together) -> None:
    assert titles(read(many, name="kim")) == ["Ängens dag"]


def test_role_that_gives_nothing_to_read_gets_no_list(many: Together) -> None:
    Membership.objects.create(user=many.village.vera, organisation=many.village.municipality, role="registrar")
    assert len(titles(read(many, name="vera"))) == 6


def test_file_holds_the_whole_selection(many: Together) -> None:
    path = f"/arbete/{many.village.municipality.public_id}/samverkan/alla.csv?sena=ja"
    answer = client_of(many.village.karin).get(path)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Samverkan;Läge;Form;Parter")
    assert lines[1].startswith("Bryggan;Pågår")


def test_overview_shows_what_waits_first_and_names_the_collaboration(many: Together) -> None:
    late = Commitment.objects.get(what="Laga")
    late.owners.set([late.made_by])
    path = f"/arbete/{many.village.municipality.public_id}/"
    text = said(client_of(many.village.karin).get(path).content.decode())
    assert "Håll åtagandet: Laga Sent sedan" in text
    assert "Bryggan" in text[text.index("Sent sedan") : text.index("Senast ändrat")]
