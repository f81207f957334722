"""What the pages' code does not do: write rows. And what the domain's code does not know: HTTP."""

import ast
from pathlib import Path

from .source import DOMAIN_APPS, SAMVERKA, name_of, python_files, tree

#: Methods that write a row, when called on a model or a queryset.
WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "acreate", "adelete", "aupdate", "asave", "select_for_update",
}  # fmt: skip
#: What such a call may be called on, because it is no model: dictionaries, the session, a QR code.
NOT_MODELS = {"session", "context", "parameters", "query", "headers", "data", "values", "attrs", "segno"}


def _receiver(call: ast.Call) -> str:
    """The name of what the method is called on: `x` of `x.save()`, `objects` of `X.objects.filter().update()`."""
    value: ast.expr = call.func.value  # type: ignore[attr-defined]
    while isinstance(value, ast.Call):
        value = value.func
        if isinstance(value, ast.Attribute):
            value = value.value
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "?")


def test_no_orm_write_in_web() -> None:
    writes = [
        f"{name_of(path)}:{call.lineno} {_receiver(call)}.{call.func.attr}()"
        for path in python_files("web")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and _receiver(call) not in NOT_MODELS
    ]
    assert not writes, f"a page writes rows; let an action do it: {writes}"


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def _domain_files() -> list[Path]:
    return [path for app in DOMAIN_APPS for path in python_files(app)]


def test_no_http_in_domain_apps() -> None:
    banned = ("django.http", "django.shortcuts", "django.views", "django.template.response")
    found = [
        f"{name_of(path)}: {name}" for path in _domain_files() for name in _imports(path) if name.startswith(banned)
    ]
    assert not found, f"a domain app knows of HTTP: {found}"


def test_no_request_is_passed_into_the_domain() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in _domain_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and "request" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}
    ]
    assert not found, f"a function of the domain takes a request: {found}"


def test_nothing_is_called_utils() -> None:
    assert not [name_of(path) for path in SAMVERKA.rglob("*") if path.stem in {"utils", "helpers", "common", "misc"}]


def test_signals_are_received_in_hooks_only() -> None:
    found = [
        name_of(path)
        for path in python_files()
        if path.name != "hooks.py" and any(name.startswith("django.dispatch") for name in _imports(path))
    ]
    assert not found, f"signals belong in hooks.py: {found}"
