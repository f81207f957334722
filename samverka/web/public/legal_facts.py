"""What the page for IT, lawyers and data protection officers is made from: declarations, content and settings."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from samverka.kernel import health
from samverka.kernel.installation import subprocessors
from samverka.kernel.purge import Controller, PersonalData, declarations
from samverka.kernel.texts import content_texts
from samverka.organisations.terms import current_terms, versions


@dataclass(frozen=True)
class LogRow:
    """A log: what it is, what it holds, how long and who reads it."""

    what: str
    holds: str
    kept: Any
    readers: str


@dataclass(frozen=True)
class Level:
    """A level of harm: its number and word."""

    number: int
    name: str


@dataclass(frozen=True)
class Classified:
    """A kind of information with its three levels: confidentiality, integrity, availability."""

    what: str
    why: str
    confidentiality: Level
    integrity: Level
    availability: Level


def declared_by(controller: Controller) -> list[PersonalData]:
    """Return the declarations of personal data that `controller` answers for."""
    return [declaration for declaration in declarations() if declaration.controller == controller]


def logs() -> list[LogRow]:
    """Return the logs; how long comes from the declaration of personal data where there is one."""
    kept = {declaration.table: declaration.kept for declaration in declarations()}
    return [
        LogRow(row["what"], row["holds"], kept[row["table"]] if "table" in row else row["kept"], row["readers"])
        for row in content_texts("logs.yaml")
    ]


def classified() -> list[Classified]:
    """Return the proposal of how the information may be classified."""
    content = content_texts("classification.yaml")
    levels = {level["number"]: Level(level["number"], level["name"]) for level in content["levels"]}
    return [
        Classified(kind["what"], kind["why"], levels[kind["c"]], levels[kind["i"]], levels[kind["a"]])
        for kind in content["kinds"]
    ]


def facts() -> dict[str, Any]:
    """Return the context of the page, beside who provides the installation."""
    return {
        "host_data": declared_by(Controller.PROVIDER),
        "party_data": declared_by(Controller.WRITER),
        "terms": current_terms(),
        "versions": versions(),
        "subprocessors": subprocessors(),
        "data_location": settings.DATA_LOCATION.strip(),
        "classified": classified(),
        "classification": content_texts("classification.yaml"),
        "logs": logs(),
        "last_backup": health.last_backup(settings.DATA_DIR),
        "measured": content_texts("backup_measured.yaml"),
        "accessibility": content_texts("accessibility.yaml"),
        "incident_contact": settings.INCIDENT_CONTACT.strip(),
        "dpo_contact": settings.DPO_CONTACT.strip(),
    }
