"""The product's own source, read without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMVERKA = ROOT / "samverka"
#: From the top down; a name on one line imports nothing from the same line (pyproject, import-linter).
LAYERS = (
    ("web",),
    ("newsletters",),
    ("knowledge", "surveys"),
    ("collaborations",),
    ("organisations",),
    ("accounts", "places", "processes", "questionnaires"),
    ("kernel",),
)
DOMAIN_APPS = (
    "newsletters", "surveys", "knowledge", "collaborations", "organisations", "accounts", "places", "processes",
    "questionnaires",
)  # fmt: skip


def python_files(*parts: str) -> Iterator[Path]:
    """Every Python file below samverka/<parts>, migrations left out."""
    for path in sorted(SAMVERKA.joinpath(*parts).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def templates() -> Iterator[Path]:
    """Every template of ours, HTML and SVG."""
    found = SAMVERKA / "web" / "templates"
    yield from sorted([*found.rglob("*.html"), *found.rglob("*.svg")])


def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """The path as it stands in a message."""
    return str(path.relative_to(ROOT))


def layer_of(app: str) -> int | None:
    """How far from the bottom the app lies; None for an app that is not ours (below all of ours)."""
    for height, apps in enumerate(reversed(LAYERS)):
        if app in apps:
            return height
    return None
