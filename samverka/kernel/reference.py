"""docs/reference: pages made from the code, so that they cannot say anything else than it.

The kernel makes the pages about settings, mails, tables and jobs. An app adds a page by a function `<page>_markdown`
without arguments in its `reference.py`; the page is then docs/reference/<page>.md.
"""

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models
from django.utils import translation

from .mail.emails import registered

Page = Callable[[], str]
_GENERATED = "Generated from {source} by `manage.py generate_reference`; do not edit."


def pages() -> dict[str, Page]:
    """Return every page of docs/reference that is made from code: file name -> what writes it."""
    found: dict[str, Page] = {
        "settings.md": settings_markdown,
        "emails.md": emails_markdown,
        "data-model.md": data_model_markdown,
        "jobs.md": jobs_markdown,
    }
    for app in _own_apps():
        name = f"{app.name}.reference"
        if app.label != "kernel" and importlib.util.find_spec(name):
            for function, page in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
                if function.endswith("_markdown") and not function.startswith("_"):
                    found[f"{function.removesuffix('_markdown').replace('_', '-')}.md"] = page
    return found


def write_pages(folder: Path) -> list[str]:
    """Write the pages that differ from their file; return their names."""
    written = stale_pages(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in written:
        (folder / name).write_text(_page(name), encoding="utf-8")
    return written


def stale_pages(folder: Path) -> list[str]:
    """Return the names of the pages whose file is missing or says something else."""
    return [
        name
        for name in sorted(pages())
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != _page(name)
    ]


def _page(name: str) -> str:
    with translation.override("sv"):
        return pages()[name]().rstrip() + "\n"


def _own_apps() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if app.name.startswith("samverka.")]


def _table(headings: list[str], rows: Iterator[list[Any]]) -> str:
    lines = [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    lines += [f"| {' | '.join(' '.join(str(cell).replace('|', '&#124;').split()) for cell in row)} |" for row in rows]
    return "\n".join(lines)


# The pages


def settings_markdown() -> str:
    """Return the page of what can be set in the environment."""
    described: dict[str, tuple[str, str]] = settings.SETTINGS_REFERENCE
    rows = ([f"`{name}`", default and f"`{default}`", meaning] for name, (default, meaning) in described.items())
    table = _table(["variable", "default", "meaning"], rows)
    head = _GENERATED.format(source="SETTINGS_REFERENCE in config/settings.py")
    return (
        f"# Settings\n\n{head}\n\nEverything is set in the environment. A bad value is refused at start.\n\n{table}\n"
    )


def emails_markdown() -> str:
    """Return the page of every mail that the product can send."""
    rows = (
        [
            f"`{email.code}`",
            email.title,
            email.when,
            "never" if email.late else "removed once sent" if email.secret else f"{email.keep_days} days",
            f"`samverka/web/templates/mail/{email.template or email.code}.txt`",
        ]
        for email in registered()
    )
    table = _table(["code", "mail", "sent when", "body kept", "template (and .html)"], rows)
    head = _GENERATED.format(source="the registered e-mails (each app's emails.py)")
    return f"# E-mails\n\n{head}\n\nHow each looks is shown at /redaktion/meddelanden/mallar/.\n\n{table}\n"


def jobs_markdown() -> str:
    """Return the page of background jobs and when they run by themselves."""
    from procrastinate.contrib.django import app

    schedule = importlib.import_module("config.schedule").SCHEDULE
    rows = (
        [
            f"`{name}`",
            f"`{schedule[name]}`" if name in schedule else "when needed",
            inspect.getdoc(app.tasks[name].func),
        ]
        for name in sorted(app.tasks)
        if name.startswith("samverka.")
    )
    table = _table(["job", "when (cron, UTC)", "what"], rows)
    return f"# Jobs\n\n{_GENERATED.format(source='each app’s tasks.py and config/schedule.py')}\n\n{table}\n"


def data_model_markdown() -> str:
    """Return the page of every table: its purpose, columns and rules."""
    head = _GENERATED.format(source="each app's models.py")
    parts = [f"# Data model\n\n{head}\n"]
    for app in _own_apps():
        found = sorted(app.get_models(), key=lambda model: model.__name__)
        if found:
            parts.append(f"## {app.label}\n")
        parts += [_model(model) for model in found]
    return "\n".join(parts)


def _model(model: type[models.Model]) -> str:
    purpose = (inspect.getdoc(model) or "") if "__doc__" in vars(model) else ""
    # Django writes a docstring of its own where there is none.
    purpose = "" if purpose.startswith(f"{model.__name__}(") else purpose
    rows = ([f"`{field.column}`", _kind(field), _notes(field)] for field in model._meta.concrete_fields)
    lines = [
        f"### {model.__name__} (`{model._meta.db_table}`)\n",
        purpose,
        "",
        _table(["column", "kind", "notes"], rows),
    ]
    rules = [f"- `{constraint.name}`: {type(constraint).__name__}" for constraint in model._meta.constraints]
    return "\n".join([*lines, "", *rules, ""] if rules else [*lines, ""])


def _kind(field: "models.Field[Any, Any]") -> str:
    if field.remote_field:
        target = field.remote_field.model
        return f"→ {target.__name__}"
    length = f"({field.max_length})" if field.max_length else ""
    return f"{field.get_internal_type().removesuffix('Field')}{length}"


def _notes(field: "models.Field[Any, Any]") -> str:
    choices = [str(value) for value, _label in field.flatchoices]
    notes = [
        "key" if field.primary_key else "",
        "unique" if field.unique and not field.primary_key else "",
        "may be null" if field.null else "",
        f"one of {', '.join(choices)}" if choices and len(choices) <= 12 else "",
        str(field.help_text or ""),
    ]
    return "; ".join(note for note in notes if note)
