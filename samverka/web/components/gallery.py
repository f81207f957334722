"""Sample data for the component gallery (/redaktion/galleri/): every component in every state, with invented names."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.web.components import icons, lists
from samverka.web.components.circles import CircleField

COMMITTEE = "Utbildningsnämnden, Exempelby kommun"
VILLAGE = "Exempelby byalag"


@dataclass(frozen=True)
class SampleDoor:
    """A way in, as the front page's view makes it."""

    side: str
    heading: Any
    text: Any
    label: Any
    link: str = "#"


@dataclass(frozen=True)
class Event:
    """Something that has happened, for the timeline."""

    when: datetime.date | datetime.datetime
    text: str
    side: str


class SampleForm(forms.Form):
    """One field of each kind; `name` is required and the rest are not, save `agree`."""

    name = forms.CharField(label=_("Föreningens namn"), help_text=_("Som ni själva skriver det."))
    org_number = forms.CharField(
        label=_("Organisationsnummer"), required=False, widget=forms.TextInput(attrs={"class": "is-short"})
    )
    about = forms.CharField(label=_("Det här gör vi"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    since = forms.DateField(label=_("Sedan när"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("Slag"), required=False, choices=[("association", _("Förening")), ("network", _("Nätverk"))]
    )
    answer = forms.ChoiceField(
        label=_("Vill ni vara med?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja, gärna")), ("call", _("Ring mig i stället")), ("no", _("Nej, inte nu"))],
    )
    fields_of_activity = forms.MultipleChoiceField(
        label=_("Vad handlar det om?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("children", _("Barn och unga")), ("culture", _("Kultur")), ("health", _("Folkhälsa"))],
    )
    agree = forms.BooleanField(
        label=_("Styrelsen känner till det här"), help_text=_("Eller tar upp det på nästa möte.")
    )


def _doors() -> list[SampleDoor]:
    said = _("Tre dörrar leder in. Hela rutan är länken, och var och en har sin sidas färg och form.")
    return [
        SampleDoor("public", _("Det offentligas dörr"), said, _("Förbered ett möte")),
        SampleDoor("civil", _("Föreningens dörr"), said, _("Berätta vad ni vill")),
        SampleDoor("shared", _("Dörren för alla"), said, _("Visa exempel")),
    ]


def _lists() -> dict[str, Any]:
    query = QueryDict("kommun=1280&omrade=barn&sida=2")
    columns = [
        lists.Column(str(_("Organisation")), sort_url="?sortera=namn", sorted="ascending"),
        lists.Column(str(_("Kommun"))),
        lists.Column(str(_("Område"))),
        lists.Column(str(_("Samverkan")), numeric=True, sort_url="?sortera=antal"),
    ]
    values: list[list[Any]] = [
        [lists.Cell(VILLAGE, "#", "civil"), "Exempelby kommun", "Barn och unga", "3"],
        [lists.Cell("Provstads odlare och trädgårdsvänner", "#", "civil"), "Provstad", "Miljö", "12"],
        [lists.Cell("Exempelby kommun", "#", "public"), "Exempelby kommun", "Alla", "1 308"],
    ]
    areas = [
        ("barn", "Barn och unga", 412), ("kultur", "Kultur", 388), ("idrott", "Idrott och friluftsliv", 1308),
        ("miljo", "Miljö", 57), ("halsa", "Folkhälsa", 91), ("tro", "Tros- och livsåskådning", 64),
    ]  # fmt: skip
    return {
        "chips": lists.chips(
            query,
            {
                "kommun": (str(_("Kommun")), {"1280": "Malmö stad"}),
                "omrade": (str(_("Område")), {"barn": "Barn och unga"}),
            },
        ),
        "facet_groups": [lists.facet(query, "omrade", str(_("Område")), areas, shown=4)],
        "columns": columns,
        "rows": lists.rows(columns, values),
        "page": Paginator(range(612), 50).page(2),
    }


def _circles() -> list[CircleField]:
    def sample(**given: Any) -> CircleField:
        base: dict[str, Any] = {
            "label": str(_("Vad kan en utomstående se om ett år?")), "part": "Utbildningsnämnden", "side": "public",
            "party_readers": [COMMITTEE], "all_readers": [COMMITTEE, VILLAGE],
        }  # fmt: skip
        return CircleField(**(base | given))

    return [
        sample(text_name="text_a", circle_name="circle_a", help=str(_("Skriv så att någon utifrån förstår."))),
        sample(text_name="text_b", circle_name="circle_b", selected="party", text="Fler på biblioteket om tisdagarna."),
        sample(
            text_name="text_c", circle_name="circle_c", selected="all", side="civil", part=VILLAGE,
            party_readers=[VILLAGE],
            errors=[str(_("Skriv något, eller lämna steget till senare."))], closed=["me"],
        ),
    ]  # fmt: skip


def _picture() -> str:
    import segno

    return cast(Callable[..., str], segno.make("https://exempel.example/").svg_data_uri)(scale=4, border=2)


def context() -> dict[str, Any]:
    """Return everything the gallery's template shows."""
    now = timezone.now()
    return {
        "doors": _doors(),
        "icon_names": list(icons.ICONS),
        "sample_form": SampleForm(),
        "faulty_form": SampleForm({"fel-answer": ""}, prefix="fel"),
        "circles": _circles(),
        "committee": COMMITTEE,
        "village": VILLAGE,
        "readers": [COMMITTEE, VILLAGE],
        "now": now,
        "today": timezone.localdate(),
        "facts_sample": [
            (_("Kommun"), "Exempelby kommun"),
            (_("Slag"), _("Förening")),
            (_("Bildad år"), 1934),
            (_("Telefon"), ""),
        ],
        "events": [
            Event(datetime.date(2027, 2, 3), "Utbildningsnämnden bjöd in byalaget.", "public"),
            Event(datetime.date(2027, 2, 11), "Byalaget tackade ja.", "civil"),
            Event(now, "Båda parter skrev under målet.", "shared"),
        ],
        "qr_picture": _picture(),
        **_lists(),
    }
