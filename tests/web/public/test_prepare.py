"""Preparing alone: the papers, and that nothing of it stays on the server or stands in an address."""

import io
import logging
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.apps import apps
from django.test import Client
from docx import Document

from samverka.kernel.pdf_worker import problems
from samverka.processes.reading import published_model
from tests.people import Village

pytestmark = pytest.mark.django_db
MARKER = "xyzzy-läxhjälp"
KNOWN = {
    "title": f"{MARKER} på tre språk",
    "purpose": "Barn i Norrby får inte hjälp.\nVi vet inte varför.",
    "who": "Fritidsnämnden i Exempelby kommun",
    "whom": "Norrby samhällsförening",
    "day": "torsdag 12 mars",
    "starts": "kl 18",
    "place": "Bygdegården",
    "contact": "Karin Provsson, 0500-12 34 56",
}
CHOSEN = ["1.1", "2.2", "3.2"]
ALL = {**KNOWN, "steg": CHOSEN}
OWN_MODEL = "Samverkas egen modell"


def rows() -> dict[str, int]:
    """How many rows there are, table by table; a limit's count holds an address and a number only."""
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.label != "kernel.RateCount"]
    return {model._meta.label: model._default_manager.count() for model in models}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_page_offers_the_short_path_and_takes_the_choice_from_the_address(client: Client) -> None:
    page = client.get("/forbered/").content.decode()
    assert page.count(" checked>") == 6
    assert page.count('name="steg"') == 33
    shared = client.get("/forbered/?steg=4.2&steg=9.9").content.decode()
    assert shared.count(" checked>") == 1
    assert 'id="steg-4.2" data-minutes="40" aria-describedby="steg-4.2-om" checked>' in shared


def test_text_in_an_address_is_not_read(client: Client) -> None:
    for path in ("", "dagordning/", "inbjudan/", "bjud-in/"):
        assert MARKER not in client.get(f"/forbered/{path}?steg=1.1&title={MARKER}&purpose={MARKER}").content.decode()


def test_agenda_holds_questions_times_and_promises(client: Client) -> None:
    page = client.post("/forbered/dagordning/", ALL).content.decode()
    model = published_model("samverka")
    assert model
    for code in CHOSEN:
        assert model.by_code[code].question.text in page
    for said in (
        KNOWN["title"],
        KNOWN["who"],
        "torsdag 12 mars kl. 18.00",
        "18.10",
        "Vem gör vad till när?",
        OWN_MODEL,
    ):
        assert said in page
    assert "?steg=1.1&amp;steg=2.2&amp;steg=3.2" in page


def test_agenda_without_anything_known_has_lines_to_fill_in(client: Client) -> None:
    page = client.get("/forbered/dagordning/?steg=1.1").content.decode()
    assert page.count("to-fill") == 5
    assert "Dagordning för mötet" in page


@pytest.mark.parametrize("path", ["", "dagordning/", "inbjudan/"])
def test_every_page_of_it_leads_on_to_saving_or_inviting(client: Client, path: str) -> None:
    page = client.post(f"/forbered/{path}", ALL).content.decode()
    assert 'formaction="/forbered/bjud-in/"' in page


@pytest.mark.parametrize("path", ["dagordning.pdf", "arbetsbok.pdf"])
def test_pdf_is_tagged_in_swedish_and_says_whose_model_it_is(client: Client, path: str) -> None:
    # In the English site too: the paper is in the model's language.
    response = client.post(f"/en/forbered/{path}", ALL)
    assert response["Content-Type"] == "application/pdf"
    assert problems(response.content) == []
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert str(document.Root.Lang) == "sv"
        assert document.Root.MarkInfo.Marked
    text = text_of(response.content)
    assert OWN_MODEL in text
    assert KNOWN["title"] in text
    assert "Vem gör vad till när?" in text


def test_workbook_in_word_holds_what_each_step_needs(client: Client) -> None:
    response = client.post("/forbered/arbetsbok.docx", ALL)
    document = Document(io.BytesIO(response.content))
    model = published_model("samverka")
    assert model
    said = [paragraph.text for paragraph in document.paragraphs]
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    for code in CHOSEN:
        step = model.by_code[code]
        assert f"{code} {step.name}" in headings
        assert {step.question.text, *(question.text for question in step.follow_ups)} <= set(said)
        assert f"☐ {step.done_when}" in said
        assert {field.label for field in step.leaves.fields} <= cells
        if step.template:
            assert set(step.template.lines) <= cells
    assert document.core_properties.language == "sv-SE"
    assert any(OWN_MODEL in text for text in said)
    assert OWN_MODEL in document.sections[0].footer.paragraphs[0].text
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)


