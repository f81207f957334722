"""The rows that a measurement gives: printed as a table, kept in bench/results.json."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Row:
    """A measured value. `bar` is what it is held to, `at_most` on which side; `peer` is what it stands beside."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    at_most: bool = True
    peer: str = ""
    peer_value: float | None = None
    peer_ratio: float | None = None
    peer_bar: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether every bar holds; None for a row without one."""
        held = []
        if self.bar is not None:
            held.append(self.value <= self.bar if self.at_most else self.value >= self.bar)
        if self.peer_bar is not None and self.peer_ratio is not None:
            held.append(self.peer_ratio >= self.peer_bar)
        return all(held) if held else None


def timed(values: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile of seconds, in milliseconds."""
    ordered = sorted(values)
    return statistics.median(ordered) * 1000, ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000


def show(rows: Sequence[Row], say: Callable[[str], None] = print) -> None:
    """Print the rows as a table."""
    say(f"{'':26} {'value':>10} {'unit':8} {'bar':>8}  {'holds':6} beside")
    for row in rows:
        bar = "" if row.bar is None else f"{'≤' if row.at_most else '≥'} {row.bar:g}"
        holds = {True: "yes", False: "NO", None: ""}[row.holds]
        beside = (
            f"{row.peer} {row.peer_value:.1f}, ratio {row.peer_ratio:.2f}" if row.peer_value and row.peer_ratio else ""
        )
        told = " · ".join(text for text in (beside, row.note) if text)
        say(f"{row.name:26} {row.value:10.2f} {row.unit:8} {bar:>8}  {holds:6} {told}")


def keep(rows: Sequence[Row]) -> None:
    """Write bench/results.json: a list with one object a row."""
    names = ("name", "value", "unit", "bar", "holds", "peer", "peer_value", "peer_ratio", "note")
    kept = [{name: value for name in names if (value := getattr(row, name)) != ""} for row in rows]
    RESULTS.write_text(
        json.dumps([dict.fromkeys(names) | row for row in kept], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
