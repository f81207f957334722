"""What an editor says when a text is returned, published or withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReturnForm(forms.Form):
    """What needs to change."""

    reason = forms.CharField(
        label=_("Vad behöver ändras?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Skickas med mejl till den som skickade in texten, så som du skriver det."),
    )  # fmt: skip


class PublishForm(forms.Form):
    """The version that was read; from the second time on also what is new."""

    what_changed = forms.CharField(
        label=_("Vad är nytt?"), help_text=_("Visas på sidan."), max_length=300, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["what_changed"]


class WithdrawForm(forms.Form):
    """Why a page is withdrawn."""

    reason = forms.CharField(label=_("Varför?"), help_text=_("Det står på sidans adress."), max_length=300)
