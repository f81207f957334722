"""Forms of the register's editors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.organisations import enums
from samverka.places.models import County, Municipality
from samverka.places.queries import by_name

SHORT = {"class": "is-short"}


class RegisterForm(forms.Form):
    """What an editor sets of any organisation. `version` is empty for a new one."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"), choices=[("", _("Välj …")), *enums.Kind.choices])
    org_number = forms.CharField(
        label=_("Organisationsnummer"), max_length=20, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    municipality = forms.CharField(
        label=_("Kommun"),
        help_text=_("Kommunens namn. Lämna tomt om organisationen verkar i hela landet."),
        max_length=60,
        required=False,
    )
    county = forms.ChoiceField(label=_("Län"), help_text=_("Behövs bara när ingen kommun är angiven."), required=False)
    description = forms.CharField(
        label=_("Det här gör organisationen"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    web_address = forms.URLField(label=_("Webbplats"), max_length=500, required=False, assume_scheme="https")
    email = forms.EmailField(label=_("Organisationens e-postadress"), required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    postal_code = forms.CharField(
        label=_("Postnummer"), max_length=10, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    postal_town = forms.CharField(label=_("Postort"), max_length=80, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = County.objects.values_list("code", "display_name")
        self.fields["county"].choices = [("", _("Inget")), *counties]  # type: ignore[attr-defined]
        self.place: Municipality | None = None

    def clean_municipality(self) -> str:
        """Find the municipality that was meant."""
        text: str = self.cleaned_data["municipality"].strip()
        self.place = by_name(text) if text else None
        if text and self.place is None:
            raise forms.ValidationError(_("Det finns ingen kommun som heter så. Skriv kommunens namn, inte orten."))
        return text

    def values(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the organisation's facts."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        values["municipality"] = self.place
        county = self.place.county_id if self.place else self.cleaned_data["county"]
        values["county"] = County.objects.filter(code=county).first()
        return values


class StateForm(forms.Form):
    """Whether the organisation is active, dormant or withdrawn from the register, and why."""

    state = forms.ChoiceField(label=_("Läge"), choices=enums.State.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Till exempel: upplöst enligt årsmötet 2026, eller dubblett av en annan."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ImportForm(forms.Form):
    """A file to read into the register."""

    what = forms.ChoiceField(
        label=_("Vad innehåller filen?"),
        choices=[
            ("import_register", _("Organisationer")),
            ("import_functions", _("Funktionsadresser till kommuner, regioner och myndigheter")),
        ],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("Fil"),
        help_text=_(
            "JSON Lines eller CSV med rubrikrad, högst 50 MB. Ingenting skrivs förrän du har sett vad som ändras."
        ),
    )
    source = forms.CharField(
        label=_("Registrets namn"),
        help_text=_("Står som källa där raderna själva inte säger något, till exempel ”Arboga föreningsregister”."),
        max_length=200,
        required=False,
    )
