"""Forms for starting something: with others, alone, or by putting in what runs already; and for inviting one more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Form
from samverka.organisations.models import Unit
from samverka.web.components.careful import Careful
from samverka.web.components.day_field import day_field
from samverka.web.components.title_field import TitleField

from .forms_facts import FactsForm


def _message() -> forms.CharField:
    return forms.CharField(
        label=_("En hälsning i mejlet"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


def _our_unit() -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(Unit.objects.none(), label=_("Vilken del av er är part?"), required=False)


class StartForm(FactsForm):
    """What it is about, for which part of us, and a word to those who are invited."""

    unit = _our_unit()
    message = _message()

    def __init__(self, *args: Any, units: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_our_unit(self, units, whole=whole)


class PrepareAloneForm(FactsForm):
    """The same for one party alone: only the title is needed."""

    unit = _our_unit()

    def __init__(self, *args: Any, units: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].required = False
        self.fields["purpose"].help_text = _("Vems vardag ska bli bättre, och hur? Går bra att skriva senare.")
        offer_our_unit(self, units, whole=whole)


class InvitedForm(forms.Form):
    """Where the invitation of one organisation goes; its prefix is the organisation's public id."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Vilken del hos dem bjuder ni in?"), required=False)
    email = forms.EmailField(label=_("Vart ska inbjudan skickas?"), required=False)

    def __init__(self, *args: Any, units: Any, registered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_units(self, units, _("Vet inte, eller hela organisationen"))
        field = self.fields["email"]
        field.required = not registered
        field.help_text = (
            _("Lämna tomt så går inbjudan till adressen som finns i registret.")
            if registered
            else _("Det finns ingen adress i registret. Skriv en e-postadress till någon hos dem.")
        )


class MessageForm(Careful, forms.Form):
    """A word to who is invited."""

    message = _message()


class NetworkForm(forms.Form):
    """A network without organisation number that is to be invited."""

    network_name = forms.CharField(label=_("Nätverkets namn"), max_length=200)
    network_email = forms.EmailField(
        label=_("E-postadress till någon i nätverket"),
        help_text=_("Dit går inbjudan. Adressen visas inte i registret."),
    )


class RecordForm(forms.Form):
    """What is known at once of a matter that runs already."""

    title = TitleField(label=_("Vad heter samverkan?"), help_text=_("Till exempel IOP Språkkafé."))
    form = forms.ChoiceField(label=_("I vilken form?"), choices=[("", _("Välj …")), *Form.choices])
    parties = forms.CharField(
        label=_("Vilka är med, utom ni?"),
        help_text=_("En på varje rad. Står namnet i registret känner vi igen det; annars står det som du skriver."),
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = _our_unit()
    starts_on = day_field(_("Sedan"))
    ends_on = day_field(_("Till och med"), _("Lämna tomt om det inte finns något slut."))
    diary_number = forms.CharField(label=_("Ert diarienummer"), max_length=60, required=False)
    link = forms.URLField(
        label=_("Länk"),
        help_text=_("Till avtal, beslut eller en sida om det."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def __init__(self, *args: Any, units: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_our_unit(self, units, whole=whole)


def offer_our_unit(form: forms.BaseForm, units: Any, *, whole: bool) -> None:
    """Let one choose which part of us is party; `whole` when one may act for all of the organisation."""
    _offer_units(form, units, _("Hela organisationen") if whole else None)
    field = form.fields.get("unit")
    if field is not None and not whole:
        field.required = True
        form.initial.setdefault("unit", units[0].pk)


def _offer_units(form: forms.BaseForm, units: Any, empty: Any) -> None:
    if not units:
        del form.fields["unit"]
        return
    field = form.fields["unit"]
    field.queryset = units  # type: ignore[attr-defined]
    field.empty_label = empty  # type: ignore[attr-defined]
