"""`python -m bench.tally_pandas FILE`: what an analyst would write in pandas for the same tally."""

import json
import sys

import pandas as pd

from bench.tally import columns


def main(path: str) -> None:
    """Print {variable: {base, value: count, mean, …}} of a file of answers."""
    kinds = columns()
    numbers = {code for code, kind in kinds.items() if kind in {"integer", "money", "scale"}}
    table = pd.read_csv(path, dtype={code: "float64" if code in numbers else "category" for code in kinds})
    print(json.dumps({code: _count(table[code], kind) for code, kind in kinds.items()}))


def _count(column: pd.Series, kind: str) -> dict[str, float]:
    found: dict[str, float] = {"base": int(column.notna().sum()), "missing": int(column.isna().sum())}
    if kind == "several":
        ticked = column.astype("object").str.get_dummies(" ")
        return found | {str(value): int(number) for value, number in ticked.sum().items()}
    if kind in {"one", "yes_no"}:
        return found | {str(value): int(number) for value, number in column.value_counts().items()}
    figures = {"mean": column.mean(), "median": column.median(), "sd": column.std(), "min": column.min()}
    return found | {name: float(value) for name, value in figures.items()} | {"max": float(column.max())}


if __name__ == "__main__":
    main(sys.argv[1])
