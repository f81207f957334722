"""A write with consequences is one keyword-only function that says who does it."""

import ast
from collections.abc import Iterator

from .source import DOMAIN_APPS, name_of, python_files, tree

#: Actions that nobody does, and why.
WITHOUT_PERSON = {
    "load_places": "facts of the release, loaded by command and the same everywhere",
    "load_groupings": "as load_places",
    "report_correction": "of a visitor, whom the criticised organisation is not told about",
    "load_process_models": "as load_places",
    "publish_content": "as load_places",
    "send_anonymously": "nobody may know who",
    "end_alerts": "of whoever holds the mailed link",
}
#: Helper modules of the actions folders: they hold the steps that actions are made of.
HELPERS = {"steps.py", "checks.py", "trail.py"}


def _actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for app in DOMAIN_APPS:
        for path in python_files(app):
            if (path.name == "actions.py" or "actions" in path.parts) and path.name not in HELPERS:
                for node in tree(path).body:
                    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                        yield name_of(path), node


def _is_action(node: ast.FunctionDef) -> bool:
    """Whether the function writes in a transaction of its own, or takes a person."""
    decorated = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
    return decorated or "by" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}


def test_there_are_actions() -> None:
    assert sum(_is_action(node) for _path, node in _actions()) > 20


def test_actions_are_keyword_only() -> None:
    positional = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in _actions()
        if _is_action(node) and (node.args.args or node.args.posonlyargs or node.args.vararg)
    ]
    assert not positional, f"write `*` first: {positional}"


def test_actions_say_who_does_it() -> None:
    nobody = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in _actions()
        if _is_action(node)
        and "by" not in {argument.arg for argument in node.args.kwonlyargs}
        and node.name not in WITHOUT_PERSON
    ]
    assert not nobody, f"actions without `by`: {nobody}"


def test_actions_are_documented() -> None:
    assert not [f"{path} {node.name}" for path, node in _actions() if not ast.get_docstring(node)]
