"""docs/reference/steps.md: how a step's state changes, as a diagram and a table made from workflow.py."""

from .enums import NOT_BEGUN
from .workflow import STATE_LABELS, TRANSITIONS, Transition


def steps_markdown() -> str:
    """Return the page of a step's states."""
    head = "Generated from samverka/collaborations/workflow.py by `manage.py generate_reference`; do not edit."
    return "\n".join(
        [
            "# The states of a step",
            "",
            head,
            "",
            "Any writer of any party changes a step's state, in any order of steps. Each change is a row of its own "
            "with who, for whom, when and why; the newest holds, and a step without rows is not begun.",
            "",
            *_diagram(),
            "",
            *_table(),
        ]
    )


def _diagram() -> list[str]:
    names = [f"  state {_quoted(code)} as {_node(code)}" for code in STATE_LABELS]
    ways = [f"  {_node(way.source)} --> {_node(way.target)}: {_said(way)}" for way in TRANSITIONS]
    return ["```mermaid", "stateDiagram-v2", *names, f"  [*] --> {_node(NOT_BEGUN)}", *ways, "```"]


def _node(code: str) -> str:
    return str(code) or "not_begun"


def _quoted(code: str) -> str:
    return f'"{STATE_LABELS[code]}"'


def _said(way: Transition) -> str:
    return f"{way.label} (with a reason)" if way.needs_reason else str(way.label)


def _table() -> list[str]:
    lines = ["| from | to | button | reason | also by itself |", "|---|---|---|---|---|"]
    for way in TRANSITIONS:
        by_itself = "when something in the step becomes readable to all parties" if way.by_itself else ""
        cells = [
            _node(way.source),
            _node(way.target),
            way.label,
            "required" if way.needs_reason else "",
            by_itself,
        ]
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return lines
