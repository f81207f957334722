"""Forms of those who tell: texts, parties, quotes, pictures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Form as FormOfCollaboration
from samverka.collaborations.enums import ParticipationLevel
from samverka.knowledge.enums import DecisionStep, Licence, PageKind, Seen
from samverka.organisations.models import ActivityField
from samverka.places.models import County, Municipality
from samverka.places.queries import by_name, county_by_name
from samverka.processes.reading import SHIPPED, published_model
from samverka.web.components.careful import Careful
from samverka.web.components.words import language


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NeededLater(forms.CharField):
    """What may be saved empty, and is needed before it is sent in: it is not called voluntary."""

    def validate(self, value: Any) -> None:
        """Take an empty text too."""


def _told(label: Any, help_text: Any, *, rows: int = 5, most: int = 6000, needed: bool = False) -> forms.CharField:
    made = NeededLater if needed else forms.CharField
    return made(label=label, help_text=help_text, required=needed, max_length=most, widget=_area(rows))


class HeadForm(Careful, forms.Form):
    """What examples and portraits have alike. `areas` are the fields of collaboration to choose among."""

    use_required_attribute = False

    title = forms.CharField(label=_("Rubrik"), max_length=200)
    summary = _told(
        _("Sammanfattning"), _("Två, tre meningar. De står överst och i listan."), rows=3, most=1000, needed=True
    )
    year = forms.IntegerField(
        label=_("År"), required=False, min_value=1950, max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short"}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Var?"), help_text=_("En kommun eller ett län. Lämna tomt om det gäller hela landet."), max_length=60,
        required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    areas = forms.MultipleChoiceField(
        label=_("Inom vilket område?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact_role = NeededLater(
        label=_("Vem ringer man? Roll eller funktion"), max_length=120,
        help_text=_("Till exempel föreningssamordnare. En roll håller längre än ett namn."),
    )  # fmt: skip
    contact_name = forms.CharField(
        label=_("Namn"), help_text=_("Bara om personen har sagt ja till att stå på sidan."), required=False,
        max_length=150,
    )  # fmt: skip
    contact_email = forms.EmailField(label=_("E-postadress"), required=False)
    contact_phone = forms.CharField(label=_("Telefon"), required=False, max_length=40)
    licence = forms.ChoiceField(label=_("Vad får andra göra med texten?"), choices=Licence.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    # Last, since its name is the library's too.
    forms = forms.MultipleChoiceField(
        label=_("I vilken form?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[choice for choice in FormOfCollaboration.choices if choice[0] != "undecided"],
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Iterable[ActivityField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(area.pk): area for area in areas}
        english = language() == "en"
        choices = [(key, area.name_en if english else area.name_sv) for key, area in self.known.items()]
        self.fields["areas"].choices = choices  # type: ignore[attr-defined]
        self.municipality: Municipality | None = None
        self.county: County | None = None

    def clean_place(self) -> str:
        """Find the municipality or the county that was meant."""
        text: str = self.cleaned_data["place"].strip()
        self.municipality = by_name(text) if text else None
        self.county = self.municipality.county if self.municipality else (county_by_name(text) if text else None)
        if text and self.county is None:
            raise forms.ValidationError(
                _("Det finns ingen kommun och inget län som heter så. Skriv namnet, inte orten.")
            )
        return text

    def values(self) -> dict[str, Any]:
        """Return what was filled in, by column."""
        apart = {"place", "areas", "version"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return {**said, "municipality": self.municipality, "county": self.county}

    def chosen_areas(self) -> list[ActivityField]:
        """Return the fields of activity that were chosen."""
        return [self.known[key] for key in self.cleaned_data["areas"]]


class ExampleForm(HeadForm):
    """An example: what one wants to know in a minute first."""

    target_group = _told(_("För vem?"), _("Vilka det gällde, utan namn på enskilda."), rows=2, most=1000)
    done = _told(_("Vad gjorde ni?"), _("Så att någon annan kan göra likadant."), rows=7, needed=True)
    led_to = _told(_("Vad ledde det till?"), _("Det ni har sett eller mätt. Skriv också hur ni vet det."))
    cost = _told(
        _("Vad kostade det?"), _("Kronor, arbetstid, ideella timmar, lokaler. En ungefärlig siffra räcker."), rows=3,
        most=3000, needed=True,
    )  # fmt: skip
    went_wrong = _told(_("Vad gick fel?"), _("Det som inte blev som ni tänkt, och vad ni gjorde då."), needed=True)
    lessons = _told(_("Vad har ni lärt er?"), _("Det ni skulle säga till den som ska börja i morgon."))
    participation = forms.ChoiceField(
        label=_("Hur mycket kunde de som var med påverka?"), required=False,
        choices=[("", _("Inte valt")), *ParticipationLevel.choices],
    )  # fmt: skip
    decision_step = forms.ChoiceField(
        label=_("Var i ett beslut hör det hemma?"), required=False,
        choices=[("", _("Inte valt")), *DecisionStep.choices],
    )  # fmt: skip
    steps = forms.MultipleChoiceField(
        label=_("Vilka steg i modellen handlar det om?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = published_model(SHIPPED)
        steps = [(step.code, f"{step.code} {step.name}") for step in model.steps] if model else []
        self.fields["steps"].choices = steps  # type: ignore[attr-defined]


class PortraitForm(HeadForm):
    """A portrait, in the body's own words."""

    structure = _told(
        _("Så är vi organiserade"), _("Vem som har hand om det, var i organisationen, med hur mycket tid."), needed=True
    )
    agreements = _told(_("Överenskommelser och avtal"), _("Det som finns skrivet, med vilka, sedan när."))
    grants = _told(_("Stöd och bidrag"), _("Vad föreningar kan få, och hur man söker."))
    forums = _told(_("Här möts vi"), _("Råd, nätverk, träffar som återkommer."))
    proud_of = _told(_("Det är vi stolta över"), "")
    struggles = _told(_("Det brottas vi med"), _("Det andra i samma läge känner igen sig i."))


