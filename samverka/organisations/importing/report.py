"""What became of each line of an imported file."""

from dataclasses import dataclass, field
from typing import Any

OUTCOMES = ("created", "changed", "unchanged", "refused")


@dataclass(frozen=True, slots=True)
class Row:
    """A non-empty line: its number in the file (from 1), what became of it, and why (a Swedish sentence, may be "")."""

    line: int
    outcome: str
    reason: str = ""


@dataclass
class Report:
    """The outcome of an import."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    rows: list[Row] = field(default_factory=list)
    dry_run: bool = False

    def add(self, line: int, outcome: str, reason: str = "") -> None:
        """Note what became of a line."""
        self.counts[outcome] += 1
        self.rows.append(Row(line, outcome, reason))

    def as_dict(self) -> dict[str, Any]:
        """Return {"counts": {...}, "rows": [{"line", "outcome", "reason"}]}."""
        return {
            "counts": dict(self.counts),
            "rows": [{"line": r.line, "outcome": r.outcome, "reason": r.reason} for r in self.rows],
        }
