"""`python -m samverka.kernel.pdf_worker`: draws PDF, from orders on stdin to stdout.

Knows neither Django nor the database, so that it starts quickly.
"""

import gc
import io
import itertools
import json
import mimetypes
import resource
import select
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from samverka.kernel.frames import with_room

NO_PANGO = 3
_MOST_MEMORY = 2 * 1024**3  # bytes of address space
#: A process that has drawn so many makes room for a new one, whatever the libraries have kept.
MOST_DOCUMENTS = 50
FIRST_WAIT = 60  # seconds
_HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


@with_room
def draw(order: dict[str, Any], fonts: Any = None) -> bytes:
    """Return the PDF of an order (see `kernel.pdf.render_pdf`). `fonts` is a weasyprint FontConfiguration that keeps
    those it has met. Raises OSError when Pango is missing.
    """
    from weasyprint import HTML

    document = HTML(
        string=order["html"],
        base_url=order["base_url"],
        url_fetcher=_fetcher(order["static_url"], order["static_folders"]),
    )
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", font_config=fonts)
    return finish(pdf, title=order["title"], language=order["language"])


def _fetcher(static_url: str, folders: list[str]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticOnly(URLFetcher):
        """Reads our own static files and data: addresses; everything else is refused."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = static_file(url, static_url, folders)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticOnly(allowed_protocols=["data"], allow_redirects=False)


def static_file(url: str, static_url: str, folders: list[str]) -> Path:
    """Return the file that a static address means. Raises ValueError for any other address, or one that leads out."""
    if not url.startswith(static_url):
        raise ValueError(f"not one of our static files: {url}")
    name = unquote(urlsplit(url.removeprefix(static_url)).path)
    for folder in folders:
        path = (Path(folder) / name).resolve()
        if path.is_relative_to(Path(folder).resolve()) and path.is_file():
            return path
    raise ValueError(f"no such static file: {name}")


def finish(pdf: bytes, *, title: str, language: str) -> bytes:
    """Return `pdf` with title, language and the scope of table headings, which WeasyPrint leaves out.

    PDF/UA-1 (ISO 14289-1:2014, 7.5) wants Scope on TH, so that headings hold on every page of a table.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.Lang = pikepdf.String(language)
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
        for element, parents in structure(document):
            if element.S == "/TH":
                scope = "/Column" if "/THead" in parents else "/Row"
                element.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(scope))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def structure(document: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Return every element of the structure tree in reading order, with the kinds of its parents, outermost first."""
    if "/StructTreeRoot" not in document.Root:
        return
    waiting: list[tuple[Any, tuple[str, ...]]] = [(document.Root.StructTreeRoot, ())]
    while waiting:
        element, parents = waiting.pop()
        kind = str(element.get("/S", ""))
        if kind:
            yield element, parents
        waiting += [(kid, (*parents, kind)) for kid in reversed(_kids(element))]


def _kids(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K", [])
    if isinstance(kids, pikepdf.Dictionary):
        kids = [kids]
    return (
        [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)] if isinstance(kids, pikepdf.Array | list) else []
    )


def problems(pdf: bytes) -> list[str]:
    """Return what would make `pdf` hard to read with a screen reader; an empty list is good."""
    import pikepdf

    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata() as metadata:
            if not metadata.get("dc:title"):
                found.append("no title")
        if "/Lang" not in document.Root:
            found.append("no language")
        elements = [(str(element.S), element) for element, _parents in structure(document)]
        found += _heading_problems([kind for kind, _element in elements if kind in _HEADINGS])
        if any(kind == "/Figure" and "/Alt" not in element for kind, element in elements):
            found.append("a picture has no text")
        if any(kind == "/TH" and "/Scope" not in element.get("/A", {}) for kind, element in elements):
            found.append("a table heading has no scope")
    return found


def _heading_problems(headings: list[str]) -> list[str]:
    levels = [_HEADINGS.index(kind) + 1 for kind in headings]
    found = [] if levels[:1] == [1] and levels.count(1) == 1 else ["not one H1 that comes first"]
    skips = [f"H{after} follows H{before}" for before, after in itertools.pairwise(levels) if after > before + 1]
    return found + skips


def main(standby: float) -> int:
    """Load the libraries, draw what is ordered on stdin, one document after another; return the exit code.

    An order is a line with its length in bytes, then JSON. The answer is a line with two lengths, then the PDF and what
    would make it hard to read. Ends after MOST_DOCUMENTS, and when `standby` seconds pass without a next order.
    """
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        import pikepdf  # noqa: F401
        from weasyprint.text.fonts import FontConfiguration
    except OSError as missing:
        sys.stderr.write(f"{missing}\n")
        return NO_PANGO
    fonts, wait = FontConfiguration(), float(FIRST_WAIT)
    # A document is a million objects that all live until it is done, and the libraries stay.
    gc.disable()
    gc.freeze()
    for _number in range(MOST_DOCUMENTS if standby else 1):
        gc.collect()
        order = _next_order(wait)
        if not order:
            break
        pdf = draw(json.loads(order), fonts)
        said = "\n".join(problems(pdf)).encode()
        sys.stdout.buffer.write(b"%d %d\n" % (len(pdf), len(said)) + pdf + said)
        sys.stdout.buffer.flush()
        wait = standby
    return 0


def _next_order(wait: float) -> bytes:
    """Return the next order; nothing when none comes in time, or whoever orders is gone."""
    come, _written, _odd = select.select([sys.stdin], [], [], wait)
    length = sys.stdin.buffer.readline() if come else b""
    return sys.stdin.buffer.read(int(length)) if length.strip() else b""


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
