"""What one knows of a meeting. All of it may be left empty; it is kept in the browser and never in an address."""

import datetime
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.web.components.title_field import TitleField

_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?", re.IGNORECASE)
#: Control characters, which no paper can hold (XML 1.0, 2.2).
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _line(**attributes: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off", **attributes})


class PrepareForm(forms.Form):
    """The meeting in plain words."""

    title = TitleField(
        label=_("Vad handlar det om?"),
        help_text=_("Några ord som alla förstår, till exempel Läxhjälp på tre språk."),
        required=False,
        widget=_line(),
    )
    purpose = forms.CharField(
        label=_("Varför behövs det?"),
        help_text=_("En eller två meningar. Skriv inte om enskilda personer."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 3}),
    )
    who = forms.CharField(
        label=_("Vilka är ni?"),
        help_text=_("Till exempel Fritidsnämnden i Exempelby kommun."),
        max_length=120,
        required=False,
        widget=_line(),
    )
    whom = forms.CharField(label=_("Vilka vill ni träffa?"), max_length=120, required=False, widget=_line())
    day = forms.CharField(
        label=_("Vilken dag?"),
        help_text=_("Till exempel torsdag 12 mars."),
        max_length=60,
        required=False,
        widget=_line(),
    )
    starts = forms.CharField(
        label=_("Hur dags börjar det?"),
        help_text=_("Till exempel 18.00. Då får varje punkt ett klockslag."),
        max_length=12,
        required=False,
        widget=_line(inputmode="text"),
    )
    place = forms.CharField(label=_("Var?"), max_length=120, required=False, widget=_line())
    contact = forms.CharField(
        label=_("Vem ringer man om man undrar något?"),
        help_text=_("Namn och telefonnummer. Det står bara på det du skriver ut eller skickar."),
        max_length=120,
        required=False,
        widget=_line(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_at: datetime.time | None = None

    def clean(self) -> dict[str, Any]:
        """Take away what cannot be printed."""
        return {name: _UNPRINTABLE.sub("", value) for name, value in self.cleaned_data.items()}

    def clean_starts(self) -> str:
        """Read a time of day as people write it: 18, 18.00, 18:00 or kl. 18."""
        text: str = self.cleaned_data["starts"].strip()
        if not text:
            return ""
        found = _CLOCK.fullmatch(text)
        hour, minute = (int(part or 0) for part in found.groups()) if found else (24, 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError(_("Skriv klockslaget med siffror, till exempel 18.00."))
        self.starts_at = datetime.time(hour, minute)
        return f"{hour:02}.{minute:02}"

    def known(self) -> dict[str, str]:
        """Return what was filled in, by the names of the fields, and `when`: day and time of day in one line."""
        said: dict[str, str] = dict(self.cleaned_data)
        day, clock = said["day"], said["starts"]
        both = str(_("{day} kl. {clock}")).format(day=day, clock=clock)
        return {**said, "when": both.strip() if clock else day}
