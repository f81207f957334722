"""A long text in pieces: whole paragraphs as far as they go, so that an excerpt is the right place."""

import re
from collections.abc import Iterator

#: How long a piece gets before the next begins, and the longest that stands undivided.
LENGTH, LONGEST = 900, 1400
_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=[#\-*•])")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def passages(body: str) -> Iterator[tuple[int | None, str]]:
    """Return (page, text) of each piece of `body`; page is None for a text without page breaks."""
    pages = body.split("\f")
    for number, page in enumerate(pages, start=1):
        for piece in _pieces(page):
            yield (number if len(pages) > 1 else None), piece


def _pieces(text: str) -> Iterator[str]:
    gathered = ""
    for part in _parts(text):
        if gathered and len(gathered) + len(part) > LENGTH:
            yield gathered
            gathered = ""
        gathered = f"{gathered}\n{part}" if gathered else part
    if gathered:
        yield gathered


def _parts(text: str) -> Iterator[str]:
    for paragraph in _PARAGRAPHS.split(text):
        short = " ".join(paragraph.split())
        if len(short) <= LONGEST:
            if short:
                yield short
        else:
            yield from _cut(short)


def _cut(text: str) -> Iterator[str]:
    """Cut a paragraph between sentences; a sentence without end is cut between words."""
    for sentence in _SENTENCE.split(text):
        rest = sentence
        while len(rest) > LONGEST:
            at = rest.rfind(" ", 0, LENGTH)
            at = at if at > 0 else LENGTH
            yield rest[:at]
            rest = rest[at:].strip()
        if rest:
            yield rest
