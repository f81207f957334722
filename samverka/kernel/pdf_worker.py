"""`python -m samverka.kernel.pdf_worker`: draws one PDF, from an order on stdin to stdout, and ends.

Knows neither Django nor the database, so that it starts quickly. On stderr it names what would make the document hard
to read with a screen reader, one line each.
"""

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

NO_PANGO = 3
_MOST_MEMORY = 2 * 1024**3  # bytes of address space
_HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


def draw(order: dict[str, Any]) -> bytes:
    """Return the PDF of an order (see `kernel.pdf.render_pdf`). Raises OSError when Pango is missing."""
    from weasyprint import HTML

    document = HTML(
        string=order["html"],
        base_url=order["base_url"],
        url_fetcher=_fetcher(order["static_url"], order["static_folders"]),
    )
    return finish(document.write_pdf(pdf_variant="pdf/ua-1"), title=order["title"], language=order["language"])


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


def main(wait: float) -> int:
    """Load the libraries, draw the order that comes on stdin within `wait` seconds; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        import pikepdf  # noqa: F401
        import weasyprint  # noqa: F401
    except OSError as missing:
        sys.stdin.buffer.read()
        sys.stderr.write(f"{missing}\n")
        return NO_PANGO
    come, _written, _odd = select.select([sys.stdin], [], [], wait)
    order = sys.stdin.buffer.read() if come else b""
    if not order:
        return 0
    pdf = draw(json.loads(order))
    sys.stdout.buffer.write(pdf)
    sys.stderr.write("\n".join(problems(pdf)))
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
