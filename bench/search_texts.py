"""The real texts that search is tried on: statutes, events and grant programmes, each a text with a key of its own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.real_data import DATA


@dataclass(frozen=True)
class Text:
    """A text to find: `key` is "sfs-2018-759", "event-63885" or a grant programme's id."""

    key: str
    title: str
    summary: str
    body: str
    year: int


def texts() -> Iterator[Text]:
    """Return every text."""
    yield from _statutes()
    yield from _events()
    yield from _grants()


def _statutes() -> Iterator[Text]:
    for path in sorted((DATA / "statutes").glob("*.md")):
        whole = path.read_text(encoding="utf-8")
        _nothing, head, body = whole.split("---\n", 2)
        # Not all of the heads are whole YAML; these two lines are.
        number, title = (re.search(rf'^{name}: "?(.*?)"?$', head, re.M)[1] for name in ("beteckning", "rubrik"))
        yield Text(path.stem, title, "", f"{number}\n\n{body}", int(number[:4]))


def _events() -> Iterator[Text]:
    path = DATA / "newsletters_events" / "events_2021.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        said = [event.get(name) or "" for name in ("more_info", "organiser", "category", "topic_1", "topic_2", "place")]
        yield Text(f"event-{event['id']}", event["title"], event.get("description") or "", "\n\n".join(said), 2021)


def _grants() -> Iterator[Text]:
    for path in sorted((DATA / "grant_programmes").glob("*.yaml")):
        municipality = yaml.safe_load(path.read_text(encoding="utf-8"))
        for grant in municipality.get("bidrag") or []:
            said = [municipality["kommun"], municipality.get("lan"), municipality.get("forvaltning")]
            said += list(_said({name: value for name, value in grant.items() if name in _TOLD}))
            place = municipality["kommun"]
            yield Text(grant["id"], f"{grant['namn']} – {place}", "", "\n\n".join(str(s) for s in said if s), 2026)


#: What a grant programme tells in words; the rest is addresses and how sure the figures are.
_TOLD = ("malgrupp", "krav", "belopp", "sen_ansokan", "anteckning", "kategori", "foreningstyp")


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _said(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner)
    elif value not in (None, ""):
        yield str(value)
