"""Forms of what is written in a collaboration."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EntryForm(forms.Form):
    """A note with its readers' circle."""

    circle = forms.ChoiceField(
        label=_("Vem ska kunna läsa?"),
        choices=[("me", _("Bara jag")), ("party", _("Bara vi")), ("all", _("Alla parter"))],
        error_messages={"required": _("Välj vem som ska kunna läsa.")},
    )
    text = forms.CharField(
        label=_("Anteckning"), max_length=20_000, error_messages={"required": _("Skriv något i anteckningen först.")}
    )


class ChangeEntryForm(forms.Form):
    """A later text of a note; its circle does not change here."""

    text = forms.CharField(
        label=_("Anteckning"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Anteckningen är tom. Skriv något, eller stryk den.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class JointNoteForm(forms.Form):
    """The note that the parties write together."""

    text = forms.CharField(
        label=_("Det vi skriver tillsammans"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Den gemensamma anteckningen är tom. Skriv något först.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ShareForm(forms.Form):
    """Who reads from now on, and which text it was that the person saw."""

    circle = forms.ChoiceField(choices=[("party", _("Bara vi")), ("all", _("Alla parter"))])
    version = forms.IntegerField(min_value=1)


class WithdrawForm(forms.Form):
    """Why a note is struck."""

    reason = forms.CharField(
        label=_("Varför stryks anteckningen?"),
        max_length=300,
        help_text=_("Skälet syns tillsammans med den strukna texten."),
    )


class DiaryNumberForm(forms.Form):
    """The party's own diary number."""

    diary_number = forms.CharField(label=_("Vårt diarienummer"), max_length=60, required=False)
