import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from samverka.kernel.search import ts_query, vector_text


def finds(query, parts):
    """Whether PostgreSQL finds what was written when `query` is typed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector_text(parts), ts_query(query)])
        return cursor.fetchone()[0]


def test_vector_text_has_places_and_weights():
    assert vector_text({"A": ["båt"], "C": ["båt båt"]}) == "'båt':1A,2C,3C"


def test_vector_text_keeps_at_most_sixteen_places():
    assert vector_text({"A": ["båt " * 40]}).count("A") == 16


@pytest.mark.parametrize("typed", ["", "  ", "!?", "'"])
def test_query_without_words_is_empty(typed):
    assert ts_query(typed) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("förening", "Föreningarna i Åby"),
        ("civilsamhälle", "Stöd till civilsamhället"),
        ("projekt", "Projektet är klart"),
        ("läxhj", "Läxhjälp på tre språk"),
        ("KOMMUN", "kommunens nämnder"),
    ],
)
def test_words_are_found_in_other_forms_and_by_their_beginning(typed, written):
    assert finds(typed, {"A": [written]})


@pytest.mark.django_db
def test_every_word_must_be_there():
    assert not finds("läxhjälp simning", {"A": ["läxhjälp"]})


@pytest.mark.django_db
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_vector_that_finds_itself(text):
    query = ts_query(text)
    assert finds(text, {"A": [text]}) or not query
