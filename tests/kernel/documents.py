"""Files such as people attach, made by the libraries that make them, or part by part."""

import io
import zipfile
from typing import Any

_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
)
_OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", f"{_OOXML}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OOXML}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_OOXML}presentationml.presentation.main+xml"),
}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'


def zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with those parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def ooxml(kind: str, parts: dict[str, str | bytes], *types: str) -> bytes:
    """A document of Office Open XML with those parts, and with `types` in its list beside its main one."""
    name, main = MAIN[kind]
    listed = "".join(f'<Override PartName="/{name}" ContentType="{said}"/>' for said in (main, *types))
    return zipped({"[Content_Types].xml": _CONTENT_TYPES.format(parts=listed), name: "<x/>", **parts})


def word(body: str, **others: str) -> bytes:
    """A Word document whose main part holds `body`; `others` are further parts, by their names in the folder."""
    parts = {f"word/{name}.xml": f"<w:x {_W}>{content}</w:x>" for name, content in {"document": body, **others}.items()}
    return ooxml("docx", parts)


def docx(*paragraphs: str) -> bytes:
    """A Word document as python-docx makes it, with the paragraphs in a table as well."""
    from docx import Document

    document: Any = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "I en tabell"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def xlsx(*rows: list[Any], **options: Any) -> bytes:
    """A workbook as XlsxWriter makes it."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Blad")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def pptx(*slides: str) -> bytes:
    """A presentation with one text on each slide, and a note to the first."""
    said = {f"ppt/slides/slide{n}.xml": f"<x {_A}><a:p><a:t>{text}</a:t></a:p></x>" for n, text in enumerate(slides, 1)}
    note = f"<x {_A}><a:p><a:t>Till den som talar</a:t></a:p></x>"
    return ooxml("pptx", {**said, "ppt/notesSlides/notesSlide1.xml": note})


def opendocument(kind: str, body: str = "", **others: str | bytes) -> bytes:
    """A document of OpenDocument (text, spreadsheet, presentation) whose content holds `body`."""
    content = f"<office:document-content {_OFFICE} {_TEXT}><office:body>{body}</office:body></office:document-content>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
            **{name.replace("__", "/"): part for name, part in others.items()},
        }
    )


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """A picture, light above and dark below."""
    from PIL import Image

    drawn = Image.linear_gradient("L").resize(size).convert(mode)
    file = io.BytesIO()
    drawn.save(file, format=kind, **options)
    return file.getvalue()


def pdf(text: str, password: str = "", owner: str = "") -> bytes:
    """A PDF with one line of text, locked when a password is given."""
    import pikepdf

    document = pikepdf.new()
    page = document.add_blank_page(page_size=(600, 200))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
                              Encoding=pikepdf.Name.WinAnsiEncoding)  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(b"BT /F1 12 Tf 20 100 Td (" + text.encode("cp1252") + b") Tj ET")
    file = io.BytesIO()
    locked = {"encryption": pikepdf.Encryption(user=password, owner=owner or password)} if password or owner else {}
    document.save(file, **locked)
    return file.getvalue()
