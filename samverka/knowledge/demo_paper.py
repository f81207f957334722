"""A small tagged PDF made by the product itself: for the demo, and for tests that need one."""

from collections.abc import Sequence

from samverka.kernel.pdf import render_pdf


def paper(title: str, parts: Sequence[tuple[str, str]], *, lead: str = "") -> bytes:
    """Return a PDF with a title and parts of a heading and a text each."""
    context = {"parts": parts, "lead": lead}
    return render_pdf("pdf/plain_paper.html", context, title=title, language="sv")
