import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.organisations.importing.normalise import facts_of
from samverka.organisations.importing.synonyms import columns_of
from samverka.organisations.models import Organisation

from . import files


def _values(row: dict[str, Any], source: str = "x") -> dict[str, Any]:
    facts = facts_of(row, source=source)
    assert facts is not None
    return facts.values


def test_a_fri_row() -> None:
    values = _values(files.FRI[0])
    assert values["name"] == "Norrby Idrottsförening"
    assert (values["kind"], values["field_codes"]) == ("association", ["1.2"])
    assert (values["municipality_id"], values["county_id"]) == ("1984", "19")
    assert (values["postal_code"], values["postal_town"]) == ("732 31", "Arboga")
    assert values["web_address"] == "https://www.norrby.example"
    assert (values["founded_year"], values["umbrella_stated"]) == (1932, "Svenska Fotbollförbundet")


@pytest.mark.parametrize(
    "row",
    [
        {
            "Föreningens namn": "Ängö IF",
            "Org.nr": "802434-8610",
            "Kommun": "Kalmar kommun",
            "E-post": "info@ango.example",
        },
        {
            "FORENINGSNAMN": "Ängö IF",
            "ORGANISATIONSNUMMER": "168024348610",
            "KOMMUNKOD": "880",
            "EPOST": "INFO@ANGO.EXAMPLE",
        },
        {
            "associationName": "Ängö IF",
            "organizationNumber": "8024348610",
            "municipality_code": "0880",
            "emailAddress": "info@ango.example",
        },
        {
            "Organisation": "Ängö IF",
            "Org nummer": "802434 8610",
            "Hemkommun": "Kalmar",
            "Mejl": "mailto:info@ango.example",
        },
    ],
)
def test_an_unknown_dialect_is_read_by_its_field_names(row: dict[str, Any]) -> None:
    values = _values(row)
    assert (values["name"], values["org_number"], values["municipality_id"], values["email"]) == (
        "Ängö IF", "8024348610", "0880", "info@ango.example",
    )  # fmt: skip


def test_the_most_telling_column_counts() -> None:
    assert dict(columns_of(("Organisation", "Namn", "id", "föreningsid"))) == {
        "name": "Namn",
        "external_id": "föreningsid",
    }


@pytest.mark.parametrize("name", [None, "", "   ", "-", "\u200b", "\x00", [], {}, True, "…"])
def test_a_row_without_a_name_is_none(name: Any) -> None:
    assert facts_of({"name": name}, source="x") is None


def test_decomposed_letters_are_composed() -> None:
    values = _values({"name": unicodedata.normalize("NFD", "Ängö IF")})
    assert values["name"] == "Ängö IF"


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert _values({"name": "Norrby\x00 \u202eIF\u200b\ud800\n "})["name"] == "Norrby IF"


def test_a_shelter_is_suggested_as_protected() -> None:
    assert _values({"name": "Kvinnojouren Gryning"})["protected"]


def test_a_broken_web_address_is_told_and_the_row_kept() -> None:
    facts = facts_of({"name": "A", "homepage_url": "javascript:alert(1)"}, source="x")
    assert facts is not None
    assert facts.values["web_address"] == ""
    assert "Webbadressen" in str(facts.notes[0])


def test_the_register_tells_the_municipality() -> None:
    assert _values({"name": "A", "register": "Falkenberg/FRI"})["municipality_id"] == "1382"


def test_an_unknown_municipality_is_told() -> None:
    facts = facts_of({"name": "A", "kommun": "Atlantis"}, source="x")
    assert facts is not None
    assert "Atlantis" in str(facts.notes[0])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "name",
        "Namn",
        "orgnr",
        "kommun",
        "postnummer",
        "ort",
        "hemsida",
        "epost",
        "telefon",
        "bildad",
        "types",
        "activities",
        "id",
        "riksorganisation",
        "register",
    ]
)


@given(st.dictionaries(KEYS, JSON, max_size=12))
def test_whatever_a_row_says_the_result_can_be_stored(row: dict[str, Any]) -> None:
    facts = facts_of(row, source="x")
    if facts is None:
        return
    for column, value in facts.values.items():
        if column in {"field_codes", "labels_stated", "protected", "founded_year"}:
            continue
        longest = getattr(Organisation._meta.get_field(column.removesuffix("_id")), "max_length", None) or 10
        assert value is None or len(value) <= longest, column
    text = repr(facts.values)
    text.encode()
    assert "\x00" not in "".join(str(value) for value in facts.values.values())
