import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from samverka.organisations.models import Organisation
from samverka.organisations.register import RegisterFilters, register_page, selected_ids
from tests.factories import organisations as make

pytestmark = pytest.mark.django_db


def _names(query: str) -> list[str]:
    return [row.name for row in register_page(RegisterFilters.from_query(QueryDict(query))).rows]


def _facet(query: str, facet: str) -> dict[str, int]:
    page = register_page(RegisterFilters.from_query(QueryDict(query)))
    return {choice.value: choice.count for choice in page.facets[facet]}


@pytest.fixture
def clubs(db: None) -> None:
    make.organisation("Arboga fotbollsklubb", place="1984", fields=["1.2"])
    make.organisation("Arboga kör", place="1984", fields=["1.1"])
    make.organisation("Ängelholms fotbollsförening", place="1292", fields=["1.2"])
    make.organisation("Åre skidklubb", place="2321", fields=["1.2"], description="Vi spelar fotboll om sommaren.")
    make.organisation("Stiftelsen Örnen", kind="foundation", place="1292")


def test_swedish_order_has_a_ring_a_dots_o_dots_last(clubs: None) -> None:
    assert _names("slag=association") == [
        "Arboga fotbollsklubb",
        "Arboga kör",
        "Åre skidklubb",
        "Ängelholms fotbollsförening",
    ]


def test_text_finds_by_stem_and_place_with_hits_in_the_name_first(clubs: None) -> None:
    assert _names("q=fotboll") == ["Arboga fotbollsklubb", "Ängelholms fotbollsförening", "Åre skidklubb"]
    assert _names("q=fotboll+arboga") == ["Arboga fotbollsklubb"]
    assert _names("q=idrott") == ["Arboga fotbollsklubb", "Åre skidklubb", "Ängelholms fotbollsförening"]


def test_a_misspelt_name_gives_names_close_to_it(clubs: None) -> None:
    page = register_page(RegisterFilters(q="arbogga fotbollsklub"))
    assert (page.exact, page.total) == (False, 0)
    assert page.rows[0].name == "Arboga fotbollsklubb"


@pytest.mark.parametrize(
    ("typed", "name"), [("ornen", "Stiftelsen Örnen"), ("goteborgs klubb", "Göteborgs klubb för öl")]
)
def test_name_typed_without_dots_gives_names_close_to_it(clubs: None, typed: str, name: str) -> None:
    make.organisation("Göteborgs klubb för öl", place="1480")
    page = register_page(RegisterFilters(q=typed))
    assert not page.exact
    assert page.rows[0].name == name


def test_text_without_words_finds_nothing(clubs: None) -> None:
    assert register_page(RegisterFilters(q="!?")).total == 0


def test_facets_narrow_and_count_within_the_others(clubs: None) -> None:
    assert _facet("kommun=1292", "slag") == {"association": 1, "foundation": 1, "municipality": 1}
    assert _facet("kommun=1292&slag=foundation", "slag") == {"association": 1, "foundation": 1, "municipality": 1}
    assert _facet("kommun=1292&slag=foundation", "kommun") == {"1292": 1}
    assert _names("kommun=1292&kommun=1984&slag=association&omrade=icnpo:1.2") == [
        "Arboga fotbollsklubb",
        "Ängelholms fotbollsförening",
    ]


def test_a_field_holds_its_parts(clubs: None) -> None:
    fields = _facet("slag=association", "omrade")
    assert (fields["icnpo:1"], fields["icnpo:1.1"], fields["icnpo:1.2"]) == (4, 1, 3)
    assert len(_names("omrade=icnpo:1")) == 4


def test_gotland_is_found_as_region_and_as_municipality() -> None:
    assert register_page(RegisterFilters(kinds=("region",))).total == 21
    assert register_page(RegisterFilters(kinds=("municipality",))).total == 290
    assert register_page(RegisterFilters(kinds=("region", "municipality"))).total == 310
    assert _facet("", "slag") == {"municipality": 290, "region": 21}
    assert "Region Gotland" in _names("slag=region")


def test_withdrawn_ones_are_left_out(clubs: None) -> None:
    Organisation.objects.filter(name="Arboga kör").update(state="withdrawn")
    assert "Arboga kör" not in _names("slag=association")


def test_every_page_has_its_rows_once_in_order() -> None:
    names = [f"Förening {number}" for number in range(1, 124)]
    for name in reversed(names):
        make.organisation(name)
    filters = RegisterFilters(kinds=("association",))
    seen = [row.name for page in range(1, 5) for row in register_page(filters.at_page(page), page_size=40).rows]
    assert seen == names
    last = register_page(filters.at_page(99), page_size=40)
    assert (last.filters.page, last.pages, [row.name for row in last.rows]) == (4, 4, names[120:])


def test_latest_changed_first(clubs: None) -> None:
    assert _names("slag=association&ordning=ny")[0] == "Åre skidklubb"


def test_a_change_is_counted_at_once(clubs: None) -> None:
    assert register_page(RegisterFilters(kinds=("association",))).total == 4
    make.organisation("En till")
    assert register_page(RegisterFilters(kinds=("association",))).total == 5


def test_the_same_queries_for_one_row_and_fifty() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            register_page(RegisterFilters(kinds=("association",), q="förening"))
        return len(captured)

    make.organisation("Förening A", fields=["1.1"], place="1984")
    register_page(RegisterFilters())
    one = queries()
    for _ in range(60):
        make.organisation(fields=["1.1", "5"], place="1292")
    register_page(RegisterFilters())
    assert queries() == one


def test_an_export_has_the_whole_selection_in_order(clubs: None) -> None:
    keys = selected_ids(RegisterFilters(kinds=("association",)))
    assert [Organisation.objects.get(pk=key).name for key in keys] == _names("slag=association")
