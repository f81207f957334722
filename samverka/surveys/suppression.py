"""What is not shown so that nobody's answer can be worked out: the one place that decides it.

Fewer than `LEAST` in a cell are not shown (primary); what nobody at all answered is shown as nought. So that a cell
that is not shown cannot be calculated from the rest, further cells are left out (complementary). Nothing is left out of
what public bodies answer: that is public.

How: groups with fewer than LEAST answers are shown together as one. What the total hides is hidden in every group. Then
whole rectangles are hidden: all cells where one of some rows meets one of some columns. Within a rectangle whose rows
leave a_i and whose columns leave b_j, together T, a cell can be anything from max(0, a_i + b_j - T) to min(a_i, b_j)
and nothing else can be said of it (Fréchet's bounds). The rectangle grows until these are at least LEAST - 1 apart for
every cell. Where no rectangle is enough, the groups are not shown at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: Fewer than so many answers are not shown.
LEAST = 5
Cells = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Hidden:
    """What is hidden of a table: columns of its total line, and cells (row, column); `all_rows`: every group."""

    total: frozenset[int] = frozenset()
    cells: frozenset[tuple[int, int]] = frozenset()
    all_rows: bool = False


def together(sizes: Sequence[int]) -> frozenset[int]:
    """Return which groups are to be shown together: those with fewer than LEAST, and the next smallest ones until
    they are two or more and have LEAST.
    """
    inside = [place for place, size in enumerate(sizes) if size < LEAST]
    if not inside:
        return frozenset()
    rest = sorted((place for place in range(len(sizes)) if place not in inside), key=lambda place: sizes[place])
    while rest and (len(inside) < 2 or sum(sizes[place] for place in inside) < LEAST):
        inside.append(rest.pop(0))
    return frozenset(inside)


def hidden_columns(total: Sequence[int]) -> frozenset[int]:
    """Return which cells of a single line are hidden: each below LEAST that is not nought, and others until what is
    hidden could all be in any one of them and is LEAST or more. All of a line that has fewer than LEAST itself.
    """
    if sum(total) < LEAST:
        return frozenset(range(len(total)))
    inside = [place for place, count in enumerate(total) if 0 < count < LEAST]
    if not inside:
        return frozenset()
    rest = sorted((place for place, count in enumerate(total) if count >= LEAST), key=lambda place: total[place])
    while rest and (len(inside) < 2 or sum(total[place] for place in inside) < LEAST):
        inside.append(rest.pop(0))
    return frozenset(inside)


def protect(rows: Cells) -> Hidden:
    """Return what to hide of a table whose rows are groups without anybody in common, and whose columns are answers
    of which each gave one. Rows, columns and their sums are what is shown. Every row has LEAST or more: `together`.
    """
    if not rows:
        return Hidden()
    total = [sum(column) for column in zip(*rows, strict=True)]
    hidden = hidden_columns(total)
    if sum(total) < LEAST or any(sum(row) < LEAST for row in rows):
        return Hidden(hidden, all_rows=True)
    columns = set(hidden) | {c for row in rows for c, count in enumerate(row) if count < LEAST and total[c]}
    inside = {r for r, row in enumerate(rows) if any(row[c] < LEAST for c in columns)}
    inside = set(range(len(rows))) if hidden else inside
    return _grown(rows, hidden, inside, columns)


def _grown(rows: Cells, hidden: frozenset[int], inside: set[int], columns: set[int]) -> Hidden:
    if not columns:
        return Hidden()
    while not _is_safe(rows, inside, columns):
        more = _next(rows, inside, columns)
        if more is None:
            return Hidden(hidden, all_rows=True)
        (inside if more[0] == "row" else columns).add(more[1])
    return Hidden(hidden, frozenset((r, c) for r in inside for c in columns))


def _is_safe(rows: Cells, inside: set[int], columns: set[int]) -> bool:
    if len(inside) < 2 or len(columns) < 2:
        return False
    left = {r: sum(rows[r][c] for c in columns) for r in inside}
    right = {c: sum(rows[r][c] for r in inside) for c in columns}
    whole = sum(left.values())
    return all(min(a, b) - max(0, a + b - whole) >= LEAST - 1 for a in left.values() for b in right.values())


def _next(rows: Cells, inside: set[int], columns: set[int]) -> tuple[str, int] | None:
    """Return the row or column that loses least by being hidden too; a row first while there are rows outside."""
    outside = [r for r in range(len(rows)) if r not in inside]
    beyond = [c for c in range(len(rows[0])) if c not in columns and any(row[c] for row in rows)]
    if len(columns) < 2 and beyond:
        return "column", min(beyond, key=lambda c: sum(row[c] for row in rows))
    if outside:
        return "row", min(outside, key=lambda r: sum(rows[r]))
    if beyond:
        return "column", min(beyond, key=lambda c: sum(row[c] for row in rows))
    return None
