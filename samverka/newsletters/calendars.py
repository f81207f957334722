"""An event of an issue as a calendar file (RFC 5545)."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from .models import Issue
from .words import as_text


def calendar_of(issue: Issue, part: dict[str, Any]) -> str:
    """Return the file of one event: a whole day where no time is said, two hours where no end is."""
    stamp = _utc(issue.sending_began_at or issue.created_at)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    said = as_text(part.get("html", ""))
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samverka//Utskick//SV", "BEGIN:VEVENT",
        f"UID:{part['id']}@{host}", f"DTSTAMP:{stamp}", *_times(part), f"SUMMARY:{_escaped(part['heading'])}",
        f"LOCATION:{_escaped(part['place'])}", f"DESCRIPTION:{_escaped(said)}",
    ]  # fmt: skip
    if part["link"]["url"]:
        lines.append(f"URL:{part['link']['url']}")
    return "\r\n".join(_folded(line) for line in [*lines, "END:VEVENT", "END:VCALENDAR"]) + "\r\n"


def _times(part: dict[str, Any]) -> list[str]:
    day = date.fromisoformat(part["day"])
    if not part["begins"]:
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]
    begins = _moment(day, part["begins"])
    ends = _moment(day, part["ends"]) if part["ends"] else begins + timedelta(hours=2)
    if ends <= begins:
        ends += timedelta(days=1)
    return [f"DTSTART:{_utc(begins)}", f"DTEND:{_utc(ends)}"]


def _moment(day: date, clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line broken after 74 octets, as the format asks, never within a character."""
    found, current = [], b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > 74:
            found.append(current.decode())
            current = b" "
        current += octets
    return "\r\n".join([*found, current.decode()])
