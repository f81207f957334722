"""The report as everybody reads it: page, earlier editions, PDF; and what is not there before it is published."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samverka.kernel.pdf_worker import problems, structure
from samverka.surveys.actions.report_blocks import add_block
from samverka.surveys.actions.report_editions import withdraw_report
from samverka.surveys.enums import BlockKind
from samverka.surveys.models import Report, Round
from tests.people import Village
from tests.surveys.reports import fill, publish, published_round, started, written
from tests.web.public.test_results import SECRET, _associations, read
from tests.world import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/kartlaggning/2018/rapport/"


@pytest.fixture
def of_2018(tmp_path: Path) -> Round:
    return published_round(tmp_path)


@pytest.fixture
def report(of_2018: Round) -> Report:
    made = written(started(of_2018))
    first = made.blocks.standing().first().public_id
    fill(add_block(by=None, report_id=made.public_id, kind=BlockKind.MAP, after=first), variable="form_iop")
    quote = add_block(by=None, report_id=made.public_id, kind=BlockKind.QUOTE, after=first)
    fill(quote, text="Vi lärde oss <b>lyssna</b>.", who="En samordnare", consent=True)
    figure = made.blocks.get(kind=BlockKind.FIGURE, variable="form_iop")
    fill(figure, by="slag", option="yes")
    return made


def paper(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\N{NO-BREAK SPACE}", " ")
    finally:
        document.close()


def test_nobody_reads_a_draft_but_analysts(client: Client, village: Village, report: Report) -> None:
    for address in (ADDRESS, f"{ADDRESS}1/", "/kartlaggning/2018/rapport.pdf", "/kartlaggning/2018/rapport-1.pdf"):
        read(client, address, 404)
    assert "Läs rapporten" not in read(client, "/kartlaggning/2018/")
    assert "18 % (38 av 209)" in read(client_of(village.anna), f"/redaktion/rapporter/{report.public_id}/las/")


def test_report_says_findings_with_base_source_and_how_to_cite(client: Client, report: Report) -> None:
    publish(report)
    page = read(client, ADDRESS)
    for said in ("Innehåll", "18 % (38 av 209)", "Figur 1.", "Källa: Kartläggningen 2018, frågan form_iop", "34 av 192",
                 "101 av 310 har inte svarat", "Så här hänvisar du", "Utgåva 1", "&lt;b&gt;lyssna",
                 "<strong>alla</strong>",                 "/kartlaggning/2018/rapport/1/", "Kommuner"):  # fmt: skip
        assert said in page, said
    assert "Kansliet" not in page
    assert 'href="/kartlaggning/2018/rapport/"' in read(client, "/kartlaggning/2018/")
    assert "Rapporten om Kartläggningen 2018" in read(client, "/kartlaggning/")


def test_every_anchor_of_the_contents_is_there(client: Client, report: Report) -> None:
    import re

    publish(report)
    page = read(client, ADDRESS)
    anchors = re.findall(r'<a href="#(k-\w+)">', page)
    assert len(anchors) > 6
    assert all(f'id="{anchor}"' in page for anchor in anchors)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_swedish_report_is_read_in_the_english_frame_and_says_so(client: Client, report: Report) -> None:
    publish(report)
    page = read(client, "/en" + ADDRESS)
    assert 'class="report" lang="sv"' in page
    assert "Figur 1." in page


def test_corrected_and_withdrawn_editions_say_so_and_stay(client: Client, report: Report) -> None:
    publish(report)
    publish(report, what_changed="Andelen för regioner var fel.")
    assert "Det finns en nyare utgåva" in read(client, f"{ADDRESS}1/")
    assert "Andelen för regioner var fel." in read(client, ADDRESS)
    withdraw_report(by=None, report_id=report.public_id, reason="Fel fil lästes in.")
    page = read(client, f"{ADDRESS}2/")
    assert "tillbakadragen" in page
    assert "Fel fil lästes in." in page
    read(client, f"{ADDRESS}3/", 404)


def test_pdf_is_tagged_says_the_same_and_its_tables_have_headings_on_every_page(client: Client, report: Report) -> None:
    publish(report)
    pdf = paper(client, "/kartlaggning/2018/rapport.pdf")
    assert problems(pdf) == []
    text = " ".join(text_of(pdf).split())
    for said in ("Så samverkade kommuner och föreningar 2018", "18 % (38 av 209)", "Utgåva 1", "Bortfall", "Metod",
                 "101 av 310 har inte svarat", "Så här hänvisar du", "34 av 192", "En samordnare"):  # fmt: skip
        assert said in text, said
    assert "Kansliet" not in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        kinds = [(str(element.S), parents) for element, parents in structure(document)]
    cells = [parents for kind, parents in kinds if kind == "/TH"]
    assert any("/THead" in parents for parents in cells)
    assert any(kind == "/Figure" for kind, _parents in kinds)
    # The tables of those who did not answer are five; where one runs over a page its headings are printed again.
    assert text.count("Tillfrågade") > 5


def test_associations_report_passes_suppression_and_quotes_nobody(client: Client) -> None:
    found = _associations()
    report = written_for_associations(found)
    publish(report)
    page = read(client, "/kartlaggning/foreningar/rapport/")
    assert "Färre än 5 svar visas inte" in page
    assert "3 av 23" not in page
    assert "20 av 23" not in page
    assert SECRET not in page
    assert "visas inte" in page


def written_for_associations(found: Round) -> Report:
    report = started(found)
    fill(report.blocks.get(kind=BlockKind.FIGURE, variable="form_iop"), by="storlek", option="yes")
    first: Any = report.blocks.standing().first()
    fill(first, text="{{form_iop:yes:storlek=b}} och {{form_iop:yes}}")
    for role in ("method", "missing"):
        fill(report.blocks.get(role=role), text="Egna ord.")
    return report


def test_report_is_read_with_few_queries(client: Client, report: Report) -> None:
    publish(report)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    assert len(captured) <= 8, [query["sql"][:90] for query in captured]
