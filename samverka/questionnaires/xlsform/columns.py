"""Headings of a workbook: what a column is called in all the ways that XLSForm has had, and its language."""

import re
from dataclasses import dataclass

from babel import Locale
from django.utils.translation import gettext as _

from ..definition import Language

#: Column -> the field of Question or Section that it fills; those in TRANSLATED have a column for each language.
TRANSLATED = {
    "label": "label",
    "hint": "help",
    "guidance_hint": "definition",
    "constraint_message": "valid_message",
    "required_message": "required_message",
    "samverka_counts": "counts",
    "samverka_counts_not": "counts_not",
    "samverka_warning_message": "warn_message",
    "samverka_unit": "unit",
    "samverka_low": "low",
    "samverka_high": "high",
    "samverka_suits": "suits",
}
PLAIN = {
    "relevant": "visible_if",
    "constraint": "valid_if",
    "calculation": "calculation",
    "default": "default",
    "choice_filter": "choice_filter",
    "samverka_warning_if": "warn_if",
    "samverka_source": "source",
    "samverka_since": "since",
    "repeat_count": "count",
    "appearance": "appearance",
}
OTHERS = {
    "type", "name", "required", "read_only", "parameters", "samverka_type", "samverka_dont_know",
    "samverka_not_applicable", "samverka_max_choices", "samverka_minutes",
}  # fmt: skip
_SAME = {
    "command": "type", "tag": "name", "value": "name", "caption": "label", "relevance": "relevant", "calculate":
    "calculation", "readonly": "read_only", "constraint_msg": "constraint_message", "constraining_message":
    "constraint_message", "jr:constraintmsg": "constraint_message", "constraintmsg": "constraint_message",
    "requiredmsg": "required_message", "jr:requiredmsg": "required_message", "count": "repeat_count",
    "jr:count": "repeat_count", "list": "list_name", "set_form_title": "form_title", "set_form_id": "form_id",
}  # fmt: skip
#: What stands before the real name in older workbooks.
_BEFORE = {"bind", "control", "body", "media"}
MEDIA = {"image", "big_image", "audio", "video", "autoplay"}
#: Columns that XLSForm has and the engine has not.
UNKNOWN_HERE = {
    *MEDIA, "trigger", "save_to", "intent", "rows", "no_app_error_string", "noapperrorstring", "instance", "media",
    "bind", "control", "body", "compact_tag",
}  # fmt: skip
SURVEY = {*TRANSLATED, *PLAIN, *OTHERS}
_NAMED = re.compile(r"(?P<name>.*?)\s*\((?P<code>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\Z")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


@dataclass(frozen=True)
class Heading:
    """A column: its heading as it stands, its name in one way of writing, the language it is in ("" when unnamed)."""

    text: str
    name: str
    language: str = ""


def heading(text: str) -> Heading:
    """Return what a heading says: `label::Svenska (sv)`, `bind:jr:constraintMsg`, `media::image::English`."""
    parts = [part.strip() for part in re.split(r"::|:", text)]
    if _plain(parts[0]) in _BEFORE and len(parts) > 1:
        parts = parts[1:]
    if _plain(parts[0]) == "jr" and len(parts) > 1:
        parts = [f"jr:{parts[1]}", *parts[2:]]
    name = _plain(parts[0])
    return Heading(text, _SAME.get(name, name), ":".join(parts[1:]))


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.strip().lower())


def language(name: str, unnamed: str) -> Language | None:
    """Return the language that a heading names, or None for one that is unknown; `unnamed` is the code of ""."""
    if not name:
        return Language(unnamed)
    if found := _NAMED.match(name):
        return Language(found["code"], name)
    code = _codes_by_name().get(name.casefold()) or (name if _CODE.match(name) else "")
    return Language(code, name) if code else None


def _codes_by_name() -> dict[str, str]:
    """Languages by what they are called in English, in Swedish and in themselves."""
    found: dict[str, str] = {}
    for reader in ("sv", "en"):
        for code, name in Locale(reader).languages.items():
            found.setdefault(name.casefold(), code)
    for code in ("sv", "en", "fi", "se", "nb", "da", "de", "fr", "es", "ar", "so", "fa", "pl"):
        found.setdefault((Locale(code).get_language_name() or code).casefold(), code)
    return found


def yes_or_no(text: str) -> bool | None:
    """Return what a yes-or-no cell says; None for anything else."""
    said = text.strip().lower().removesuffix("()")
    return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}.get(said)


def unknown_language(name: str) -> str:
    """Return the sentence that refuses a language."""
    return _("Språket ”%(name)s” är okänt. Skriv dess kod, till exempel Svenska (sv).") % {"name": name}
