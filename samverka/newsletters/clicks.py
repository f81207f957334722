"""How often a link was opened. A GET writes no row: it adds a line to a file, as the web server's own log would, and a
job adds the day's lines to the table. A line holds the issue and the number of the link; no person, address or time.

Only in the magazine, to those who have asked for it. Letters to authorities lead straight to their addresses.
"""

import os
import re
from collections import Counter
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import Issue, LinkCount

_HREF = re.compile(r'href="(https?://[^"]+)"')
_LINE = re.compile(r"^([a-z0-9]{10}) (\d{1,3})$")


def counted(issue: Issue, document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with each outer link of its HTML led by our own address, and the list of them beside it.

    Links to this site itself are left alone, and so is the plain text: there the address can be read.
    """
    targets: list[str] = []
    found = {language: letter | {"html": _led(issue, letter["html"], targets)} for language, letter in document.items()}
    return {language: letter | {"links": targets} for language, letter in found.items()}


def _led(issue: Issue, html: str, targets: list[str]) -> str:
    def led(match: re.Match[str]) -> str:
        target = unescape(match[1])
        if target.startswith(settings.BASE_URL) or "[[" in target:
            return match[0]
        if target not in targets:
            targets.append(target)
        return f'href="{escape(link_url(issue.public_id, targets.index(target)))}"'

    return _HREF.sub(led, html)


def link_url(issue: str, number: int) -> str:
    """Return the address that leads to a link of an issue."""
    return f"{settings.BASE_URL}/utskick/lank/{issue}/{number}/"


def targets_of(issue: Issue) -> list[str]:
    """Return the links of a sent issue that are counted, in order."""
    first: dict[str, Any] = next(iter(issue.document.values()), {})
    return list(first.get("links", []))


def target_of(issue: str, number: int) -> str:
    """Return where a link leads; "" for none."""
    found = Issue.objects.filter(public_id=issue).only("document").first()
    targets = targets_of(found) if found else []
    return targets[number] if number < len(targets) else ""


def note_opening(issue: str, number: int) -> None:
    """Add a line to today's file."""
    file = os.open(_folder() / timezone.localdate().isoformat(), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        os.write(file, f"{issue} {number}\n".encode())
    finally:
        os.close(file)


def add_up() -> int:
    """Add the lines of days gone by to the table, and remove their files; return how many lines."""
    done, today = 0, timezone.localdate().isoformat()
    for path in sorted(_folder().glob("????-??-??")):
        if path.name < today:
            done += _add(path)
    return done


@transaction.atomic
def _add(path: Path) -> int:
    day = date.fromisoformat(path.name)
    lines = [match.groups() for line in path.read_text().splitlines() if (match := _LINE.match(line))]
    keys = dict(Issue.objects.filter(public_id__in={issue for issue, _n in lines}).values_list("public_id", "pk"))
    for (issue, number), opened in Counter(lines).items():
        if issue in keys:
            row, _new = LinkCount.objects.get_or_create(issue_id=keys[issue], number=int(number), day=day)
            LinkCount.objects.filter(pk=row.pk).update(opened=F("opened") + opened)
    transaction.on_commit(path.unlink)
    return len(lines)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "openings"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
