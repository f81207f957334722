"""The forms of subscribers and of offices that get mail."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samverka.newsletters.actions.subscribing import Wishes
from samverka.newsletters.enums import Pace, ReceiptChoice
from samverka.newsletters.models import Subscriber
from samverka.organisations.enums import FieldScheme
from samverka.organisations.models import ActivityField
from samverka.organisations.queries import current_fields
from samverka.places.models import County, Municipality
from samverka.places.queries import counties_with_municipalities

LANGUAGES = (("sv", gettext_lazy("Svenska")), ("en", gettext_lazy("Engelska")))


def field_name(field: ActivityField) -> str:
    """Return a field's name in the reader's language."""
    return field.name_en if get_language() == "en" else field.name_sv


class TopicsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Fields of work, as boxes."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the field's name in the reader's language."""
        return field_name(obj)


class WishesForm(forms.Form):
    """What one wants to get."""

    topics = TopicsField(
        label=gettext_lazy("Ämnen"),
        help_text=gettext_lazy("Välj inget om du vill ha allt."),
        queryset=ActivityField.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Plats"),
        help_text=gettext_lazy("Då får du också det som bara rör din kommun eller ditt län."),
        required=False,
    )
    pace = forms.ChoiceField(
        label=gettext_lazy("Hur ofta?"), choices=Pace.choices, initial=Pace.AT_ONCE, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Språk"), choices=LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = current_fields(FieldScheme.MAPPING)  # type: ignore[attr-defined]
        self.fields["place"].choices = places()  # type: ignore[attr-defined]

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        data = self.cleaned_data
        kind, _colon, code = data["place"].partition(":")
        return Wishes(
            topics=tuple(data["topics"]), pace=data["pace"], language=data["language"],
            municipality=Municipality.objects.get(pk=code) if kind == "kommun" else None,
            county=County.objects.get(pk=code) if kind == "lan" else None,
        )  # fmt: skip


class SubscribeForm(WishesForm):
    """The same, with the address first."""

    email = forms.EmailField(
        label=gettext_lazy("E-postadress"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Skriv din e-postadress.")},
    )
    field_order = ("email",)


def places() -> list[tuple[Any, Any]]:
    """Return the country, and each county with its municipalities, as choices."""
    groups: list[tuple[Any, Any]] = [("", _("Hela landet"))]
    for county in counties_with_municipalities():
        whole = (f"lan:{county.code}", _("Hela %(county)s") % {"county": county.display_name})
        parts = [(f"kommun:{place.code}", place.display_name) for place in county.municipalities.all()]
        groups.append((county.display_name, [whole, *parts]))
    return groups


def wishes_of(row: Subscriber) -> dict[str, Any]:
    """Return what a subscriber has chosen, as the form begins."""
    place = f"kommun:{row.municipality_id}" if row.municipality_id else f"lan:{row.county_id}" if row.county_id else ""
    return {"topics": row.topics.all(), "place": place, "pace": row.pace, "language": row.language}


class ReceiptForm(forms.Form):
    """What the receiver says of the mail."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Vad gjorde ni med utskicket?"),
        choices=ReceiptChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj ett av svaren.")},
    )
    diary_number = forms.CharField(
        label=gettext_lazy("Diarienummer hos er"),
        help_text=gettext_lazy("Bara om ni har diariefört det."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "is-short"}),
    )
    passed_to = forms.CharField(
        label=gettext_lazy("Vidarebefordrat till"),
        help_text=gettext_lazy("Skriv en förvaltning eller en grupp, inga personer."),
        max_length=200,
        required=False,
    )


class PassOnForm(forms.Form):
    """Colleagues to pass it on to."""

    name = forms.CharField(
        label=gettext_lazy("Ditt namn"),
        help_text=gettext_lazy("Står i mejlet, så att kollegan ser vem det kommer från."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Skriv ditt namn.")},
    )
    to = forms.CharField(
        label=gettext_lazy("Kollegornas e-postadresser"),
        help_text=gettext_lazy("En på varje rad, högst tio. Vi sparar dem inte."),
        max_length=2600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv minst en adress.")},
    )
    message = forms.CharField(
        label=gettext_lazy("Hälsning"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_to(self) -> list[str]:
        """Return the addresses; the first that is none is told."""
        addresses = [line.strip() for line in self.cleaned_data["to"].replace(",", "\n").splitlines() if line.strip()]
        for address in addresses:
            try:
                forms.EmailField().clean(address)
            except forms.ValidationError:
                raise forms.ValidationError(_("%(text)s är ingen e-postadress.") % {"text": address}) from None
        return addresses
