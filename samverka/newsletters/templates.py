"""What an issue may begin with: templates that come with the product (content/dispatches/templates.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samverka.kernel.texts import content_texts


@dataclass(frozen=True)
class TemplateBlock:
    """A block that a template begins with."""

    kind: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A way to begin: its name, when one takes it, its format, matter and blocks."""

    code: str
    name: str
    when: str
    format: str
    matter: str
    subject: str
    blocks: tuple[TemplateBlock, ...]


def templates() -> list[Template]:
    """Return all templates, in the order of the file."""
    return [_template(one) for one in content_texts("dispatches/templates.yaml")]


def template_called(code: str) -> Template | None:
    """Return the template with that code, if there is one."""
    return next((one for one in templates() if one.code == code), None)


def _template(told: Mapping[str, Any]) -> Template:
    blocks = tuple(
        TemplateBlock(one["kind"], {name: value for name, value in one.items() if name != "kind"})
        for one in told["blocks"]
    )
    return Template(
        told["code"], told["name"], told["when"], told["format"], told.get("matter", ""), told.get("subject", ""),
        blocks,
    )  # fmt: skip
