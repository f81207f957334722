"""The fields of the block "Sista dag": five rows of a day, what it is the last day of, who decides, and a link."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.newsletters.blocks import MOST_DEADLINES
from samverka.newsletters.enums import BlockKind
from samverka.web.components.day_field import day_field


def deadline_makers() -> dict[str, Callable[[], Any]]:
    """Return what makes each field, by its name."""
    return {
        f"{name}_{number}": partial(make, number)
        for number in range(1, MOST_DEADLINES + 1)
        for name, make in (("day", _day), ("what", _what), ("body", _body), ("url", _url))
    }


def rows_of(kind: str) -> list[str]:
    """Return the fields of each row, as `form_fields` takes them; nothing for a block without rows."""
    names = ("day", "what", "body", "url")
    numbers = range(1, MOST_DEADLINES + 1) if kind == BlockKind.DEADLINES else ()
    return [" ".join(f"{name}_{number}" for name in names) for number in numbers]


def _numbered(label: Any, number: int) -> str:
    return f"{label} ({number})"


def _day(number: int) -> Any:
    said = _("De sorteras efter dag. En dag som har varit när utskicket går tas inte med.") if number == 1 else ""
    return day_field(_numbered(_("Sista dag"), number), said)


def _what(number: int) -> Any:
    said = _("Till exempel: Söka bidrag till läger.") if number == 1 else ""
    return forms.CharField(label=_numbered(_("Vad man ska ha gjort"), number), max_length=150, help_text=said)


def _body(number: int) -> Any:
    said = _("Den som delar ut, frågar eller bjuder in.") if number == 1 else ""
    return forms.CharField(label=_numbered(_("Hos vem"), number), max_length=120, help_text=said)


def _url(number: int) -> Any:
    said = _("https://… eller en sida här: /exempel/…") if number == 1 else ""
    return forms.CharField(label=_numbered(_("Länk"), number), max_length=1000, widget=forms.TextInput, help_text=said)


def half_filled(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields that a begun row lacks, each with what to do."""
    found = []
    for number in range(1, MOST_DEADLINES + 1):
        day, what, body, url = (told.get(f"{name}_{number}") for name in ("day", "what", "body", "url"))
        if not any((day, what, body, url)):
            continue
        if not day:
            found.append((f"day_{number}", gettext("Skriv dagen, eller töm raden.")))
        if not what:
            found.append((f"what_{number}", gettext("Skriv vad det är sista dagen för, eller töm raden.")))
    return found
