import re

import pytest

from samverka.kernel.text import genitive
from samverka.places.content import rows, sources

ALL = [*rows("municipalities"), *rows("regions"), *rows("counties")]
STAD = {
    "Stockholms stad",
    "Göteborgs Stad",
    "Malmö stad",
    "Solna stad",
    "Sundbybergs stad",
    "Lidingö stad",
    "Vaxholms stad",
    "Borås Stad",
    "Landskrona stad",
    "Mölndals stad",
    "Trollhättans Stad",
    "Helsingborgs stad",
    "Haparanda stad",
    "Västerås stad",
}


def test_there_are_290_municipalities_21_regions_and_21_counties() -> None:
    codes = {kind: [row["code"] for row in rows(kind)] for kind in ("municipalities", "regions", "counties")}
    assert {kind: len(set(found)) for kind, found in codes.items()} == {
        "municipalities": 290,
        "regions": 21,
        "counties": 21,
    }
    assert codes["regions"] == codes["counties"]
    assert {code[:2] for code in codes["municipalities"]} == set(codes["counties"])


@pytest.mark.parametrize("row", ALL, ids=lambda row: row["display_name"])
def test_every_name_and_genitive_is_well_formed(row: dict[str, str]) -> None:
    for name, possessive in (("display_name", "genitive"), ("short_name", "short_genitive")):
        assert row[possessive] == genitive(row[name])
        assert re.fullmatch(r"[A-ZÅÄÖ][A-Za-zåäöÅÄÖ\-]+( [A-Za-zåäöÅÄÖ\-]+)*", row[name])
        assert not re.search(r"(ss|xs|zs)$", row[possessive])
    assert "landsting" not in row["display_name"].lower()


@pytest.mark.parametrize("row", rows("municipalities"), ids=lambda row: row["display_name"])
def test_every_municipality_calls_itself_kommun_stad_or_region_gotland(row: dict[str, str]) -> None:
    name, short = row["display_name"], row["short_name"]
    assert re.search(r" (kommun|stad|Stad)$", name) or name == "Region Gotland"
    assert name.startswith(short) or name in {"Region Gotland", "Falu kommun"}
    assert row["formal_name"].endswith(" kommun")
    assert not re.search(r"(ss|xs|zs) ", name), "an s too many before kommun"
    assert row["code"].startswith(row["county_code"])


def test_fourteen_municipalities_call_themselves_stad() -> None:
    assert {
        row["display_name"] for row in rows("municipalities") if row["display_name"].lower().endswith(" stad")
    } == STAD


@pytest.mark.parametrize(
    ("code", "display_name", "possessive", "short", "short_possessive"),
    [
        ("0180", "Stockholms stad", "Stockholms stads", "Stockholm", "Stockholms"),
        ("1480", "Göteborgs Stad", "Göteborgs Stads", "Göteborg", "Göteborgs"),
        ("1280", "Malmö stad", "Malmö stads", "Malmö", "Malmös"),
        ("1490", "Borås Stad", "Borås Stads", "Borås", "Borås"),
        ("1980", "Västerås stad", "Västerås stads", "Västerås", "Västerås"),
        ("1488", "Trollhättans Stad", "Trollhättans Stads", "Trollhättan", "Trollhättans"),
        ("0183", "Sundbybergs stad", "Sundbybergs stads", "Sundbyberg", "Sundbybergs"),
        ("2583", "Haparanda stad", "Haparanda stads", "Haparanda", "Haparandas"),
        ("0980", "Region Gotland", "Region Gotlands", "Gotland", "Gotlands"),
        ("1499", "Falköpings kommun", "Falköpings kommuns", "Falköping", "Falköpings"),
        ("1489", "Alingsås kommun", "Alingsås kommuns", "Alingsås", "Alingsås"),
        ("2080", "Falu kommun", "Falu kommuns", "Falun", "Faluns"),
        ("0880", "Kalmar kommun", "Kalmar kommuns", "Kalmar", "Kalmars"),
        ("2514", "Kalix kommun", "Kalix kommuns", "Kalix", "Kalix"),
        ("2513", "Överkalix kommun", "Överkalix kommuns", "Överkalix", "Överkalix"),
        ("1421", "Orust kommun", "Orust kommuns", "Orust", "Orusts"),
        ("1438", "Dals-Eds kommun", "Dals-Eds kommuns", "Dals-Ed", "Dals-Eds"),
        ("2023", "Malung-Sälens kommun", "Malung-Sälens kommuns", "Malung-Sälen", "Malung-Sälens"),
        ("1462", "Lilla Edets kommun", "Lilla Edets kommuns", "Lilla Edet", "Lilla Edets"),
        ("1764", "Grums kommun", "Grums kommuns", "Grums", "Grums"),
        ("0139", "Upplands-Bro kommun", "Upplands-Bro kommuns", "Upplands-Bro", "Upplands-Bros"),
        ("1256", "Östra Göinge kommun", "Östra Göinge kommuns", "Östra Göinge", "Östra Göinges"),
        ("2326", "Bergs kommun", "Bergs kommuns", "Berg", "Bergs"),
        ("1267", "Höörs kommun", "Höörs kommuns", "Höör", "Höörs"),
        ("0643", "Habo kommun", "Habo kommuns", "Habo", "Habos"),
        ("0305", "Håbo kommun", "Håbo kommuns", "Håbo", "Håbos"),
    ],
)
def test_tricky_names_are_right(
    code: str, display_name: str, possessive: str, short: str, short_possessive: str
) -> None:
    row = next(row for row in rows("municipalities") if row["code"] == code)
    found = (row["display_name"], row["genitive"], row["short_name"], row["short_genitive"])
    assert found == (display_name, possessive, short, short_possessive)


def test_regions_are_called_what_they_call_themselves() -> None:
    names = {row["code"]: (row["display_name"], row["genitive"]) for row in rows("regions")}
    assert names["14"] == ("Västra Götalandsregionen", "Västra Götalandsregionens")
    assert names["06"] == ("Region Jönköpings län", "Region Jönköpings läns")
    assert names["23"] == ("Region Jämtland Härjedalen", "Region Jämtland Härjedalens")
    assert names["04"][0] == "Region Sörmland"
    assert names["09"][0] == "Region Gotland"
    assert sum(name.startswith("Region ") for name, _ in names.values()) == 20


def test_populations_add_up_but_for_the_noise_that_scb_adds() -> None:
    counties = {row["code"]: int(row["population"]) for row in rows("counties")}
    for code, total in counties.items():
        parts = sum(int(row["population"]) for row in rows("municipalities") if row["county_code"] == code)
        assert abs(parts - total) <= 60
    assert 10_500_000 < sum(counties.values()) < 10_700_000
    assert [row["population"] for row in rows("regions")] == [row["population"] for row in rows("counties")]
    assert min(int(row["population"]) for row in rows("municipalities")) > 2000


def test_every_kind_of_fact_says_its_source() -> None:
    assert set(sources()) == {"population", "codes", "names", "shapes"}
    assert all(fact["source"] for fact in sources().values())
    assert sources()["population"]["licence"] == "CC0"
