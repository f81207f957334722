"""The facts of a collaboration as one fills them in: what it is about, in which form and field, where and when."""

from collections.abc import Iterable
from typing import Any

from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    Textarea,
    TextInput,
    URLField,
    ValidationError,
)
from django.utils.translation import gettext_lazy as _

from samverka.collaborations import enums
from samverka.collaborations.facts import Facts, field_name, level_of, place_name, place_of
from samverka.organisations.models import ActivityField, Organisation
from samverka.places.models import County, Municipality
from samverka.places.queries import by_name, county_by_name
from samverka.processes.enums import SocietyLevel
from samverka.web.components.careful import Careful
from samverka.web.components.day_field import day_field
from samverka.web.components.title_field import TitleField

#: What need not be answered at once, in the order of the page.
MORE = "forms areas place society_level starts_on ends_on"
WHOLE_COUNTRY = _("Hela landet")
_WHOLE = {"hela landet", "sverige", "the whole country", "sweden"}


class FieldsWidget(CheckboxSelectMultiple):
    """Boxes for fields of activity; a sensitive one is marked, so that the page can warn beside the text (R10)."""

    sensitive: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return one box, with the mark."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.sensitive:
            option["attrs"]["data-sensitive"] = "true"
        return option


class FactsForm(Careful, Form):
    """What is known of a collaboration. `areas` are the fields of collaboration to choose among."""

    title = TitleField(
        label=_("Vad ska vi göra tillsammans?"),
        help_text=_("Några ord som alla förstår, till exempel Läxhjälp på tre språk."),
    )
    purpose = CharField(
        label=_("Varför?"),
        help_text=_("Vems vardag ska bli bättre, och hur? Två meningar räcker. Den ni bjuder in läser det här."),
        max_length=2000,
        widget=Textarea(attrs={"rows": 4}),
    )
    forms = MultipleChoiceField(
        label=_("I vilken form?"),
        help_text=_("Välj en eller flera. Vet ni inte än går det bra att vänta."),
        choices=enums.Form.choices,
        required=False,
        widget=CheckboxSelectMultiple,
    )
    areas = MultipleChoiceField(label=_("Inom vilket område?"), required=False, widget=FieldsWidget)
    place = CharField(
        label=_("Var?"),
        help_text=_("En kommun eller ett län, till exempel Falköping eller Kalmar län. Annars: hela landet."),
        max_length=60,
        required=False,
        widget=TextInput(attrs={"autocomplete": "off"}),
    )
    society_level = ChoiceField(
        label=_("På vilken nivå i samhället?"), choices=[("", _("Inte bestämt")), *SocietyLevel.choices], required=False
    )
    starts_on = day_field(_("Från"))
    ends_on = day_field(_("Till"), _("Lämna tomt om ni inte vet."))

    def __init__(self, *args: Any, areas: Iterable[ActivityField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(area.pk): area for area in areas}
        field = self.fields["areas"]
        field.choices = [(key, field_name(area)) for key, area in self.known.items()]  # type: ignore[attr-defined]
        field.widget.sensitive = frozenset(key for key, area in self.known.items() if area.sensitive)
        self.municipality: Municipality | None = None
        self.county: County | None = None

    def clean_forms(self) -> list[str]:
        """Drop "not decided yet" where a form has been chosen too."""
        chosen: list[str] = self.cleaned_data["forms"]
        decided = [code for code in chosen if code != enums.Form.UNDECIDED]
        return decided or chosen

    def clean_place(self) -> str:
        """Find the municipality or the county that was meant."""
        text: str = self.cleaned_data["place"].strip()
        if not text or text.casefold() in _WHOLE:
            return ""
        self.municipality = by_name(text)
        self.county = self.municipality.county if self.municipality else county_by_name(text)
        if self.county is None:
            raise ValidationError(_("Det finns ingen kommun och inget län som heter så. Skriv namnet, inte orten."))
        return text

    def facts(self) -> Facts:
        """Return what was filled in."""
        data = self.cleaned_data
        return Facts(
            title=data["title"],
            purpose=data.get("purpose", ""),
            forms=tuple(data["forms"]),
            fields=tuple(self.known[key] for key in data["areas"]),
            municipality=self.municipality,
            county=self.county,
            society_level=data["society_level"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            link=data.get("link", ""),
        )


class ChangeFactsForm(FactsForm):
    """The facts of a collaboration that is there. One put in afterwards may link to where it stands."""

    link = URLField(
        label=_("Länk"),
        help_text=_("Till avtal, beslut eller en sida om det."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=TextInput(attrs={"inputmode": "url"}),
    )
    version = IntegerField(widget=HiddenInput, min_value=0)

    def __init__(self, *args: Any, recorded: bool, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].required = not (recorded or alone)
        if not recorded:
            del self.fields["link"]


def initial_of(facts: Facts) -> dict[str, Any]:
    """Return stored facts as the form's first values."""
    return {
        "title": facts.title,
        "purpose": facts.purpose,
        "forms": list(facts.forms),
        "areas": [str(field.pk) for field in facts.fields],
        "place": place_name(facts.municipality, facts.county) or str(WHOLE_COUNTRY),
        "society_level": facts.society_level,
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
        "link": facts.link,
    }


def proposed(organisation: Organisation) -> dict[str, Any]:
    """Return what is filled in beforehand when this organisation starts something."""
    municipality, county = place_of(organisation)
    return {
        "forms": [enums.Form.UNDECIDED.value],
        "place": place_name(municipality, county) or str(WHOLE_COUNTRY),
        "society_level": level_of(organisation),
    }
