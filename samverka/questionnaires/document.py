"""A definition as the JSON document of a version's row, and back. What stands at its default is left out."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from .definition import ChoiceList, Definition, Item, Language, Option, Question, Section
from .enums import QuestionType, SectionKind

_INNER: dict[str, type[Any]] = {"languages": Language, "lists": ChoiceList, "options": Option}
_KINDS: dict[type[Any], Any] = {Question: ("type", QuestionType), Section: ("kind", SectionKind)}


class DocumentError(ValueError):
    """The document is no definition; the message says where."""


def to_document(found: Any) -> dict[str, Any]:
    """Return a definition, or a part of one, as plain data for JSON."""
    said = {field.name: getattr(found, field.name) for field in fields(found)}
    return {field.name: _plain(said[field.name]) for field in fields(found) if said[field.name] != _default(field)}


def from_document(data: Mapping[str, Any]) -> Definition:
    """Return the definition that the document says. Raises DocumentError for what is none."""
    try:
        return Definition(**_arguments(Definition, data))
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise DocumentError(str(error)) from error


def _default(field: "Field[Any]") -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str):
        return str(value)
    return to_document(value) if hasattr(value, "__dataclass_fields__") else value


def _arguments(made: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in fields(made)}
    if unknown := data.keys() - known:
        raise DocumentError(f"{made.__name__}: {', '.join(sorted(unknown))}")
    arguments = {name: _read(name, value) for name, value in data.items()}
    if kind := _KINDS.get(made):
        name, values = kind
        if name in arguments:
            arguments[name] = values(arguments[name])
    return arguments


def _read(name: str, value: Any) -> Any:
    if name == "items":
        return tuple(_item(part) for part in value)
    if inner := _INNER.get(name):
        return tuple(inner(**_arguments(inner, part)) for part in value)
    return value


def _item(data: Mapping[str, Any]) -> Item:
    made = Question if "type" in data else Section
    return made(**_arguments(made, data))
