"""Invented registers in the dialects that municipalities' systems write."""

import io
import json
from typing import Any

from samverka.organisations.importing import Report, run_import

FRI = [
    {
        "register": "Arboga/FRI",
        "municipality": "Arboga",
        "source_system": "FRI",
        "row": 0,
        "name": "Norrby Idrottsförening",
        "org_number_status": "none",
        "types": ["Idrottsföreningar"],
        "activities": ["Fotboll"],
        "homepage_url": "www.norrby.example",
        "postal_code": "73231",
        "city": "ARBOGA",
        "founded_year": "1932",
        "national_affiliation": "Svenska Fotbollförbundet",
        "has_email": True,
        "n_contacts": 1,
    },
    {
        "register": "Arboga/FRI",
        "municipality": "Arboga",
        "source_system": "FRI",
        "row": 1,
        "name": "Norrby hembygdsförening",
        "org_number_status": "none",
        "types": ["Kulturföreningar"],
        "activities": ["Hembygd"],
        "has_email": False,
        "n_contacts": 0,
    },
]
ACTORS = [
    {
        "register": "Alingsås/ActorSmartbook",
        "municipality": "Alingsås",
        "source_system": "ActorSmartbook",
        "row": 0,
        "name": "Påhittade klubben",
        "org_number": "802434-8610",
        "org_number_status": "ok",
        "homepage_url": "klubben.example/start",
        "city": "Alingsås",
    },
    {
        "register": "Alingsås/ActorSmartbook",
        "municipality": "Alingsås",
        "source_system": "ActorSmartbook",
        "row": 1,
        "name": "Fel nummer",
        "org_number": "802123-4567",
        "org_number_status": "bad_checksum",
    },
    {
        "register": "Alingsås/ActorSmartbook",
        "municipality": "Alingsås",
        "source_system": "ActorSmartbook",
        "row": 2,
        "name": "En persons nummer",
        "org_number": "640823-3234",
        "org_number_status": "ok",
    },
]


def lines(rows: list[Any]) -> bytes:
    """Return rows as JSON Lines."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def imported(
    content: bytes, *, name: str = "register.jsonl", by: Any = None, source: str = "", dry_run: bool = False
) -> Report:
    """Import a file of that content."""
    return run_import(io.BytesIO(content), by=by, name=name, source=source, dry_run=dry_run)


def outcomes(report: Report) -> list[str]:
    """Return what became of each line, in order."""
    return [row.outcome for row in report.rows]
