"""The first page of a PDF as a picture, and how many pages there are."""

import io

import pypdfium2

#: Pixels on the longer side: sharp in a list on a fine screen.
_LONGEST = 800
_QUALITY = 82
#: A page may say that it is as large as it likes.
_MOST_POINTS = 20_000


def pages(content: bytes) -> int:
    """Return how many pages the file has."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def cover(content: bytes) -> bytes:
    """Return page one drawn as a JPEG; nothing where it has no size that can be drawn."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[0]
        width, height = page.get_size()
        if not (1 <= width <= _MOST_POINTS and 1 <= height <= _MOST_POINTS):
            return b""
        drawn = page.render(scale=_LONGEST / max(width, height), may_draw_forms=False).to_pil().convert("RGB")
        file = io.BytesIO()
        drawn.save(file, format="JPEG", quality=_QUALITY, optimize=True)
        return file.getvalue()
    finally:
        document.close()