FORMS: dict[str, type[HeadForm]] = {PageKind.EXAMPLE: ExampleForm, PageKind.PORTRAIT: PortraitForm}


class StartExampleForm(forms.Form):
    """What an example that comes from no collaboration is called."""

    title = forms.CharField(
        label=_("Vad gjorde ni, i en mening?"), max_length=200,
        help_text=_("Till exempel: Läxhjälp på tre språk på biblioteket. Det går att ändra sedan."),
    )  # fmt: skip


class PartyForm(forms.Form):
    """A party, by its name; found in the register when it is called so there."""

    name = forms.CharField(
        label=_("Vad heter parten?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Heter den så i registret frågas den innan dess namn visas. Annars står den som du skriver."),
    )  # fmt: skip


class VoiceForm(Careful, forms.Form):
    """What quotes and pictures have alike: which party they are from. `parties` are the page's."""

    def __init__(self, *args: Any, parties: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {party.organisation.public_id: party.organisation for party in parties if party.organisation}
        choices = [("", _("Ingen av parterna")), *((key, found.name) for key, found in self.known.items())]
        self.fields["organisation"] = forms.ChoiceField(label=_("Från vilken part?"), choices=choices, required=False)

    def values(self) -> dict[str, Any]:
        """Return what was filled in, by column."""
        return {**self.cleaned_data, "organisation": self.known.get(self.cleaned_data["organisation"])}


class QuoteForm(VoiceForm):
    """Somebody's words, and who it is."""

    text = forms.CharField(label=_("Citat"), max_length=1000, widget=_area(4), help_text=_("Utan citattecken."))
    name = forms.CharField(label=_("Vem säger det? Namn"), max_length=150)
    role = forms.CharField(label=_("Roll"), max_length=150, required=False, help_text=_("Till exempel volontär."))
    email = forms.EmailField(
        label=_("Personens e-postadress"), required=False,
        help_text=_("Dit skickas frågan om citatet får visas. Adressen visas inte och tas bort efteråt."),
    )  # fmt: skip


class HowForm(forms.Form):
    """How a yes was had that did not come through the page."""

    how = forms.CharField(
        label=_("Hur och när sa personen ja?"), max_length=200,
        help_text=_("Till exempel: läste texten och sa ja i telefon 12 mars, till Karin."),
    )  # fmt: skip


class PictureFactsForm(VoiceForm):
    """What is said of a picture."""

    alt = forms.CharField(
        label=_("Bilden i ord"), max_length=300, widget=_area(2),
        help_text=_("För den som inte ser bilden: vad den visar. Till exempel: Tre barn läser vid ett bord."),
    )  # fmt: skip
    caption = forms.CharField(label=_("Bildtext"), max_length=300, required=False)
    credit = forms.CharField(label=_("Vem tog eller gjorde bilden?"), max_length=150)
    seen = forms.ChoiceField(label=_("Personer på bilden"), choices=Seen.choices, widget=forms.RadioSelect)
    consent = forms.CharField(
        label=_("Vilka har sagt ja, och hur?"), max_length=300, required=False,
        help_text=_("Behövs när någon går att känna igen. Visas inte på sidan. För barn: vårdnadshavarna."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask who has said yes where somebody can be told."""
        data = super().clean()
        if data.get("seen") == Seen.AGREED and not data.get("consent"):
            self.add_error("consent", _("Skriv vilka som har sagt ja, och hur."))
        return data


class PictureForm(PictureFactsForm):
    """A picture with what is said of it."""

    file = forms.FileField(
        label=_("Bilden"), help_text=_("JPEG eller PNG, högst 8 MB. Det kameran har skrivit om plats och tid tas bort.")
    )
    field_order = ("file", "alt", "caption", "credit", "seen", "consent", "organisation")
