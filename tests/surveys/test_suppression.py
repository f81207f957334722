"""What is hidden cannot be calculated: every table is attacked with all that is shown of it."""

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from samverka.surveys.suppression import LEAST, Hidden, hidden_columns, protect, together

Rows = list[list[int]]
_TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=6)
)


def merged(rows: Rows) -> Rows:
    inside = together([sum(row) for row in rows])
    rest = [row for place, row in enumerate(rows) if place not in inside]
    return [*rest, [sum(column) for column in zip(*(rows[p] for p in sorted(inside)), strict=True)]] if inside else rest


class Attack:
    """Somebody who knows every row's and column's sum that is shown, every shown cell, and that none is negative.

    Cells that are hidden are arcs from row to column; a hidden total lets its column take anything, as long as the
    hidden totals together are what they are. A cell can have a value if the rest still fits: a flow that fills all.
    """

    def __init__(self, rows: Rows, hidden: Hidden) -> None:
        self.rows, self.hidden = rows, hidden
        self.left = {r: sum(rows[r][c] for rr, c in hidden.cells if rr == r) for r, _c in hidden.cells}
        self.right = {c: sum(rows[r][c] for r, cc in hidden.cells if cc == c) for _r, c in hidden.cells}

    def interval(self, cell: tuple[int, int]) -> tuple[int, int]:
        most = self.left[cell[0]]
        possible = [value for value in range(most + 1) if self._fits(cell, value)]
        assert self.rows[cell[0]][cell[1]] in possible
        return possible[0], possible[-1]

    def _fits(self, cell: tuple[int, int], value: int) -> bool:
        left, right = dict(self.left), dict(self.right)
        open_columns = {c for c in right if c in self.hidden.total}
        pool = sum(right[c] for c in open_columns)
        left[cell[0]] -= value
        if cell[1] in open_columns:
            pool -= value
        else:
            right[cell[1]] -= value
        if left[cell[0]] < 0 or pool < 0 or min(right.values(), default=0) < 0:
            return False
        capacity: dict[tuple[str, str], int] = {}
        for r, amount in left.items():
            capacity["s", f"r{r}"] = amount
        for r, c in self.hidden.cells:
            if (r, c) != cell:
                capacity[f"r{r}", f"c{c}"] = 10**6
        for c, amount in right.items():
            capacity[f"c{c}", "pool" if c in open_columns else "t"] = 10**6 if c in open_columns else amount
        capacity["pool", "t"] = pool
        return flow(capacity) == sum(left.values())


def flow(capacity: dict[tuple[str, str], int]) -> int:
    """The largest flow from s to t: Edmonds and Karp."""
    left = dict(capacity)
    for a, b in capacity:
        left.setdefault((b, a), 0)
    beside: dict[str, list[str]] = {}
    for a, b in left:
        beside.setdefault(a, []).append(b)
    total = 0
    while True:
        came: dict[str, str] = {"s": ""}
        waiting = deque(["s"])
        while waiting and "t" not in came:
            here = waiting.popleft()
            for there in beside.get(here, []):
                if there not in came and left[here, there] > 0:
                    came[there] = here
                    waiting.append(there)
        if "t" not in came:
            return total
        path, node = [], "t"
        while node != "s":
            path.append((came[node], node))
            node = came[node]
        much = min(left[arc] for arc in path)
        for a, b in path:
            left[a, b] -= much
            left[b, a] += much
        total += much


@given(_TABLES)
def test_hidden_cell_is_never_narrowed_below_the_rule(rows: Rows) -> None:
    table = merged(rows)
    hidden = protect(table)
    if hidden.all_rows:
        return
    attack = Attack(table, hidden)
    for cell in hidden.cells:
        low, high = attack.interval(cell)
        assert high - low >= LEAST - 1, (table, hidden, cell, low, high)


@given(_TABLES)
def test_nothing_below_the_rule_is_shown(rows: Rows) -> None:
    table = merged(rows)
    hidden = protect(table)
    total = [sum(column) for column in zip(*table, strict=True)]
    assert all(count >= LEAST or not count for c, count in enumerate(total) if c not in hidden.total)
    assert sum(total) >= LEAST or len(hidden.total) == len(total)
    if not hidden.all_rows:
        shown = [(c, count) for r, row in enumerate(table) for c, count in enumerate(row) if (r, c) not in hidden.cells]
        assert all(count >= LEAST or not total[c] for c, count in shown)
        assert all(sum(row) >= LEAST for row in table)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
def test_hidden_part_of_a_single_line_could_be_anything(total: list[int]) -> None:
    hidden = hidden_columns(total)
    if hidden and sum(total) >= LEAST:
        assert len(hidden) >= 2
        assert sum(total[c] for c in hidden) >= LEAST


def test_only_what_must_be_hidden_is_hidden() -> None:
    """One small cell takes one more row and one more column, and no more."""
    hidden = protect([[30, 20, 3], [25, 25, 25], [40, 30, 20]])
    assert hidden.total == frozenset()
    assert (0, 2) in hidden.cells
    assert len(hidden.cells) == 4
    assert protect([[30, 20], [25, 25]]) == Hidden()


def test_small_groups_are_shown_together() -> None:
    assert together([30, 2, 9, 40]) == {1, 2}
    assert together([30, 2, 1, 1, 40]) == {1, 2, 3, 0}
    assert together([30, 40]) == frozenset()
