"""Word documents (DOCX) that a screen reader can follow and a printer can print.

Headings are heading styles, lists are list styles, a table's heading row comes again on every page; language, title
and paper (A4) are said in the file. The library is imported when a document is made: the web process stays small.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: How Word names languages.
_LOCALES = {"sv": "sv-SE", "en": "en-GB"}
_INK = "1B1F1D"
_A4 = (210, 297)  # mm
_MARGIN = 22  # mm


class WordDocument:
    """A document that is filled from top to bottom; `content()` gives the file."""

    def __init__(self, *, title: str, language: str, author: str) -> None:
        """Begin a document with `title` as its first heading; `language` is sv or en."""
        from docx import Document

        self._document: Any = Document()
        self._set_language(_LOCALES.get(language, language))
        self._set_paper()
        self._set_type()
        facts = self._document.core_properties
        facts.title, facts.language, facts.author, facts.comments = title, _LOCALES.get(language, language), author, ""
        self.heading(title, 1)

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """Add a heading, 1 to 3; `new_page` starts a page with it."""
        heading = self._document.add_heading(text, level)
        heading.paragraph_format.page_break_before = new_page

    def paragraph(self, text: str, *, large: bool = False) -> None:
        """Add a paragraph; line breaks are kept. `large` is for what one reads across a table."""
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(text)
        if large:
            run.font.size, run.bold = Pt(17), True

    def bullets(self, texts: Iterable[str]) -> None:
        """Add a list with dots."""
        for text in texts:
            self._document.add_paragraph(text, style="List Bullet")

    def writing_table(
        self, headings: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int], height: int
    ) -> None:
        """Add a table to write in: `widths` of its columns and least `height` of its rows in mm. A row may be short."""
        from docx.enum.table import WD_ROW_HEIGHT_RULE
        from docx.shared import Mm

        table = self._document.add_table(rows=1, cols=len(headings), style="Table Grid")
        table.autofit = False
        self._fill(table.rows[0], headings, bold=True)
        _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for texts in rows:
            row = table.add_row()
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
            self._fill(row, texts)
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = Mm(width)
        self._document.add_paragraph()

    def footer(self, text: str) -> None:
        """Write `text` at the foot of every page, with the page's number after it."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.add_run(text + " · ")
        _page_number(paragraph.add_run())

    def content(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    @staticmethod
    def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
        for cell, text in zip(row.cells, texts, strict=False):
            run = cell.paragraphs[0].add_run(text)
            run.bold = bold or None

    def _set_language(self, locale: str) -> None:
        from docx.oxml.ns import qn

        styles = self._document.styles.element
        for language in styles.iter(qn("w:lang")):
            language.set(qn("w:val"), locale)

    def _set_paper(self) -> None:
        from docx.shared import Mm

        section = self._document.sections[0]
        section.page_width, section.page_height = (Mm(side) for side in _A4)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)

    def _set_type(self) -> None:
        from docx.shared import Pt, RGBColor

        self._document.styles["Normal"].font.size = Pt(11)
        for level, size in ((1, 22), (2, 16), (3, 12)):
            font = self._document.styles[f"Heading {level}"].font
            font.size, font.color.rgb = Pt(size), RGBColor.from_string(_INK)


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    properties.append(OxmlElement(name))


def _page_number(run: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)
