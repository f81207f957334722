"""Forms of what the steps leave behind as rows of their own: commitments, mandates, decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.models import Commitment, Decision, Mandate, Party
from samverka.web.components.careful import Careful
from samverka.web.components.day_field import day_field

from .forms_left_behind import wide


class CommitmentForm(Careful, forms.ModelForm):  # type: ignore[type-arg]
    """Who does what by when. With one party to choose (R12) the choice is made."""

    owners = forms.MultipleChoiceField(
        label=_("Vem lovar det?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj vilken eller vilka parter som lovar det.")},
    )
    due_on = day_field(_("Klart senast"))
    awaiting = forms.BooleanField(label=_("Åtagandet väntar på beslut hemma"), required=False)
    note = forms.CharField(
        label=_("Varför ändras det?"),
        help_text=_("Behövs när ni flyttar dagen."),
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    class Meta:
        model = Commitment
        fields = ["what", "person", "due_on", "volunteer_hours", "premises"]
        help_texts = {
            "what": _("En sak, så att alla ser när den är gjord."),
            "person": _("Den man ringer. Skriv bara namn på någon som är med här."),
            "volunteer_hours": _("Ungefär hur många timmar, med resor, så att det syns vad ni lägger ner."),
            "premises": _("Om åtagandet är en lokal, en bil eller något annat ni lånar ut."),
        }
        error_messages = {"what": {"required": _("Skriv vad som ska göras.")}}

    field_order = ["what", "owners", "person", "due_on", "awaiting", "volunteer_hours", "premises", "note", "version"]

    def __init__(self, *args: Any, parties: Iterable[Party], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new = new
        choices = [(party.public_id, party.name) for party in parties]
        self.fields["owners"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("owners", [choices[0][0]])
        if isinstance(self.initial.get("owners"), str):
            self.initial["owners"] = self.initial["owners"].splitlines()
        for name in ("note", "version") if new else ("awaiting",):
            del self.fields[name]

    def clean_due_on(self) -> date | None:
        """Refuse a day that has been, for a promise that is written up now."""
        day: date | None = self.cleaned_data["due_on"]
        if self.new and day and day < timezone.localdate():
            raise forms.ValidationError(_("Dagen har redan varit. Välj en dag som kommer."))
        return day


class SettleForm(Careful, forms.Form):
    """What became of a promise: a word on why, and the choice is the button."""

    note = forms.CharField(
        label=_("Vad hände?"),
        help_text=_("Behövs när åtagandet är brutet eller släpps, så att ni minns varför."),
        max_length=300,
        required=False,
    )
    state = forms.ChoiceField(choices=[(code, code) for code in ("kept", "broken", "dropped", "promised")])
    version = forms.IntegerField(min_value=1)


class PromiseAgainForm(Careful, forms.Form):
    """A settled promise made again, perhaps to another day."""

    due_on = day_field(_("Nytt datum"), _("Lämna tomt om dagen inte ändras."))
    note = forms.CharField(
        label=_("Varför lovar ni det igen?"), help_text=_("Behövs när dagen ändras."), max_length=300, required=False
    )


class MandateForm(Careful, forms.ModelForm):  # type: ignore[type-arg]
    """What one person of the party may promise."""

    answer_on = day_field(_("Svar senast"), _("När det som måste tas hem har fått svar."))
    valid_until = day_field(_("Uppdraget gäller till"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Mandate
        fields = ["person", "may_promise", "take_home", "answer_on", "valid_until"]
        widgets = {"may_promise": wide(3), "take_home": wide(3)}
        help_texts = {"may_promise": _("Till exempel: egen tid, lokalen på tisdagar, upp till 5 000 kronor.")}
        error_messages = {"person": {"required": _("Skriv vem det gäller.")}}


class DecisionForm(Careful, forms.ModelForm):  # type: ignore[type-arg]
    """A decision at home."""

    decided_on = day_field(_("Beslutets datum"), required=True)
    valid_until = day_field(_("Gäller till och med"), _("Lämna tomt om beslutet inte har något slutdatum."))

    class Meta:
        model = Decision
        fields = ["what", "decided_by", "decided_on", "reference", "valid_until"]
        help_texts = {
            "decided_by": _("Styrelsen, nämnden eller den som har rätt att bestämma."),
            "reference": _("Så att andra hittar beslutet hos er."),
        }
        error_messages = {
            "what": {"required": _("Skriv vad som är beslutat.")},
            "decided_by": {"required": _("Skriv vem som har beslutat.")},
        }


class StrikeForm(Careful, forms.Form):
    """Why a decision is struck."""

    reason = forms.CharField(
        label=_("Varför stryks beslutet?"),
        max_length=300,
        help_text=_("Skälet syns tillsammans med det strukna."),
        error_messages={"required": _("Skriv varför beslutet stryks.")},
    )
