"""`python -m samverka.kernel.untrusted.worker check|text|pages|cover <kind> <seconds>`: reads one file on stdin, and
ends.

`check` writes the file to keep to stdout, or nothing when it is kept as it is; `text` writes what it reads, so that
what was read stands even if the time runs out; `pages` the number of a PDF's pages, `cover` its first page as a JPEG.
Knows neither Django nor the database.
"""

import resource
import sys
from collections.abc import Iterator

from . import office, office_text
from .limits import MOST_CHARACTERS, Unfit

UNFIT = 4  # exit code; stdout then holds the reason
_MOST_MEMORY = 1536 * 1024**2  # bytes of address space
_PICTURES = {"PNG", "JPEG"}


def checked(content: bytes, kind: str) -> bytes:
    """Return the file to keep instead, or nothing. Raises Unfit, or whatever a broken file makes a library raise."""
    if kind in _PICTURES:
        from .pictures import redrawn

        return redrawn(content, kind)
    if kind == "PDF":
        from . import pdf_text

        pdf_text.check(content)
    else:
        office.check(content, kind)
    return b""


def read(content: bytes, kind: str) -> Iterator[str]:
    """Return the text piece by piece, MOST_CHARACTERS at most."""
    if kind == "PDF":
        from . import pdf_text

        pieces = pdf_text.text(content)
    else:
        pieces = office_text.text(content, kind)
    left = MOST_CHARACTERS
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _of_pdf(work: str, content: bytes) -> bytes:
    from . import pdf_cover

    return pdf_cover.cover(content) if work == "cover" else str(pdf_cover.pages(content)).encode()


def main(work: str, kind: str, seconds: str) -> int:
    """Do the work within limits; return the exit code."""
    _limit(int(seconds))
    content = sys.stdin.buffer.read()
    try:
        if work == "check":
            sys.stdout.buffer.write(checked(content, kind))
            return 0
        if work in {"pages", "cover"}:
            sys.stdout.buffer.write(_of_pdf(work, content))
            return 0
        for piece in read(content, kind):
            sys.stdout.buffer.write(piece.encode(errors="replace"))
            sys.stdout.buffer.flush()
    except Unfit as unfit:
        sys.stdout.write(unfit.reason)
        return UNFIT
    return 0


def _limit(seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
