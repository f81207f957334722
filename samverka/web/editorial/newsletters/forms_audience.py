"""To whom: the form of each format."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.newsletters.audiences import Segment
from samverka.newsletters.enums import Format
from samverka.newsletters.models import Issue, RecipientList
from samverka.organisations.enums import CIVIL_KINDS, PUBLIC_KINDS, FieldScheme, FunctionKind, Kind
from samverka.organisations.models import ActivityField
from samverka.organisations.place_names import counties, municipalities
from samverka.organisations.queries import current_fields
from samverka.places.models import GroupingKind, PlaceClass
from samverka.places.queries import grouping_on
from samverka.web.public.newsletters.forms_subscribing import TopicsField

_EITHER = (("", _("Spelar ingen roll")), ("yes", _("Ja")), ("no", _("Nej")))


def _counties() -> list[tuple[str, str]]:
    """Return the counties to choose among, in the order of their names."""
    return [(one.code, one.name) for one in sorted(counties().values(), key=lambda one: one.sort_key)]


class AudienceForm(forms.Form):
    """Base: gives a Segment."""

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        self.issue = issue
        kwargs.setdefault("initial", self.initial_of(Segment.of(issue.audience)))
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].queryset = current_fields(FieldScheme.MAPPING)  # type: ignore[attr-defined]

    def initial_of(self, segment: Segment) -> dict[str, Any]:
        """Return what the form begins with."""
        asked = parse_qs(segment.query)
        return {
            "kinds": asked.get("slag", []), "counties": asked.get("lan", []), "municipality": _first(asked, "kommun"),
            "function": segment.function, "topics": list(segment.fields), "place_class": segment.place_class,
            "answered": segment.answered, "agreement": segment.agreement, "list": segment.list,
        }  # fmt: skip

    @property
    def segment(self) -> Segment:
        """What was chosen."""
        raise TypeError(f"{type(self).__name__} chooses nobody")


def _first(asked: dict[str, list[str]], name: str) -> str:
    return asked.get(name, [""])[0]


class OfficesForm(AudienceForm):
    """Offices of public bodies."""

    kinds = forms.MultipleChoiceField(
        label=_("Vilka slags aktörer?"), choices=[(kind.value, kind.label) for kind in Kind if kind in PUBLIC_KINDS],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Välj minst ett slag.")},
    )  # fmt: skip
    counties = forms.MultipleChoiceField(
        label=_("Län"), help_text=_("Välj inget för hela landet."), required=False, widget=forms.CheckboxSelectMultiple
    )
    place_class = forms.TypedChoiceField(
        label=_("Kommuner efter invånare"), required=False, coerce=int, empty_value=None
    )
    function = forms.ChoiceField(
        label=_("Till vilken funktion?"), choices=FunctionKind.choices, initial=FunctionKind.REGISTRAR,
        help_text=_("Gäller där aktören inte själv har sagt vem som ska få det."),
    )  # fmt: skip
    topics = TopicsField(
        label=_("Vad handlar det om?"), queryset=ActivityField.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Då går det till dem som aktören har angett för området."),
    )  # fmt: skip
    answered = forms.ChoiceField(label=_("Har svarat i kartläggningen"), choices=_EITHER, required=False)
    agreement = forms.ChoiceField(
        label=_("Har en överenskommelse"), choices=_EITHER, required=False,
        help_text=_("Enligt svaren i den senaste kartläggningen som är publicerad."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counties"].choices = _counties()  # type: ignore[attr-defined]
        self.fields["place_class"].choices = [("", _("Alla")), *_classes()]  # type: ignore[attr-defined]

    @property
    def segment(self) -> Segment:
        """What was chosen."""
        data = self.cleaned_data
        pairs = [("slag", kind) for kind in data["kinds"]] + [("lan", code) for code in data["counties"]]
        return Segment(
            "offices", urlencode(pairs), data["function"], tuple(field.pk for field in data["topics"]),
            data["place_class"], data["answered"], data["agreement"],
        )  # fmt: skip


def _classes() -> list[tuple[int, str]]:
    grouping = grouping_on(GroupingKind.POPULATION, timezone.localdate())
    rows = PlaceClass.objects.filter(grouping=grouping) if grouping else PlaceClass.objects.none()
    return [(row.pk, row.name_sv) for row in rows]


class SubscribersForm(AudienceForm):
    """Those who have asked for it."""

    topics = TopicsField(
        label=_("Ämnen"), queryset=ActivityField.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("De som valt något av ämnena, och de som vill ha allt. Välj inget för alla."),
    )  # fmt: skip

    counties = forms.MultipleChoiceField(
        label=_("Län"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("De som valt länet eller en kommun där, och de som inte valt plats. Välj inget för hela landet."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counties"].choices = _counties()  # type: ignore[attr-defined]

    def initial_of(self, segment: Segment) -> dict[str, Any]:
        """Return what the form begins with."""
        return super().initial_of(segment) | {"counties": list(segment.counties)}

    @property
    def segment(self) -> Segment:
        """What was chosen."""
        data = self.cleaned_data
        return Segment(
            "subscribers", fields=tuple(field.pk for field in data["topics"]), counties=tuple(data["counties"])
        )


class AssociationsForm(AudienceForm):
    """Associations of the register, or a list of one's own."""

    list = forms.ChoiceField(label=_("Egen lista"), required=False)
    municipality = forms.ChoiceField(label=_("Eller föreningar i kommunen"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Slag"), choices=[(kind.value, kind.label) for kind in Kind if kind in CIVIL_KINDS], required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Välj inget för alla slag."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = RecipientList.objects.filter(sender=self.issue.sender, removed_at=None)
        self.fields["list"].choices = [("", _("Ingen")), *((row.public_id, row.name) for row in own)]  # type: ignore[attr-defined]
        places = [(code, place.name) for code, place in municipalities().items()]
        self.fields["municipality"].choices = [("", _("Hela registret")), *places]  # type: ignore[attr-defined]

    def initial_of(self, segment: Segment) -> dict[str, Any]:
        """Return what the form begins with: the sender's own municipality."""
        found = super().initial_of(segment)
        return found if segment.kind else found | {"municipality": self.issue.sender.municipality_id or ""}

    @property
    def segment(self) -> Segment:
        """What was chosen."""
        data = self.cleaned_data
        if data["list"]:
            return Segment("list", list=data["list"])
        pairs = [("slag", kind) for kind in data["kinds"]]
        pairs += [("kommun", data["municipality"])] if data["municipality"] else []
        earlier = parse_qs(Segment.of(self.issue.audience).query)
        pairs += [(name, value) for name in ("q", "omrade", "lan") for value in earlier.get(name, [])]
        return Segment("associations", urlencode(pairs))


FORMS = {Format.OFFICIAL: OfficesForm, Format.MAGAZINE: SubscribersForm, Format.PLAIN: AssociationsForm}


class ScheduleForm(forms.Form):
    """When it leaves by itself."""

    send_at = forms.DateTimeField(
        label=_("Skicka senare"), help_text=_("Svensk tid."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "is-short"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"required": _("Välj dag och tid."), "invalid": _("Skriv tiden som 2027-03-12 08:30.")},
    )  # fmt: skip
