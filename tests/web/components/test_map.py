import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.utils import translation

from samverka.places.shapes import shapes
from samverka.web.components.map import sweden_map

TEXTS: dict[str, Any] = {"title": "Tre kommuner", "description": "Tre prickar i Västsverige.", "unit": "Samverkan"}


@pytest.fixture(autouse=True)
def _swedish() -> object:
    with translation.override("sv"):
        yield


def tree(html: str) -> ET.Element:
    return ET.fromstring(html.strip())


def test_map_has_name_description_and_role() -> None:
    figure = tree(sweden_map({"1499": 3}, **TEXTS))
    svg = figure.find("svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "karta-title karta-description"
    assert [svg.findtext("title"), svg.findtext("desc")] == [TEXTS["title"], TEXTS["description"]]


def test_each_municipality_with_a_figure_has_a_dot_that_says_it() -> None:
    figure = tree(sweden_map({"1499": 3, "1480": 12, "1490": 0}, **TEXTS))
    dots = {dot.findtext("title"): dot.get("class") for dot in figure.findall("svg/g/circle")}
    assert dots == {"Göteborg: 12": "map__dot", "Falköping: 3": "map__dot", "Borås: 0": "map__nought"}


def test_what_is_not_entered_is_hatched_and_never_pale() -> None:
    figure = tree(sweden_map({"1499": 3}, **TEXTS))
    land = figure.findall("svg/g[@class='map__land']/path")
    assert len(land) == 21
    assert {path.get("fill") for path in land} == {"url(#karta-hatch)"}
    assert "Inget inlagt" in "".join(figure.itertext())
    assert "En tom kommun betyder inte att inget händer där." in "".join(figure.itertext())


def test_a_county_with_every_municipality_entered_is_not_hatched() -> None:
    land = tree(sweden_map({"0980": 1}, **TEXTS)).findall("svg/g[@class='map__land']/path")
    assert [path.get("class") for path in land if not path.get("fill")] == ["map__plain"]


def test_areas_fill_every_municipality_by_its_step() -> None:
    figure = tree(sweden_map({"1499": 1, "1480": 2, "1490": 0}, kind="areas", name="b", **TEXTS))
    land = figure.findall("svg/g[@class='map__land']/path")
    assert len(land) == 290
    filled = sorted(str(path.get("class")) for path in land if path.get("class"))
    assert filled == ["map__step-0", "map__step-1", "map__step-2"]
    assert sum(path.get("fill") == "url(#b-hatch)" for path in land) == 287


def test_counties_can_be_filled() -> None:
    figure = tree(sweden_map({"12": 1.25, "14": 3}, **TEXTS))
    assert not figure.findall("svg/g/circle")
    text = "".join(figure.itertext())
    assert "Skåne län" in text
    assert re.search(r"1,[23]", text), "Swedish decimals"


def test_the_table_is_alphabetical_not_a_ranking() -> None:
    figure = tree(sweden_map({"2584": 1, "1440": 5, "1407": 9, "2321": 2}, **TEXTS))
    assert [cell.text for cell in figure.findall(".//tbody/tr/th")] == ["Ale", "Kiruna", "Åre", "Öckerö"]
    assert [cell.text for cell in figure.findall(".//thead/tr/th")] == ["Plats", "Samverkan"]


def test_names_in_the_table_can_lead_to_pages() -> None:
    figure = tree(sweden_map({"1499": 3}, link=lambda code: f"/platser/{code}/?a=1&b=2", **TEXTS))
    anchor = figure.find(".//tbody//a")
    assert anchor is not None
    assert (anchor.get("href"), anchor.text) == ("/platser/1499/?a=1&b=2", "Falköping")


def test_an_empty_map_says_so_and_has_no_table() -> None:
    figure = tree(sweden_map({}, **TEXTS))
    assert figure.find(".//table") is None
    assert "Inget inlagt" in "".join(figure.itertext())


def test_the_legend_names_the_span_of_each_step() -> None:
    codes = list(shapes("municipalities"))[:13]
    figure = tree(sweden_map(dict(zip(codes, [0, *range(1, 13)], strict=True)), **TEXTS))
    labels = ["".join(item.itertext()).strip() for item in figure.findall("ul/li")]
    assert labels == ["0", "1–3", "4–6", "7–9", "10–12", "Inget inlagt"]


def test_texts_are_escaped_and_no_style_or_script_is_written() -> None:
    html = sweden_map({"1499": 3}, title="<b>&", description="<i>", unit="<u>")
    assert "<b>" not in html
    assert "style=" not in html
    assert "<script" not in html


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        sweden_map({"9999": 1}, **TEXTS)


def test_ids_are_apart_when_two_maps_share_a_page() -> None:
    html = sweden_map({"1499": 3}, name="a", **TEXTS) + sweden_map({"1499": 3}, name="b", **TEXTS)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6


def test_a_map_is_light() -> None:
    few = sweden_map(dict.fromkeys(list(shapes("municipalities"))[:60], 1), **TEXTS)
    assert len(few.encode()) < 32_000
