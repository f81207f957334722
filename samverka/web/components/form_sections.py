"""A long form in sections: what one needs stands open, what few fill in is folded until it holds something."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm


@dataclass(frozen=True)
class FormSection:
    """A part of a form. `names`: its fields, with spaces between. `folds`: it is closed while nothing is filled in."""

    code: str
    title: Any
    names: str
    help: Any = ""
    folds: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A section as its template draws it. `is_open`: it holds something, or something that needs mending."""

    section: FormSection
    is_open: bool


def shown_sections(form: BaseForm, plan: Iterable[FormSection]) -> list[ShownSection]:
    """Return the sections of a form as they stand now."""
    return [ShownSection(section, _holds_something(form, section)) for section in plan]


def _holds_something(form: BaseForm, section: FormSection) -> bool:
    fields = [form[name] for name in section.names.split()]
    return any(bound.errors or bound.value() not in (None, "", []) for bound in fields)
