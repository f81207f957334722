"""The forms of publications and articles."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Form
from samverka.kernel.files import MOST_BYTES
from samverka.knowledge.actions.heads import HEAD
from samverka.knowledge.enums import ArticleKind, PublicationKind
from samverka.knowledge.models import Page, Publication
from samverka.organisations.models import ActivityField, Organisation
from samverka.places.queries import by_name
from samverka.web.components.day_field import day_field
from samverka.web.components.rich_text import RichTextField
from samverka.web.components.words import language
from samverka.web.workspace.forms_left_behind import wide

_HEAD = (
    "title", "summary", "language", "year", "county", "licence", "contact_name", "contact_role", "contact_email",
    "contact_phone",
)  # fmt: skip
CONTACTS = 2


class OrganisationField(forms.CharField):
    """An organisation, by its name or number in the register."""

    def clean(self, value: Any) -> Any:
        """Return the organisation, None when nothing is typed. Raises ValidationError when none or many match."""
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        digits = "".join(character for character in text if character.isdigit())
        rows = Organisation.objects.filter(name__iexact=text)
        if not rows and len(digits) == 10:
            rows = Organisation.objects.filter(org_number=digits)
        found = list(rows[:2])
        if not found:
            raise forms.ValidationError(gettext("Det finns ingen organisation i registret som heter så."))
        if len(found) > 1:
            raise forms.ValidationError(gettext("Flera organisationer heter så. Skriv organisationsnumret i stället."))
        return found[0]


class HeadForm(forms.ModelForm):  # type: ignore[type-arg]
    """What every page has: title, place, fields, forms, contact."""

    owner_name = OrganisationField(
        label=_("Vem som står för sidan"), required=False, max_length=200,
        help_text=_("Organisationens namn eller nummer så som det står i registret."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Kommun"), required=False, max_length=60, help_text=_("Om sidan handlar om en kommun: kommunens namn.")
    )
    page_fields = forms.MultipleChoiceField(label=_("Områden"), required=False, widget=forms.CheckboxSelectMultiple)
    page_forms = forms.MultipleChoiceField(
        label=_("Former för samverkan"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[choice for choice in Form.choices if choice[0] != Form.UNDECIDED],
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Page
        fields = _HEAD
        widgets = {"summary": wide(3)}
        help_texts = {
            "summary": _("Det viktigaste i två eller tre meningar. Står i listor och i sökresultat."),
            "year": _("Året då texten skrevs."),
            "contact_role": _("Till exempel registrator eller föreningssamordnare. En funktion står sig längre."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        english = language() == "en"
        shown = ActivityField.objects.filter(scheme="mapping", valid_to__isnull=True)
        self.fields["page_fields"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name_en if english else one.name_sv) for one in shown
        ]
        self.fields["county"].empty_label = _("Hela landet")  # type: ignore[attr-defined]
        if page.pk:
            self.initial = {
                **self.initial,
                "owner_name": page.owner.name if page.owner else "", "version": page.saves,
                "place": page.municipality.display_name if page.municipality else "", "page_forms": page.forms,
                "page_fields": [str(pk) for pk in page.fields.values_list("pk", flat=True)],
            }  # fmt: skip

    def clean_place(self) -> Any:
        """Find the municipality that was meant."""
        text = self.cleaned_data["place"].strip()
        found = by_name(text) if text else None
        if text and found is None:
            raise forms.ValidationError(
                gettext("Det finns ingen kommun som heter så. Skriv kommunens namn, inte orten.")
            )
        return found

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        raise TypeError(f"{type(self).__name__} lacks values")

    def head(self) -> dict[str, Any]:
        """Return what the actions take of the head."""
        told = {name: self.cleaned_data[name] for name in HEAD if name in self.cleaned_data}
        place = self.cleaned_data["place"]
        return told | {
            "owner": self.cleaned_data["owner_name"],
            "municipality": place,
            "county": place.county if place else self.cleaned_data["county"],
            "forms": self.cleaned_data["page_forms"],
            "fields": [int(pk) for pk in self.cleaned_data["page_fields"]],
        }


class ArticleForm(HeadForm):
    """An article or a piece of news."""

    kind = forms.ChoiceField(label=_("Slag"), choices=ArticleKind.choices, widget=forms.RadioSelect)
    html = RichTextField(label=_("Text"), required=False, max_length=200_000)
    field_order = ("kind", "title", "summary", "html")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", ArticleKind.ARTICLE)
        if self.instance.pk:
            self.initial = {**self.initial, "kind": self.instance.article.kind, "html": self.instance.article.html}

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        return self.head() | {name: self.cleaned_data[name] for name in ("kind", "html")}


class PublicationForm(HeadForm):
    """A publication."""

    kind = forms.ChoiceField(label=_("Slag"), choices=PublicationKind.choices)
    key_points = forms.CharField(
        label=_("Det viktigaste"),
        required=False,
        max_length=3000,
        widget=wide(5),
        help_text=_("En punkt på varje rad."),
    )
    figures = forms.CharField(
        label=_("Nyckeltal"), required=False, max_length=2000, widget=wide(4),
        help_text=_("Ett på varje rad: talet, ett lodrätt streck och vad det är. Så här: 68 % | av kommunerna svarade"),
    )  # fmt: skip
    html = RichTextField(
        label=_("Text på webben"), required=False, max_length=2_000_000,
        help_text=_("I en inspirationsskrift är det här förordet."),
    )  # fmt: skip
    adopted_on = day_field(_("Antaget den"))
    valid_to = day_field(_("Gäller till och med"))
    review_on = day_field(_("Ska ses över senast"))
    field_order = ("kind", "title", "summary", "html", "key_points", "figures")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("series", "isbn", "diary_number", "adopted_by")
        self.fields |= forms.fields_for_model(Publication, names)
        for name in (*names, "adopted_on", "valid_to", "review_on"):
            self.fields[name] = self.fields.pop(name)
        self.fields["adopted_by"].help_text = _("För styrdokument: kommunfullmäktige, en nämnd eller styrelsen.")
        for number in range(1, CONTACTS + 1):
            self._add_contact(number)
        if self.instance.pk:
            self._fill(self.instance.publication)

    def _add_contact(self, number: int) -> None:
        labels = {"name": _("Kontaktperson"), "role": _("Roll"), "email": _("E-postadress"), "phone": _("Telefon")}
        for key, label in labels.items():
            kind = forms.EmailField if key == "email" else forms.CharField
            said = f"{gettext('Fler att fråga')} {number}: {label}"
            self.fields[f"contact_{number}_{key}"] = kind(label=said, required=False, max_length=120)

    def _fill(self, one: Publication) -> None:
        told = {name: getattr(one, name) for name in (
            "kind", "key_points", "html", "series", "isbn", "diary_number", "adopted_by", "adopted_on", "valid_to",
            "review_on",
        )}  # fmt: skip
        told["figures"] = "\n".join(f"{figure} | {said}" for figure, said in one.key_figures)
        for number, contact in enumerate(one.contacts[:CONTACTS], start=1):
            told |= {f"contact_{number}_{key}": value for key, value in contact.items()}
        self.initial = {**self.initial, **told}

    def clean_figures(self) -> list[list[str]]:
        """Read the lines as pairs."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["figures"].splitlines())):
            figure, sign, said = line.partition("|")
            if not (sign and figure.strip() and said.strip()):
                raise forms.ValidationError(
                    gettext("Skriv raden ”{line}” som tal, lodrätt streck och vad det är.").format(line=line[:60])
                )
            found.append([figure.strip(), said.strip()])
        return found

    def values(self) -> dict[str, Any]:
        """Return what the action takes."""
        told = self.cleaned_data
        own = ("kind", "html", "key_points", "series", "isbn", "diary_number", "adopted_by", "adopted_on", "valid_to",
               "review_on")  # fmt: skip
        contacts = [
            {key: told[f"contact_{number}_{key}"] for key in ("name", "role", "email", "phone")}
            for number in range(1, CONTACTS + 1)
        ]
        return self.head() | {name: told[name] for name in own} | {
            "key_figures": told["figures"], "contacts": [one for one in contacts if any(one.values())],
        }  # fmt: skip


