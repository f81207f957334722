"""The model's pages: the short path first, one picture with a link for every step, a page for each step, paper."""

import re
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from samverka.kernel.pdf_worker import problems
from samverka.processes.reading import ModelView, published_model
from samverka.web.components.model_picture import LABEL, model_picture, wrapped

pytestmark = pytest.mark.django_db
MODEL = "/modeller/samverka/"


@pytest.fixture
def model() -> ModelView:
    found = published_model("samverka")
    assert found is not None
    return found


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert len(response.content) < 60_000
    html = response.content.decode()
    assert html.count("<h1") == 1
    return html


def steps_linked(html: str) -> list[str]:
    return re.findall(r'href="(?:/en)?/modeller/samverka/(\d\.\d)-', html)


def test_short_path_stands_before_all_steps(client: Client, model: ModelView) -> None:
    html = page(client, MODEL)
    short = [step.code for stop in model.short_path for step in stop.steps]
    assert len(short) == 11
    assert steps_linked(html)[:11] == short
    assert html.index("Möte 1") < html.index("Hela vägen: alla 33 steg</h2>") < html.index('class="model-picture"')


def test_picture_has_a_link_with_text_for_every_step(client: Client, model: ModelView) -> None:
    html = page(client, f"{MODEL}bild/")
    drawn = re.search(r'<svg class="model-picture".*?</svg>', html, re.DOTALL)
    assert drawn
    svg = drawn.group()
    assert steps_linked(svg) == [step.code for step in model.steps]
    for step in model.steps:
        marked = ", på korta vägen" if step.on_short_path else ""
        assert f'aria-label="{step.code} {step.name}{marked}"' in svg
    assert svg.count("is-short") == 11


def test_model_says_whose_it_is(client: Client) -> None:
    html = page(client, MODEL)
    assert "Samverkas egen modell" in html
    assert "CC BY 4.0" in html
    assert "<h1>Samverkas egen modell</h1>" in page(client, f"{MODEL}bild/").replace(' class="picture-heading"', "")
    assert MODEL in page(client, "/modeller/")


def test_front_page_leads_to_the_model(client: Client) -> None:
    assert f'<figcaption><a href="{MODEL}">' in page(client, "/")


def test_step_shows_all_it_has(client: Client, model: ModelView) -> None:
    for step in model.steps:
        html = page(client, f"{MODEL}{step.path}/").replace("&#x27;", "'")
        said = [step.name, step.question.text, step.introduction, step.done_when, step.leaves.label]
        said += [question.text for question in step.follow_ups]
        said += [text for tip in step.tips for text in (tip.saying, tip.goes_wrong)]
        said += [section.heading for section in step.deeper]
        assert not [text for text in said if text not in html], step.code
        assert ("mall.pdf" in html) == (step.template is not None)


def test_steps_lead_to_each_other(client: Client) -> None:
    html = page(client, f"{MODEL}1.4-prova-om-ni-behover-varandra/")
    assert 'rel="prev"' in html
    assert re.search(r'href="/modeller/samverka/2\.1-valj-oppet/" rel="next"', html)


def test_wrong_name_leads_to_the_right_address(client: Client) -> None:
    response = client.get(f"{MODEL}1.1-gammalt-namn/")
    assert (response.status_code, response["Location"]) == (301, f"{MODEL}1.1-satt-ord-pa-behovet/")
    assert client.get(f"/en{MODEL}1.1-x/")["Location"] == f"/en{MODEL}1.1-satt-ord-pa-behovet/"


def test_english_frame_says_that_the_text_is_swedish(client: Client) -> None:
    html = page(client, f"/en{MODEL}1.1-satt-ord-pa-behovet/")
    assert '<html lang="en">' in html
    assert re.search(r'<div class="step-heading" lang="sv">', html)
    assert 'lang="sv"' in page(client, f"/en{MODEL}")


@pytest.mark.parametrize("address", [MODEL, f"{MODEL}bild/", f"{MODEL}1.1-satt-ord-pa-behovet/", "/modeller/"])
def test_pages_ask_the_database_little(client: Client, address: str, django_assert_max_num_queries: Any) -> None:
    client.get(address)
    with django_assert_max_num_queries(2):
        client.get(address)


# The picture, for any model


def test_even_stretches_go_back(model: ModelView) -> None:
    picture = model_picture(model, lambda step: "")
    places = [[float(stop.x) for stop in stretch.stops] for stretch in picture.stretches]
    assert [row == sorted(row) for row in places] == [True, False] * 3 + [True]
    assert all(0 < x < float(picture.width) for row in places for x in row)
    assert all(float(line.y) < float(picture.height) for s in picture.stretches for t in s.stops for line in t.lines)


def test_names_are_broken_evenly(model: ModelView) -> None:
    assert wrapped("Se vad som redan görs", LABEL) == ["Se vad som", "redan görs"]
    assert wrapped("Börja litet", LABEL) == ["Börja litet"]
    assert wrapped("", LABEL) == []
    assert max(len(wrapped(step.name, LABEL)) for step in model.steps) <= 2


# Paper


def test_picture_on_paper_is_one_page_that_lies_down(client: Client, model: ModelView) -> None:
    content = client.get(f"{MODEL}bild.pdf").content
    assert problems(content) == []
    (sheet,) = pypdfium2.PdfDocument(content)
    assert [round(side) for side in sheet.get_size()] == [842, 595]
    text = " ".join(sheet.get_textpage().get_text_range().split())
    assert "Samverkas egen modell" in text
    assert all(step.name in text for step in model.steps)
    with pikepdf.open(BytesIO(content)) as document:
        links = [a for a in document.pages[0].get("/Annots", []) if a.get("/Subtype") == "/Link"]
    assert len(links) >= 33


def test_whole_model_on_paper_has_every_step(client: Client, model: ModelView) -> None:
    content = client.get(f"{MODEL}modell.pdf").content
    assert problems(content) == []
    document = pypdfium2.PdfDocument(content)
    assert 35 < len(document) < 60
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    assert all(" ".join(step.done_when.split()[:5]) in text for step in model.steps)


def test_every_template_is_one_page(client: Client, model: ModelView) -> None:
    longest = max((step for step in model.steps if step.template), key=lambda step: len(step.template.lines))  # type: ignore[union-attr]
    content = client.get(f"{MODEL}{longest.path}/mall.pdf").content
    assert problems(content) == []
    assert len(pypdfium2.PdfDocument(content)) == 1
