"""The host's start page: what one's roles may do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samverka.accounts import rules
from samverka.kernel.access import requires
from samverka.knowledge.rules import can_edit_knowledge
from samverka.knowledge.search_rules import can_see_searches
from samverka.newsletters.rules import can_send_for_host
from samverka.surveys.rules import can_run_surveys
from samverka.web.context import address


@dataclass(frozen=True)
class Card:
    """A card on the start page: its heading, its text, the page's name and who may open it."""

    heading: Any
    text: Any
    page: str
    rule: Callable[[Any, Any], bool]

    @property
    def url(self) -> str:
        """The page's address; "" until the page exists."""
        return address(self.page)


CARDS = (
    Card(
        _("Organisationer"), _("Lägg till, rätta och slå ihop organisationer i registret."),
        "editorial_organisations", rules.can_edit_register,
    ),
    Card(
        _("Rättelser"), _("Svara dem som har sagt att något inte stämmer."),
        "editorial_corrections", rules.can_edit_register,
    ),
    Card(
        _("Inläsning"), _("Läs in ett register från en fil och se vad som hände med varje rad."),
        "editorial_imports", rules.can_import_register,
    ),
    Card(
        _("Kartläggningar"), _("Starta en omgång, bjud in, påminn och se vilka som har svarat."),
        "editorial_rounds", can_run_surveys,
    ),
    Card(
        _("Frågeformulär"), _("Se frågeformulären och prova dem så som de som får dem möter dem."),
        "editorial_questionnaires", can_run_surveys,
    ),
    Card(
        _("Resultat"), _("Se resultaten av en omgång innan andra gör det, och låt alla se dem."),
        "editorial_results", can_run_surveys,
    ),
    Card(
        _("Rapporter"), _("Skriv om en omgång med siffror som följer svaren, och publicera en utgåva som består."),
        "editorial_reports", can_run_surveys,
    ),
    Card(
        _("Exempel och porträtt"), _("Läs det som har skickats in, be om ändringar och publicera."),
        "editorial_examples", can_edit_knowledge,
    ),
    Card(
        _("Publikationer"), _("Lägg in rapporter, vägledningar och styrdokument, och gör inspirationsskrifter."),
        "editorial_publications", can_edit_knowledge,
    ),
    Card(
        _("Artiklar och nyheter"), _("Skriv, publicera på en bestämd tid och se vad som är ändrat."),
        "editorial_articles", can_edit_knowledge,
    ),
    Card(
        _("Synpunkter på sidor"), _("Se om sidorna hjälper, och svara dem som vill ha svar."),
        "editorial_feedback", can_edit_knowledge,
    ),
    Card(
        _("Utskick"), _("Skriv till kommuner, regioner och prenumeranter, och se hur mejlet ser ut innan det går."),
        "editorial_issues", can_send_for_host,
    ),
    Card(
        _("Sökningar"), _("Se vad besökare söker på utan att hitta något."),
        "editorial_searches", can_see_searches,
    ),
    Card(
        _("Personer"), _("Ge och ta bort värdens roller."),
        "editorial_people", rules.can_manage_host_roles,
    ),
    Card(
        _("Meddelanden"), _("Se om mejlen har kommit iväg, och hur varje mejl ser ut."),
        "editorial_messages", rules.can_manage_installation,
    ),
    Card(
        _("Godkända villkor"), _("Se vilka som har godkänt villkoren för personuppgifter, och ta ut listan."),
        "editorial_terms", rules.can_manage_installation,
    ),
    Card(
        _("Hälsa"), _("Se jobb, databas och säkerhetskopior, och försök igen när något har stannat."),
        "editorial_health", rules.can_manage_installation,
    ),
    Card(
        _("Galleri"), _("Sidornas delar, i ljust och mörkt."),
        "editorial_gallery", rules.can_manage_installation,
    ),
)  # fmt: skip


@requires(rules.is_host_staff)
def home(request: HttpRequest) -> HttpResponse:
    cards = [card for card in CARDS if card.rule(request.user, None) and card.url]
    return render(request, "editorial/home.html", {"cards": cards})
