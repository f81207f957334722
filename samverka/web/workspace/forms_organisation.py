"""Forms over an organisation's own page. They check form only: what may be done is the actions' to say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.organisations import enums
from samverka.web.components.day_field import day_field

#: stands for what a required choice has not got yet: nothing is chosen beforehand
UNCHOSEN = ("", _("Välj …"))


def _wide(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def unit_choices(units: Iterable[Any], whole: str) -> list[tuple[str, str]]:
    """Return the whole organisation, by its name (none when that is ""), and the units, to choose among."""
    return [*([("", whole)] if whole else []), *((unit.public_id, unit.name) for unit in units)]


def offer_units(form: forms.Form, units: Iterable[Any], whole: str) -> None:
    """Let `form` choose among the units; without any, the field goes."""
    choices = unit_choices(units, whole)
    if choices == [("", whole)]:
        del form.fields["unit"]
    else:
        form.fields["unit"].choices = choices  # type: ignore[attr-defined]


class FactsForm(forms.Form):
    """What the organisation says of itself. `version` is that of the row the person began from."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    description = forms.CharField(
        label=_("Det här gör vi"),
        help_text=_("Skriv så att den som inte känner er förstår. Tre meningar räcker."),
        max_length=4000,
        required=False,
        widget=_wide(5),
    )
    web_address = forms.URLField(
        label=_("Webbplats"), max_length=500, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )  # fmt: skip
    email = forms.EmailField(label=_("Organisationens e-postadress"), required=False)
    email_public = forms.BooleanField(
        label=_("Visa e-postadress och telefon för alla"),
        help_text=_("Annars ser bara ni själva dem."),
        required=False,
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    postal_code = forms.CharField(label=_("Postnummer"), max_length=10, required=False)
    postal_town = forms.CharField(label=_("Postort"), max_length=80, required=False)
    founded_year = forms.IntegerField(label=_("Bildad år"), min_value=1000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, public_body: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if public_body:
            del self.fields["founded_year"]

    def clean_founded_year(self) -> int | None:
        """Refuse a year that has not come."""
        year: int | None = self.cleaned_data.get("founded_year")
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("Skriv ett år som har varit."))
        return year


class FieldsForm(forms.Form):
    """In which fields the organisation works: ICNPO's groups and the fields of collaboration. `version` is that of
    the organisation the person began from.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, fields: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_scheme: dict[str, list[tuple[str, Any]]] = {scheme: [] for scheme in enums.FieldScheme.values}
        for field in fields:
            by_scheme[field.scheme].append((str(field.pk), field))
        for scheme, choices in by_scheme.items():
            self.fields[scheme] = forms.MultipleChoiceField(
                label=enums.FieldScheme(scheme).label,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def chosen(self, fields: Iterable[Any]) -> list[Any]:
        """Return those of `fields` that were ticked."""
        ticked = {pk for scheme in enums.FieldScheme.values for pk in self.cleaned_data[scheme]}
        return [field for field in fields if str(field.pk) in ticked]


class OfferForm(forms.Form):
    """Something we can or need."""

    kind = forms.ChoiceField(label=_("Vad gäller det?"), choices=enums.OfferKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Beskrivning"),
        help_text=_("En mening räcker. Skriv inga priser."),
        max_length=500,
        widget=_wide(3),
    )


class UnitForm(forms.Form):
    """A nämnd, förvaltning, bolag or kommunalförbund of a public body."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"), choices=[UNCHOSEN, *enums.UnitKind.choices])
    is_controller = forms.BooleanField(
        label=_("Är själv personuppgiftsansvarig"),
        help_text=_("En nämnd är det som regel. En förvaltning är det inte: då är det nämnden den hör till."),
        required=False,
    )
    diary_pattern = forms.CharField(
        label=_("Så ser diarienumren ut"),
        help_text=_("Till exempel FN 2026/00123. Det står som ledning där ett diarienummer ska fyllas i."),
        max_length=60,
        required=False,
    )
    valid_from = day_field(_("Finns från"))
    predecessor = forms.ChoiceField(
        label=_("Tar över efter"),
        help_text=_("Välj den enhet som den här ersätter, om det är en omorganisation."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, others: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Ingen")), *((unit.public_id, unit.name) for unit in others)]
        self.fields["predecessor"].choices = choices  # type: ignore[attr-defined]


class CloseUnitForm(forms.Form):
    """When a unit ceases."""

    valid_to = day_field(
        _("Sista dagen"),
        _("Enheten finns kvar i det som är skrivet, men går inte att välja därefter."),
        required=True,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FunctionForm(forms.Form):
    """An office address of the body or one of its units."""

    kind = forms.ChoiceField(label=_("Funktion"), choices=[UNCHOSEN, *enums.FunctionKind.choices])
    unit = forms.ChoiceField(label=_("Enhet"), required=False)
    email = forms.EmailField(
        label=_("E-postadress"), help_text=_("En adress som läses av en funktion, inte av en person.")
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)

    def __init__(self, *args: Any, units: Iterable[Any], whole: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices(units, whole)  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """A person to turn to. Not public unless the box is ticked."""

    name = forms.CharField(label=_("Namn"), max_length=150)
    role = forms.CharField(
        label=_("Roll"), help_text=_("Till exempel kassör eller föreningssamordnare."), max_length=120
    )
    email = forms.EmailField(label=_("E-postadress"), required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    hours = forms.CharField(
        label=_("Telefontid"), help_text=_("Till exempel vardagar efter kl. 17."), max_length=120, required=False
    )
    unit = forms.ChoiceField(label=_("Enhet"), required=False)
    deputy = forms.ChoiceField(
        label=_("Ersättare"), help_text=_("Den som tar vid när kontakten är borta."), required=False
    )
    public = forms.BooleanField(
        label=_("Visa för alla"),
        help_text=_("Namn, roll, telefon och e-post syns då på er öppna sida. Fråga personen först."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, units: Iterable[Any], others: Iterable[Any], whole: str, may_be_public: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, units, whole)
        deputies = [("", _("Ingen än")), *((contact.public_id, contact.name) for contact in others)]
        self.fields["deputy"].choices = deputies  # type: ignore[attr-defined]
        if not may_be_public:
            del self.fields["public"]


class ReasonForm(forms.Form):
    """Why something is withdrawn: nothing disappears without a reason."""

    reason = forms.CharField(label=_("Varför?"), max_length=300, widget=_wide(2))


class ProtectedForm(forms.Form):
    """Whether the organisation is protected (users.md R10)."""

    protected = forms.ChoiceField(
        label=_("Ska organisationen vara skyddad?"),
        choices=[("yes", _("Ja, visa bara namn och län")), ("no", _("Nej, visa som andra organisationer"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Visas bara för er och för den som sköter registret. Skriv inget om enskilda personer."),
        max_length=200,
    )


class AnswerForm(forms.Form):
    """The answer to a correction."""

    answer = forms.CharField(
        label=_("Svar"),
        help_text=_("Skickas till den som skrev, om en e-postadress är lämnad."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
