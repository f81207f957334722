"""A day in a form."""

from typing import Any

from django.forms import DateField, DateInput
from django.utils.translation import gettext_lazy as _


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> DateField:
    """Return a day, chosen in the browser's own calendar: a phone has no good way to type one."""
    attributes = {"type": "date", "class": "is-short", "autocomplete": "off"}
    wrong = _("Skriv dagen som år-månad-dag, till exempel 2027-03-12.")
    return DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=["%Y-%m-%d", "%Y%m%d"],
        widget=DateInput(attrs=attributes, format="%Y-%m-%d"),
        error_messages={"invalid": wrong, "required": _("Skriv en dag.")},
    )
