"""A Word document is one that a screen reader can follow."""

import io

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm

from samverka.kernel.word import WordDocument


@pytest.fixture(scope="module")
def opened() -> Opened:
    document = WordDocument(title="Prov å", language="sv", author="Samverka")
    document.paragraph("Rad ett\nrad två")
    document.heading("Nästa", 2, new_page=True)
    document.bullets(["Första", "Andra"])
    document.writing_table(["Vem", "Vad"], [("Karin",), ()], widths=(40, 60), height=20)
    document.footer("Sidfot")
    return Document(io.BytesIO(document.content()))


def test_headings_and_lists_are_styles(opened: Opened) -> None:
    said = [(paragraph.style.name, paragraph.text) for paragraph in opened.paragraphs if paragraph.text]
    assert said[0] == ("Heading 1", "Prov å")
    assert ("Heading 2", "Nästa") in said
    assert ("List Bullet", "Andra") in said
    assert next(p for p in opened.paragraphs if p.text == "Nästa").paragraph_format.page_break_before


def test_language_title_and_paper_are_said(opened: Opened) -> None:
    languages = {lang.get(qn("w:val")) for lang in opened.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    facts = opened.core_properties
    assert (facts.title, facts.language, facts.author, facts.comments) == ("Prov å", "sv-SE", "Samverka", "")
    section = opened.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert section.footer.paragraphs[0].text.startswith("Sidfot")
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_table_heading_comes_again_and_rows_have_room(opened: Opened) -> None:
    (table,) = opened.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Vem", "Vad"]
    headed = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert headed == [True, False, False]
    assert all(abs(row.height - Mm(20)) < Mm(1) for row in list(table.rows)[1:])
    assert table.rows[1].cells[0].text == "Karin"
