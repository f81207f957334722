import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.organisations.filters import RegisterFilters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=fotboll",
        "slag=association&lan=14&kommun=1480&omrade=icnpo:1.1",
        "slag=region&slag=agency&ordning=ny&sida=3",
        "q=r%C3%B6da+korset&sida=2",
    ],
)
def test_an_address_comes_back_as_it_was(query: str) -> None:
    assert RegisterFilters.from_query(QueryDict(query)).query_string() == query


@pytest.mark.parametrize(
    "query",
    [
        "slag=inget",
        "lan=99",
        "kommun=abc",
        "omrade=icnpo:77",
        "ordning=baklanges",
        "sida=0",
        "sida=-1",
        "sida=x",
        "sida=٣",
        "sida=1e9",
        "sida=1",
        "annat=1",
    ],
)
def test_what_is_unknown_is_dropped(query: str) -> None:
    assert RegisterFilters.from_query(QueryDict(query)) == RegisterFilters()


def test_a_plain_mapping_is_read_too() -> None:
    assert RegisterFilters.from_query({"q": "bio", "slag": ["association", "network"]}).kinds == (
        "association",
        "network",
    )


def test_changes_to_an_address() -> None:
    filters = RegisterFilters(q="bio", page=7)
    assert filters.query_string(page=1, kinds=("network",)) == "q=bio&slag=network"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["q", "slag", "lan", "kommun", "omrade", "sida", "ordning"]), st.text(max_size=40))
)
def test_any_query_is_understood_and_comes_back(query: dict[str, str]) -> None:
    filters = RegisterFilters.from_query(query)
    assert RegisterFilters.from_query(QueryDict(filters.query_string())) == filters
