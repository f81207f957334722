"""A million responses to 50 questions: read in, and counted by `manage.py tally`, beside the same count in pandas."""

import csv
import io
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.rows import Row

COUNT = int(os.environ.get("SAMVERKA_BENCH_RESPONSES", "1000000"))
ROUND = "bench"
#: How many questions of each kind: 50 together.
ONE, SEVERAL, YES_NO, SCALE, INTEGER, MONEY = 18, 10, 8, 5, 5, 4
_OPTIONS = [f"val{number}" for number in range(8)]


def measure() -> list[Row]:
    """Read the file in, count it in a process of its own and in pandas, and return the rows."""
    Path("var").mkdir(exist_ok=True)
    file = Path("var/bench-responses.csv")
    _write(file)
    reading, reading_memory = _load(file)
    ours = _run([sys.executable, "manage.py", "tally", ROUND, "--format", "json"])
    peer = _run([sys.executable, "-m", "bench.tally_pandas", str(file)])
    agree = _agree(json.loads(ours.output), json.loads(peer.output))
    note = f"{COUNT} responses, 50 questions, the whole command; reading them in took {reading:.0f} s; {agree}"
    return [
        Row(
            "tally_million",
            ours.seconds,
            "s",
            bar=5,
            peer="pandas from the same CSV s",
            peer_value=peer.seconds,
            peer_ratio=peer.seconds / ours.seconds,
            note=note,
        ),
        Row(
            "tally_million_memory",
            ours.memory,
            "MB",
            bar=2048,
            peer="pandas MB",
            peer_value=peer.memory,
            peer_ratio=peer.memory / ours.memory,
            note=f"most that the command's process held; reading in {reading_memory:.0f} MB",
        ),
    ]


def columns() -> dict[str, str]:
    """Return the variables and the type of each."""
    kinds = {"ett": ("one", ONE), "flera": ("several", SEVERAL), "janej": ("yes_no", YES_NO), "skala": ("scale", SCALE),
             "antal": ("integer", INTEGER), "kronor": ("money", MONEY)}  # fmt: skip
    return {f"{stem}{number}": kind for stem, (kind, count) in kinds.items() for number in range(count)}


def _write(path: Path) -> None:
    """Write invented answers, the same every time; one in ten cells is empty."""
    chance = random.Random(2027)
    pool = {kind: [_cell(kind, chance) for _each in range(5000)] for kind in set(columns().values())}
    order = [pool[kind] for kind in columns().values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns())
        for _row in range(COUNT):
            writer.writerow([cells[int(chance.random() * 5000)] for cells in order])


def _cell(kind: str, chance: random.Random) -> str:
    if chance.random() < 0.1:
        return ""
    match kind:
        case "one":
            return chance.choice(_OPTIONS)
        case "several":
            return " ".join(value for value in _OPTIONS if chance.random() < 0.3)
        case "yes_no":
            return chance.choice(["yes", "no"])
        case "scale":
            return str(chance.randint(1, 5))
    return str(int(chance.paretovariate(1.2))) if kind == "integer" else f"{chance.random() * 100_000:.2f}"


def _load(file: Path) -> tuple[float, float]:
    """Read the answers in by command; return the seconds and the memory that it took."""
    import django

    django.setup()
    from django.core.management import call_command

    from samverka.questionnaires.actions import publish_definition
    from samverka.surveys.actions import open_round

    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())
    publish_definition(by=None, slug=ROUND, definition=_definition())
    open_round(by=None, slug=ROUND, questionnaire=ROUND)
    done = _run([sys.executable, "manage.py", "import_responses", ROUND, str(file)])
    return done.seconds, done.memory


def _definition() -> "Definition":  # noqa: F821
    from samverka.questionnaires.definition import ChoiceList, Definition, Language, Option, Question
    from samverka.questionnaires.enums import QuestionType

    choices = ChoiceList("val", tuple(Option(value, {"sv": value}) for value in _OPTIONS))
    questions = [
        Question(
            code,
            QuestionType(kind),
            {"sv": code},
            choices="val" if kind in {"one", "several"} else "",
            start=1 if kind == "scale" else None,
            end=5 if kind == "scale" else None,
        )
        for code, kind in columns().items()
    ]
    return Definition({"sv": "Bench"}, (Language("sv"),), tuple(questions), (choices,))


@dataclass(frozen=True)
class _Done:
    seconds: float
    memory: float
    output: str


def _run(command: list[str]) -> _Done:
    """Run a command; return how long it took and the most memory that it held, in MB."""
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    output = process.stdout.read().decode()
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return _Done(seconds, usage.ru_maxrss / 1024, output)


def _agree(ours: list[dict[str, object]], theirs: dict[str, dict[str, float]]) -> str:
    for told in ours:
        expected = theirs[str(told["variable"])]
        counts = {str(option["value"]): option["count"] for option in told["options"]}  # type: ignore[attr-defined]
        for name, value in expected.items():
            found = told.get(name, counts.get(name, 0))
            if abs(float(str(found)) - value) > 1e-6 * max(1, abs(value)):
                raise SystemExit(f"{told['variable']} {name}: {found}, pandas says {value}")
    return "pandas counts the same"