def test_workbook_takes_what_cannot_stand_in_a_file(client: Client) -> None:
    response = client.post("/forbered/arbetsbok.docx", {**ALL, "title": "Ny\x0brad\x07 \ufffe", "purpose": "a\x00b"})
    assert response.status_code == 400  # a null is refused before any page sees it
    response = client.post("/forbered/arbetsbok.docx", {**ALL, "title": "Ny\x0brad\x07 \ufffe"})
    assert Document(io.BytesIO(response.content)).paragraphs[0].text == "Arbetsbok: Nyrad "


def test_invitation_is_built_from_what_is_known_and_says_what_is_not(client: Client) -> None:
    whole = client.post("/forbered/inbjudan/", ALL).content.decode()
    assert "Hej Norrby samhällsförening!" in whole
    assert f"prata om en sak: {KNOWN['title']}." in whole
    assert OWN_MODEL in whole
    pre = whole.split("<pre>", 1)[1]
    assert "[" not in pre.split("</pre>")[0] + pre.split("<pre>")[1].split("</pre>")[0]
    empty = client.get("/forbered/inbjudan/").content.decode()
    for blank in ("[vad det handlar om]", "[vilka ni är]", "[dag och tid]", "[plats]", "[namn och telefonnummer]"):
        assert blank in empty


def test_nothing_chosen_or_a_strange_time_comes_back_with_what_was_typed(client: Client) -> None:
    for wrong, said in (
        ({**KNOWN}, "Välj minst en fråga."),
        ({**ALL, "starts": "sju"}, "Skriv klockslaget med siffror"),
        ({**ALL, "starts": "25.00"}, "Skriv klockslaget med siffror"),
    ):
        response = client.post("/forbered/dagordning/", wrong)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert KNOWN["title"] in response.content.decode()


@pytest.mark.parametrize("path", ["", "dagordning/", "inbjudan/", "bjud-in/"])
def test_each_page_carries_the_text_on_without_a_script(client: Client, path: str) -> None:
    page = client.post(f"/forbered/{path}", ALL).content.decode()
    assert KNOWN["contact"] in page
    assert page.count('name="steg"') >= len(CHOSEN)


def test_nothing_is_stored(client: Client, village: Village) -> None:
    client.force_login(village.karin)
    before = rows()
    paths = ("", "dagordning/", "dagordning.pdf", "arbetsbok.pdf", "arbetsbok.docx", "inbjudan/", "bjud-in/")
    for path in paths:
        assert client.post(f"/forbered/{path}", ALL).status_code == 200
    assert rows() == before
    assert MARKER not in str(dict(client.session))


def test_text_stands_neither_in_logs_nor_in_addresses(client: Client, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        for path in ("dagordning/", "dagordning.pdf", "arbetsbok.docx", "inbjudan/", "bjud-in/"):
            response = client.post(f"/forbered/{path}", ALL)
            assert MARKER not in str(response.headers)
            page = response.content.decode(errors="ignore")
            assert not [part for part in page.split('href="')[1:] if MARKER in part.split('"')[0]]
        client.post("/forbered/dagordning/", {**ALL, "starts": MARKER})
    assert MARKER not in caplog.text


def test_papers_are_limited_for_each_visitor(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samverka.web.public.prepare.PAPERS", 1)
    assert client.post("/forbered/arbetsbok.docx", ALL).status_code == 200
    assert client.post("/forbered/arbetsbok.docx", ALL).status_code == 429


def test_inviting_leads_to_those_one_may_start_for(client: Client, village: Village) -> None:
    page = client.post("/forbered/bjud-in/", ALL).content.decode()
    assert "/konto/logga-in/?next=%2Fforbered%2Fbjud-in%2F%3Fsteg%3D1.1%26steg%3D2.2%26steg%3D3.2" in page
    client.force_login(village.karin)
    page = client.post("/forbered/bjud-in/", ALL).content.decode()
    assert f"/arbete/{village.municipality.public_id}/samverkan/" in page
    client.force_login(village.rut)  # a registrar starts nothing
    page = client.get("/forbered/bjud-in/").content.decode()
    assert f"/arbete/{village.municipality.public_id}/samverkan/" not in page
    assert "Leta upp er organisation" in page


def test_front_door_leads_here(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/forbered/"' in page
    assert "Förbered ett möte" in page
