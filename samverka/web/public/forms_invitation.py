"""Answering an invitation, without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.web.components.careful import Careful

CHOICES = [
    ("accepted", _("Ja, vi är med")),
    ("declined", _("Nej tack")),
    ("call_me", _("Ring mig i stället")),
    ("asked", _("Vi har en fråga först")),
]


class AnswerForm(Careful, forms.Form):
    """The answer and who gives it. No answer is chosen beforehand."""

    choice = forms.ChoiceField(
        label=_("Vad svarar ni?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett av svaren.")},
    )
    name = forms.CharField(
        label=_("Ditt namn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv ditt namn, så att de vet vem som svarar.")},
    )
    role = forms.CharField(
        label=_("Din roll hos er"), max_length=120, required=False, help_text=_("Till exempel ordförande eller kassör.")
    )
    email = forms.EmailField(
        label=_("Din e-postadress"),
        required=False,
        help_text=_(
            "Behövs om ni svarar ja eller har en fråga. "
            "Dit skickar vi en kod när du loggar in; du behöver inget lösenord."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Ditt telefonnummer"),
        max_length=40,
        required=False,
        help_text=_("Behövs om du vill bli uppringd."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    board_knows = forms.ChoiceField(
        label=_("Vet styrelsen om det här?"),
        choices=[("knows", _("Styrelsen känner till det")), ("will_ask", _("Jag tar upp det på nästa styrelsemöte"))],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Er fråga, eller något annat ni vill säga"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ask_board: bool, offers_yes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers_yes = offers_yes
        if not offers_yes:
            self._offer_all_but_yes()
        if not ask_board:
            del self.fields["board_knows"]

    def _offer_all_but_yes(self) -> None:
        choice: Any = self.fields["choice"]
        choice.choices = [(value, label) for value, label in CHOICES if value != "accepted"]
        choice.error_messages["invalid_choice"] = _("Det svaret går inte att ge här. Välj ett av svaren nedan.")
        self.fields["email"].help_text = _("Behövs om ni har en fråga.")
        choice.help_text = _("Varför ni inte kan svara ja här står ovanför.")


class CodeForm(forms.Form):
    """The code from the mail or the paper."""

    code = forms.CharField(
        label=_("Koden i inbjudan"),
        max_length=20,
        help_text=_("Åtta tecken, till exempel ABCD-EFGH. Stora eller små bokstäver spelar ingen roll."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
