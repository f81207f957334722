"""What is wrong with a file of answers."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

#: So many are told one by one; the rest are counted.
MOST_KEPT = 1_000


@dataclass(frozen=True)
class BadRow:
    """A cell that is no answer; the row as a spreadsheet numbers it, the column as it is called there."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = _("rad %(row)d, %(column)s") if self.column else _("rad %(row)d")
        return f"{where % {'row': self.row, 'column': self.column}}: {self.reason}"


class ImportRefused(Exception):
    """The file is not read in, and nothing of it is kept. `total` counts also what `rows` does not hold."""

    def __init__(self, reason: str, rows: tuple[BadRow, ...] = (), total: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.rows, self.total = reason, rows, total


@dataclass
class Bad:
    """The bad rows as they are met."""

    rows: list[BadRow] = field(default_factory=list)
    total: int = 0

    def add(self, row: int, column: str, reason: str) -> None:
        """Note a bad cell."""
        self.total += 1
        if len(self.rows) < MOST_KEPT:
            self.rows.append(BadRow(row, column, reason))

    def check(self) -> None:
        """Raise ImportRefused when there are any."""
        if self.total:
            reason = _("%(count)d fel i filen. Inget är inläst.") % {"count": self.total}
            raise ImportRefused(reason, tuple(self.rows), self.total)
