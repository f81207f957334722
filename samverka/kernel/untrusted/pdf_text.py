"""PDF files: whether one can be opened without a password, and its text."""

import re
from collections.abc import Iterator

import pypdfium2

from .limits import Reason, Unfit

_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD in PDFium's fpdfview.h
#: A hyphen at the end of a line, as PDFium writes it, and the line's end.
_BROKEN_WORD = re.compile("[\x02\ufffe]\\s*")


def check(content: bytes) -> None:
    """Raise Unfit when a password is needed. A file with faults is taken: some programs open what others do not."""
    try:
        pypdfium2.PdfDocument(content).close()
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD_NEEDED:
            raise Unfit(Reason.ENCRYPTED) from error


def text(content: bytes) -> Iterator[str]:
    """Return the text page by page, each ended by a form feed; a scanned page has none."""
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            words = page.get_textpage()
            yield _BROKEN_WORD.sub("", words.get_text_range()) + "\n\f"
            words.close()
            page.close()
    finally:
        document.close()
