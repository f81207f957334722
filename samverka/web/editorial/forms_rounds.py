"""Forms of rounds."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from samverka.organisations.enums import Kind
from samverka.places.models import County
from samverka.questionnaires.models import Version
from samverka.surveys.actions.panel import MOST
from samverka.surveys.actions.rounds import FACTS
from samverka.surveys.enums import RoundSide, SampledBy
from samverka.surveys.models import Round
from samverka.surveys.queries.candidates import kinds_of
from samverka.surveys.queries.classes import population_classes
from samverka.web.components.day_field import day_field
from samverka.web.workspace.forms_left_behind import wide

SHORT = {"class": "is-short"}


#: The facts of a round by what they are about: heading, a word on it, names of fields.
PARTS = (
    (_("Vad som frågas"), "", "questionnaire title slug mode previous"),
    (_("Vilka som frågas"), "", "side access"),
    (_("Mejlet"), _("Det här behövs innan omgången öppnas."), "closes_on at_hand sender diary_number"),
    (
        _("Den man frågar"), _("Ett namn och ett telefonnummer som någon svarar på. Behövs innan omgången öppnas."),
        "contact_name contact_email contact_phone",
    ),
    (
        _("Samråd och skyldighet"), _("Står på formuläret. En statlig myndighet fyller i det (1982:668, 3–4 §§)."),
        "consulted_with consulted_on consultation_diary_number provision",
    ),
)  # fmt: skip


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of a round; with `new` also which questionnaire, and the name in addresses."""

    questionnaire = forms.ChoiceField(label=_("Frågeformulär"))
    slug = forms.CharField(
        label=_("Namn i adressen"),
        help_text=_("Kort, med a–z, siffror och bindestreck: 2027 eller 2027-pilot. Det går inte att ändra sedan."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=SHORT),
    )
    closes_on = day_field(Round._meta.get_field("closes_on").verbose_name)
    consulted_on = day_field(Round._meta.get_field("consulted_on").verbose_name)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Round
        fields = FACTS
        widgets = {
            "mode": forms.RadioSelect,
            "side": forms.RadioSelect,
            "access": forms.RadioSelect,
            "at_hand": wide(3),
        }
        help_texts = {
            "title": _("Så står det i mejlet och på formuläret: Så samverkar ni med föreningslivet 2027."),
            "mode": _("En pilot eller ett prov lämnar inga spår i resultaten."),
            "access": _("Med öppen länk vet ingen vem som svarar. Det går inte att påminna bara dem som inte svarat."),
            "previous": _("Den som svarade då får bekräfta sina svar i stället för att skriva dem igen."),
            "provision": _("Lämna tomt om det är frivilligt att svara. Annars lag och paragraf."),
            "consulted_with": _("Den organisation som företräder kommunerna eller regionerna (1982:668, 3 §)."),
            "sender": _("Myndigheten eller organisationen som ställer frågorna."),
            "contact_phone": _("Numret, och när någon svarar: 0123-456 70, vardagar 9–12."),
            "at_hand": _("Tre saker, en på varje rad. De står i mejlet, så att ingen behöver leta mitt i."),
        }

    def __init__(self, *args: Any, new: bool, settled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        if new:
            versions = Version.objects.published().select_related("questionnaire").defer("document")
            choices = [(one.questionnaire.slug, f"{one.questionnaire.title} ({one.number})") for one in versions]
            self.fields["questionnaire"].choices = choices  # type: ignore[attr-defined]
            del self.fields["version"]
        for name in () if new else ("questionnaire", "slug", *(("mode", "side", "access") if settled else ())):
            del self.fields[name]
        earlier = Round.objects.real().exclude(pk=self.instance.pk)
        self.fields["previous"].queryset = earlier  # type: ignore[attr-defined]
        self.fields["previous"].empty_label = _("Ingen")  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[tuple[Any, Any, list[BoundField]]]:
        """The fields by what they are about: a heading, a word on it, those fields that the form has."""
        return [
            (heading, note, found)
            for heading, note, names in PARTS
            if (found := [self[name] for name in names.split() if name in self.fields])
        ]

    def clean_at_hand(self) -> str:
        """Three things are enough, and as many as a mail can hold."""
        lines = [line.strip() for line in self.cleaned_data["at_hand"].splitlines() if line.strip()]
        if len(lines) > 3:
            raise forms.ValidationError(_("Skriv högst tre saker, en på varje rad."))
        return "\n".join(lines)

    def _post_clean(self) -> None:
        """Leave the row as it is: the action changes it, and says what is wrong."""

    def facts(self) -> dict[str, Any]:
        """Return the values as the actions take them."""
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}


class WhyForm(forms.Form):
    """A reason, which stays in the log."""

    why = forms.CharField(label=_("Varför?"), max_length=300, widget=wide(2))


class BodiesForm(forms.Form):
    """Which bodies to put in a panel."""

    kinds = forms.MultipleChoiceField(
        label=_("Slag"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett slag.")},
    )
    classes = forms.MultipleChoiceField(
        label=_("Bara kommuner med så många invånare"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    counties = forms.MultipleChoiceField(label=_("Bara i länen"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_of(side)
        self.fields["classes"].choices = list(population_classes().items())  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in Kind if kind in kinds
        ]
        self.fields["counties"].choices = list(County.objects.values_list("code", "display_name"))  # type: ignore[attr-defined]
        if side == RoundSide.CIVIL:
            del self.fields["classes"]


class SampleForm(forms.Form):
    """A random sample."""

    size = forms.IntegerField(
        label=_("Hur många ska dras?"), min_value=1, max_value=MOST, widget=forms.NumberInput(attrs=SHORT)
    )
    stratified_by = forms.ChoiceField(
        label=_("Fördela efter"),
        help_text=_("Varje del ger så många som motsvarar dess andel av registret."),
        choices=SampledBy.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    seed = forms.IntegerField(
        label=_("Frö"),
        help_text=_("Talet som lotten utgår från. Med samma tal och samma register dras samma föreningar igen."),
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.NumberInput(attrs=SHORT),
    )


class AddressForm(forms.Form):
    """Where one is asked."""

    email = forms.EmailField(label=_("E-postadress"), help_text=_("En funktions adress, inte en persons."))
    phone = forms.CharField(label=_("Telefon"), max_length=60, required=False, widget=forms.TextInput(attrs=SHORT))
    language = forms.ChoiceField(label=_("Mejlets språk"), choices=[("sv", _("Svenska")), ("en", _("Engelska"))])
    version = forms.IntegerField(widget=forms.HiddenInput)


class CallForm(forms.Form):
    """A note after a call, or instead of one."""

    note = forms.CharField(label=_("Anteckning"), max_length=300, required=False, widget=wide(2))
    called = forms.BooleanField(label=_("Vi har ringt nu"), required=False)


class DeclineForm(forms.Form):
    """That they do not want to answer."""

    why = forms.CharField(label=_("Vad sa de?"), max_length=300, required=False, widget=wide(2))


class PanelFileForm(forms.Form):
    """The panel as a file."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV eller XLSX med kolumnen Nyckel, eller Organisationsnummer eller Namn."),
        error_messages={"required": _("Välj en fil.")},
    )
