"""Forms over the register that anyone may meet: a correction, a missing organisation, a claim."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.organisations import enums
from samverka.places.models import Municipality
from samverka.places.queries import by_name


class CorrectionForm(forms.Form):
    """What is wrong on an organisation's page."""

    text = forms.CharField(
        label=_("Vad är det som inte stämmer?"),
        help_text=_("Skriv gärna vad som är rätt och hur du vet det. Skriv inte om enskilda personer."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reply_email = forms.EmailField(
        label=_("Din e-postadress"),
        help_text=_("Bara om du vill ha svar. Den visas inte för någon annan."),
        required=False,
    )


class MissingOrganisationForm(forms.Form):
    """An organisation that the register lacks."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"))
    org_number = forms.CharField(
        label=_("Organisationsnummer"),
        help_text=_("Tio siffror, till exempel 802002-5000. Lämna tomt om det inte finns något."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short"}),
    )
    municipality = forms.CharField(
        label=_("Kommun"),
        help_text=_("Kommunens namn. Lämna tomt om organisationen verkar i hela landet."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    web_address = forms.URLField(label=_("Webbplats"), max_length=500, required=False, assume_scheme="https")
    person_role = forms.CharField(
        label=_("Din roll där"),
        help_text=_("Till exempel ordförande eller kassör. Du blir den som sköter sidan tills någon bekräftat det."),
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in enums.Kind if kind in enums.CIVIL_KINDS]
        self.fields["kind"].choices = [("", _("Välj …")), *((k.value, k.label) for k in kinds)]  # type: ignore[attr-defined]
        self.place: Municipality | None = None

    def clean_municipality(self) -> str:
        """Find the municipality that was meant."""
        text: str = self.cleaned_data["municipality"].strip()
        self.place = by_name(text) if text else None
        if text and self.place is None:
            raise forms.ValidationError(_("Det finns ingen kommun som heter så. Skriv kommunens namn, inte orten."))
        return text

    @property
    def municipality_code(self) -> str:
        """The code of the municipality, or "" when none was given."""
        return self.place.code if self.place else ""

    def values(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the organisation's facts."""
        facts = {name: self.cleaned_data[name] for name in ("name", "kind", "org_number", "web_address")}
        return {**facts, "municipality": self.place}


class ClaimForm(forms.Form):
    """A request to act for an organisation, or for a unit of a public body."""

    unit = forms.ChoiceField(label=_("Vad vill du handla för?"), required=False)
    person_role = forms.CharField(
        label=_("Din roll där"), help_text=_("Till exempel ordförande, kassör eller handläggare."), max_length=120
    )
    message = forms.CharField(
        label=_("Något vi bör veta"),
        help_text=_("Läses av den som prövar din begäran, om ingen kod kan skickas."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, units: Iterable[Any], whole: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", whole), *((unit.public_id, unit.name) for unit in units)]
        if len(choices) > 1:
            self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]


class ClaimCodeForm(forms.Form):
    """The code that was sent to the registered address."""

    code = forms.CharField(
        label=_("Koden i mejlet"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "is-code",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "characters",
            }
        ),
    )
