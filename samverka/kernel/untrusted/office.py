"""Documents of word processors, spreadsheets and presentations: what they are, told by what the ZIP holds.

Office Open XML (ECMA-376, part 2) lists its parts in `[Content_Types].xml`; OpenDocument (OASIS ODF 1.3, part 2) says
what it is in `mimetype`.
"""

import io
import re
import zipfile
from collections import Counter
from xml.parsers import expat  # nosec B407 - declarations are refused, see xml_parser

from .limits import MOST_LIST, MOST_PARTS, MOST_UNPACKED, Reason, Unfit

ZIP = b"PK\x03\x04"
#: Compound File Binary: what Word, Excel and PowerPoint wrote until 2007, and still do around an encrypted document.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OOXML = "application/vnd.openxmlformats-officedocument."
#: What the main part of each kind is called in the list of parts.
MAIN_PARTS = {
    "DOCX": f"{_OOXML}wordprocessingml.document.main+xml",
    "XLSX": f"{_OOXML}spreadsheetml.sheet.main+xml",
    "PPTX": f"{_OOXML}presentationml.presentation.main+xml",
}
_ODF = "application/vnd.oasis.opendocument."
MIMETYPES = {"ODT": f"{_ODF}text", "ODS": f"{_ODF}spreadsheet", "ODP": f"{_ODF}presentation"}
_CONTENT_TYPES = "[Content_Types].xml"
#: Modules of macros; the lists of modules beside them may be empty.
_ODF_MODULE = re.compile(r"Scripts/.+|Basic/.+/(?!(?:script|dialog)-l[bc]\.xml$)[^/]+\.xml")


def check(content: bytes, kind: str) -> None:
    """Raise Unfit unless `content` is a document of `kind` (DOCX …) that is open, without macros and of fair size.

    What is no whole ZIP or XML raises errors of those libraries.
    """
    if content.startswith(COMPOUND):
        raise Unfit(Reason.ENCRYPTED if _ENCRYPTED_PACKAGE in content else Reason.OLD_FORMAT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _refuse_bombs(archive.infolist())
        (_check_ooxml if kind in MAIN_PARTS else _check_odf)(archive, kind)


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit(Reason.ENCRYPTED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfit(Reason.TOO_LARGE)
    # Programs differ in which of two parts with one name they open.
    if any(count > 1 for count in Counter(part.filename.lower() for part in parts).values()):
        raise Unfit(Reason.BROKEN)


def _check_ooxml(archive: zipfile.ZipFile, kind: str) -> None:
    if _CONTENT_TYPES not in archive.namelist():
        raise Unfit(Reason.OTHER_KIND)
    types = _content_types(read_part(archive, _CONTENT_TYPES))
    named = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    if named or any("macro" in said or "vbaproject" in said for said in types):
        raise Unfit(Reason.MACROS)
    if MAIN_PARTS[kind] not in types:
        raise Unfit(Reason.OTHER_KIND)


def _content_types(content: bytes) -> set[str]:
    found: set[str] = set()

    def start(_name: str, attributes: dict[str, str]) -> None:
        found.add(attributes.get("ContentType", "").strip().lower())

    parser = xml_parser()
    parser.StartElementHandler = start
    parser.Parse(content, True)
    return found


def _check_odf(archive: zipfile.ZipFile, kind: str) -> None:
    names = archive.namelist()
    if "mimetype" not in names or read_part(archive, "mimetype").strip() != MIMETYPES[kind].encode():
        raise Unfit(Reason.OTHER_KIND)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in read_part(archive, manifest):
        raise Unfit(Reason.ENCRYPTED)
    if any(_ODF_MODULE.fullmatch(name) for name in names):
        raise Unfit(Reason.MACROS)


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a small part of a document. Raises Unfit for one of over MOST_LIST bytes."""
    with archive.open(name) as part:
        content = part.read(MOST_LIST + 1)
    if len(content) > MOST_LIST:
        raise Unfit(Reason.TOO_LARGE)
    return content


def xml_parser() -> "expat.XMLParserType":
    """Return a parser that gives names without their namespaces' addresses and refuses what no document needs: a
    document type, in which entities are declared.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    return parser


def _refuse_declaration(*_said: object) -> None:
    raise Unfit(Reason.BROKEN)
