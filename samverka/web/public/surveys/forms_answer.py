"""The small forms around answering. The questions themselves are no Django form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.surveys.blocks import Block
from samverka.web.components.careful import Careful

from .respondent import LONGEST_NAME


class NameForm(forms.Form):
    """Who answers; asked once in each browser."""

    name = forms.CharField(
        label=_("Vad heter du?"),
        max_length=LONGEST_NAME,
        help_text=_("Visas för dem som svarar hos er, så att ni ser vem som skrivit vad."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn.")},
    )


class PassForm(Careful, forms.Form):
    """Blocks, a colleague's address and a greeting."""

    blocks = forms.MultipleChoiceField(
        label=_("Vilka frågor?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett block.")},
    )
    email = forms.EmailField(
        label=_("Kollegans e-postadress"),
        help_text=_("Används bara för att skicka länken. Vi tar bort den när omgången är över."),
        error_messages={"required": _("Skriv kollegans e-postadress.")},
    )
    message = forms.CharField(
        label=_("Hälsning"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, blocks: Sequence[tuple[Block, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["blocks"]
        field.choices = [(block.code, label) for block, label in blocks]


class HandOverForm(forms.Form):
    """Who hands the answer over."""

    name = forms.CharField(
        label=_("Ditt namn"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn.")},
    )
    role = forms.CharField(label=_("Din roll"), max_length=100, required=False, help_text=_("Till exempel samordnare."))


class DiaryNumberForm(forms.Form):
    """The body's own diary number."""

    number = forms.CharField(label=_("Ert diarienummer"), max_length=60, required=False)


class ReopenForm(forms.Form):
    """Why the answer is opened again."""

    why = forms.CharField(
        label=_("Varför öppnar ni svaret igen?"),
        max_length=300,
        help_text=_("Syns för den som frågar."),
        error_messages={"required": _("Skriv med några ord varför.")},
    )


class AskSignatureForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        label=_("E-postadress till den som ska underteckna"),
        help_text=_("Sparas inte hos oss längre än mejlet."),
        error_messages={"required": _("Skriv en e-postadress.")},
    )


class SignForm(forms.Form):
    """Name, role and code of the one who signs. The code can be asked for before it is known."""

    name = forms.CharField(
        label=_("Ditt namn"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn.")},
    )
    role = forms.CharField(
        label=_("Din roll"),
        max_length=120,
        error_messages={"required": _("Skriv din roll, till exempel kommundirektör.")},
    )
    code = forms.CharField(
        label=_("Koden med sex siffror"),
        max_length=12,
        required=False,
        help_text=_("Kommer i ett mejl till er gemensamma adress när du trycker på Skicka koden."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