class FileForm(forms.Form):
    """A new version of a publication's PDF."""

    file = forms.FileField(
        label=_("PDF-fil"), widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("Högst {most} MB. Helst taggad, så att skärmläsare kan läsa den.").format(
            most=MOST_BYTES // (1024 * 1024)
        ),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Vad är ändrat sedan förra versionen?"), required=False, max_length=300,
        help_text=_("Behövs från den andra versionen."),
    )  # fmt: skip


class ScheduleForm(forms.Form):
    """When a page is published by itself."""

    day = day_field(_("Dag"), required=True)
    clock = forms.TimeField(
        label=_("Klockslag"), widget=forms.TimeInput(attrs={"type": "time", "class": "is-short"}, format="%H:%M")
    )

    def moment(self) -> datetime.datetime:
        """Return the time in the site's own zone."""
        return timezone.make_aware(datetime.datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"]))


class AnswerForm(forms.Form):
    """What is said to a visitor, and whether the page was changed."""

    answer = forms.CharField(label=_("Svar"), required=False, max_length=2000, widget=wide(5))
    led_to_change = forms.BooleanField(
        label=_("Sidan är ändrad efter synpunkten"), required=False, help_text=_("Det står på sidan, med datum.")
    )

    def __init__(self, *args: Any, wants_answer: bool, may_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_change:
            del self.fields["led_to_change"]
        if wants_answer:
            self.fields["answer"].required = True
            self.fields["answer"].error_messages["required"] = _("Skriv ett svar. Den som skrev vill ha ett.")
            self.fields["answer"].help_text = _("Skickas med mejl till den som skrev. Sedan tas adressen bort.")
        else:
            self.fields["answer"].label = _("Anteckning till er själva")


class SenderForm(forms.Form):
    """What an organisation was called before."""

    organisation = OrganisationField(
        label=_("Organisationen i dag"), max_length=200, help_text=_("Namnet så som det står i registret.")
    )
    name = forms.CharField(label=_("Hette förut"), max_length=200)
    short_name = forms.CharField(label=_("Kort namn"), max_length=40, required=False)
    until = day_field(_("Till och med"), required=True)
