"""The front page: what this is in one sentence, search, three doors, what is going on."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.collaborations.queries import active_by_municipality, count_active
from samverka.kernel.access import public
from samverka.knowledge.enums import PageKind
from samverka.knowledge.finding import Filters, listed
from samverka.newsletters.enums import Format
from samverka.newsletters.queries import public_issues
from samverka.organisations.register import RegisterFilters, register_page
from samverka.processes.reading import SHIPPED
from samverka.web.components.map import sweden_map
from samverka.web.components.words import day
from samverka.web.context import address

from .knowledge.addresses import page_path
from .knowledge.example_list import meta_of

#: How old the figures may be, in seconds.
FIGURES_LIVE = 60
#: How many of the newest examples it shows.
EXAMPLES = 3

# Each door has the way it will lead and, until that page exists, the nearest one there is: (label, route).
DOORS = (
    (
        "public",
        gettext_lazy("Jag arbetar i en kommun, region eller myndighet"),
        gettext_lazy(
            "Förbered första mötet på fem minuter. Samla det som redan pågår hos er, håll reda på åtagandena "
            "och lämna över utan att något går förlorat."
        ),
        ((gettext_lazy("Förbered ett möte"), "prepare"), (gettext_lazy("Starta en samverkan"), "workspace")),
    ),
    (
        "civil",
        gettext_lazy("Jag är med i en förening eller ett nätverk"),
        gettext_lazy(
            "Svara på en inbjudan från mobilen, säg vad ni kan och behöver, och se vad det blev av det ni sa. "
            "Det kostar inget, och ni behöver inget organisationsnummer."
        ),
        ((gettext_lazy("Berätta vad ni vill"), "tell_us"), (gettext_lazy("Hitta er förening"), "organisations")),
    ),
    (
        "shared",
        gettext_lazy("Jag vill lära av andra"),
        gettext_lazy(
            "Läs exempel, se hur din kommun svarar bredvid liknande kommuner och hämta modellen att skriva ut."
        ),
        ((gettext_lazy("Visa exempel"), "examples"), (gettext_lazy("Se din kommun"), "places")),
    ),
)


@dataclass(frozen=True)
class Door:
    """A way in, as the component shows it."""

    side: str
    heading: str
    text: str
    link: str
    label: str


def doors() -> list[Door]:
    """Return the three doors, each to the first of its ways that exists."""
    found = []
    for side, heading, text, ways in DOORS:
        label, url = next((label, address(route)) for label, route in ways if address(route))
        found.append(Door(side, str(heading), str(text), url, str(label)))
    return found


def _figures() -> dict[str, Any]:
    def count() -> dict[str, Any]:
        return {
            "collaborations": count_active(),
            "organisations": register_page(RegisterFilters(), page_size=1).total,
            "by_municipality": active_by_municipality(),
        }

    return cache.get_or_set("front_figures", count, FIGURES_LIVE) or {}


def _examples() -> list[dict[str, str]]:
    """Return the newest examples, as their lists show them."""
    newest = listed(PageKind.EXAMPLE, Filters())[:EXAMPLES]
    return [
        {"url": page_path(one), "title": one.shown_title, "summary": one.shown_summary, "meta": meta_of(one)}
        for one in newest
    ]


def _latest_issue() -> dict[str, str] | None:
    """Return the magazine that was last sent to subscribers, or None."""
    issue = public_issues().filter(format=Format.MAGAZINE).first()
    if issue is None:
        return None
    return {
        "url": address("issue_page", issue.public_id, issue.slug),
        "title": issue.title,
        "day": day(issue.sending_began_at),
    }


@public
def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    now = _figures()
    picture = sweden_map(
        now["by_municipality"],
        title=_("Samverkan som pågår, per kommun"),
        description=_("Karta över Sverige. Streckat betyder att inget är inlagt, inte att inget händer."),
        unit=_("samverkan"),
    )
    figures = [
        (now["collaborations"], _("samverkan pågår")),
        (len(now["by_municipality"]), _("kommuner är med")),
        (now["organisations"], _("organisationer i registret")),
    ]
    context = {
        "doors": doors(),
        "figures": [(number, label) for number, label in figures if number],
        "examples": _examples(),
        "issue": _latest_issue(),
        "map": picture,
        "examples_url": address("examples"),
        "send_in_url": address("example_start"),
        "subscribe_url": address("subscribe"),
        "issues_url": address("issues"),
        "model_url": address("model", SHIPPED) or address("models"),
        "code_url": address("enter_code"),
        "registrar_url": address("about_registrars"),
    }
    return render(request, "public/front.html", context)
