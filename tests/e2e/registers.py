"""The registers that the journey is made on: invented rows in a real dialect, and real rows where they are there."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.real_data import REGISTER, needs_real_data

REAL = REGISTER / "actorsmartbook_5.jsonl"
KINDS = ["invented", pytest.param("real", marks=needs_real_data)]
NAMES = (
    "Exempelby byalag", "Exempelby bygdegårdsförening", "Norrby samhällsförening", "Östra Exempelby idrottsförening",
    "Kulturföreningen Påhitt", "Vänner över språk i Exempelby", "Exempelby pensionärer", "Ängsby hembygdsförening",
)  # fmt: skip


@dataclass(frozen=True)
class Register:
    """A register file, and the association in it that is invited."""

    file: Path
    association: str


def register(kind: str, folder: Path) -> Register:
    """Return the register of `kind`; the invented one is written into `folder`."""
    if kind == "real":
        return Register(REAL, _association_in_falkoping())
    file = folder / "exempel.jsonl"
    file.write_text(
        "".join(f"{json.dumps(_row(*row), ensure_ascii=False)}\n" for row in enumerate(NAMES)), encoding="utf-8"
    )
    return Register(file, "Vänner över språk i Exempelby")


def _row(number: int, name: str) -> dict[str, object]:
    return {
        "register": "Falköping/ActorSmartbook", "municipality": "Falköping", "source_system": "ActorSmartbook",
        "row": number, "name": name, "org_number_status": "missing", "city": "Falköping", "has_email": True,
        "n_contacts": 1, "activities": ["Kultur"],
    }  # fmt: skip


def _association_in_falkoping() -> str:
    """The first association of Falköping whose name is its own in the whole file."""
    rows = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    names = [row["name"] for row in rows]
    return next(
        row["name"]
        for row in rows
        if row["municipality"] == "Falköping" and names.count(row["name"]) == 1 and len(row["name"].split()) > 2
    )


def functions_file(folder: Path) -> Path:
    """Write the office address of Falköpings kommun as a table, and return the file."""
    file = folder / "funktioner.csv"
    file.write_text("organisation;funktion;e-post\nFalköpings kommun;registrator;registrator@falkoping.example\n")
    return file


#: The register of the long journeys: the real one where it is there.
BEST = "real" if REGISTER.is_dir() else "invented"
