"""Publications read from files: Markdown and PDF. What is read again and has not changed is left alone."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import DomainError
from samverka.kernel.search import learn_words

from .actions.publications import add_file, change_publication, read_file, start_publication
from .actions.publishing import publish_page
from .enums import Licence, PublicationKind
from .front_matter import Told, told_by
from .html import blocks, clean, from_markdown
from .models import Page, Publication

MARKDOWN, PDF = {".md", ".markdown"}, {".pdf"}
MOST_BYTES = 50 * 1024 * 1024
_NOT_PAGES = {"readme", "license", "changelog"}
_LONGEST_TITLE, _LONGEST_SUMMARY = 200, 1000
_STATUTE = re.compile(r"\d{4}:\d+(?:\.\d+)?\Z")


@dataclass
class Run:
    """What came of every file: its name, and why where it was passed over."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)


def import_folder(folder: Path, *, by: Any = None) -> Run:
    """Read every Markdown and PDF file of a folder and those in it; each is a publication that is out and can be found
    when this returns. A file is known by its path from `folder`.
    """
    run = Run()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            name = f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"
            try:
                _one(path, name, by, run)
            except DomainError as error:
                run.passed_over.append((name, str(error.message)))
            except OSError as error:
                run.passed_over.append((name, error.strerror or str(error)))
    if run.created or run.changed:
        learn_words()
    return run


def _one(path: Path, name: str, by: Any, run: Run) -> None:
    ending = path.suffix.lower()
    if ending not in MARKDOWN | PDF:
        run.passed_over.append((name, _("inte Markdown eller PDF")))
        return
    if path.stem.lower() in _NOT_PAGES and ending in MARKDOWN:
        run.passed_over.append((name, _("beskriver mappen, är ingen publikation")))
        return
    if path.stat().st_size > MOST_BYTES:
        run.passed_over.append((name, _("större än 50 MB")))
        return
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    known = Publication.objects.filter(source_path=name).select_related("page").first()
    if known and known.source_sha256 == sha256 and known.page.published_at:
        run.unchanged.append(name)
        return
    with transaction.atomic():
        page = _from_markdown(content, known, name, by) if ending in MARKDOWN else _from_pdf(content, known, name, by)
        Publication.objects.filter(page=page).update(source_path=name, source_sha256=sha256)
    (run.changed if known else run.created).append(name)


def _from_markdown(content: bytes, known: Publication | None, name: str, by: Any) -> Page:
    told = told_by(_decoded(content))
    html = _without_title(from_markdown(told.text), told)
    values = _values(told, html, Path(name).stem)
    page = _kept(known, values, name, by)
    publish_page(by=by, page_id=page.public_id, at=_day(told) if known is None else None)
    return page


def _kept(known: Publication | None, values: dict[str, Any], name: str, by: Any) -> Page:
    if known is None:
        return start_publication(by=by, values=values, source=(name, ""))
    return change_publication(by=by, page_id=known.page.public_id, version=None, values=values)


def _values(told: Told, html: str, stem: str) -> dict[str, Any]:
    title = told.title or _first_heading(html) or stem.replace("-", " ").replace("_", " ")
    day = told.day
    statute = bool(_STATUTE.match(told.number))
    return {
        "title": title[:_LONGEST_TITLE],
        "summary": (told.summary or _first_words(html))[:_LONGEST_SUMMARY],
        "language": told.language,
        "year": told.year or (day.year if day else None),
        "licence": Licence.PUBLIC if statute else Licence.COPYRIGHT,
        "kind": PublicationKind.STATUTE if statute else told.kind or PublicationKind.REPORT,
        "html": html,
        "facts": told.facts,
        "isbn": told.isbn[:20],
        "diary_number": told.diary_number[:60],
        "series": told.series[:200],
    }


def _from_pdf(content: bytes, known: Publication | None, name: str, by: Any) -> Page:
    stem = Path(name).stem
    upload = ContentFile(content, Path(name).name)
    if known is None:
        values = {"title": stem.replace("-", " ").replace("_", " ")[:_LONGEST_TITLE], "licence": Licence.COPYRIGHT}
        page = start_publication(by=by, values=values, source=(name, ""))
    else:
        page = known.page
    made = add_file(by=by, page_id=page.public_id, upload=upload, note=_("Ny fil") if known else "")
    read = read_file(by=by, file_id=made.pk)
    if known is None and read and (title := _title_of_pdf(read.text)):
        change_publication(by=by, page_id=page.public_id, version=None, values={"title": title})
    publish_page(by=by, page_id=page.public_id, what_changed=_("Ny fil") if known else "")
    return page


def _title_of_pdf(text: str) -> str:
    """Return the first line that reads as a title: words, and not too many."""
    lines = (" ".join(line.split()) for line in text.splitlines()[:30])
    return next((line for line in lines if 8 <= len(line) <= 150 and re.search(r"[^\W\d_]{3}", line)), "")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _without_title(html: str, told: Told) -> str:
    """Return the text without a first heading that only repeats the title."""
    match = re.match(r"\s*<h[234]>(.*?)</h[234]>", html, re.DOTALL)
    heading = " ".join(text for _tag, text in blocks(match[0])) if match else ""
    if (match and heading.casefold() in {"", told.title.casefold()}) or (match and not told.title):
        told.title = told.title or heading
        return clean(html[match.end() :]) if match else html
    return html


def _first_heading(html: str) -> str:
    return next((text for tag, text in blocks(html) if tag in {"h2", "h3", "h4"}), "")


def _first_words(html: str) -> str:
    """Return the first paragraph, whole or to the end of its last sentence that fits."""
    for text in _paragraphs(html):
        if len(text) > 40:
            return text if len(text) <= 400 else text[:400].rsplit(" ", 1)[0] + " …"
    return ""


def _paragraphs(html: str) -> Iterator[str]:
    return (text for tag, text in blocks(html) if tag == "p")


def _day(told: Told) -> datetime.datetime | None:
    """Return when the text was published elsewhere, if it says so and the day has been."""
    if told.day is None or told.day > timezone.localdate():
        return None
    return timezone.make_aware(datetime.datetime.combine(told.day, datetime.time(12)))
