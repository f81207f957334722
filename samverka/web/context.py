"""What every page's frame needs: menus, the language switch, whether one is signed in.

A menu item whose address does not exist yet is left out, so that pages can come one by one.
"""

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.accounts import rules
from samverka.knowledge.rules import can_edit_knowledge
from samverka.newsletters.rules import can_send_for_host
from samverka.surveys.rules import can_run_surveys

from .came_from import page_of

MAIN = (
    (_("Samverkan"), "collaborations"),
    (_("Modellen"), "models"),
    (_("Kartläggningen"), "surveys"),
    (_("Exempel"), "examples"),
    (_("Platser"), "places"),
    (_("Organisationer"), "organisations"),
)
FOOTER = (
    (_("Publikationer"), "publications"),
    (_("Artiklar och nyheter"), "articles"),
    (_("Prenumerera"), "subscribe"),
    (_("Tillgänglighet"), "accessibility"),
    (_("Personuppgifter"), "privacy"),
    (_("Roller"), "about_roles"),
    (_("För it och jurist"), "about_legal"),
    (_("Om"), "about"),
    (_("Kontakt"), "contact"),
)
WORKSPACE = (
    (_("Översikt"), "workspace_overview"),
    (_("Våra samverkan"), "our_collaborations"),
    (_("Uppgifter"), "our_tasks"),
    (_("Kalender"), "our_calendar"),
    (_("Vår organisation"), "our_organisation"),
)
#: In the workspace's menu while the organisation is asked in an open round.
ASKED = (_("Kartläggningen"), "our_surveys")
COLLABORATION = (
    (_("Så här ligger det till"), "collaboration"),
    (_("Dagbok"), "diary"),
    (_("Åtaganden"), "commitments"),
    (_("Möten"), "meetings"),
    (_("Tidslinje"), "timeline"),
    (_("Om samverkan"), "collaboration_about"),
)
#: Pages of a collaboration beside those of its menu: the first part of their address, and where they belong.
BELONGS = {
    "anteckning": "diary",
    "gemensamt": "diary",
    "bilaga": "diary",
    "fas": "diary",
    "beslut": "commitments",
    "mandat": "commitments",
    "exempel": "collaboration_about",
    "bjud-in": "collaboration_about",
    "foljer-med": "collaboration_about",
    "diarienummer": "collaboration_about",
}
#: Pages of an organisation beside those of its menu, in the same way.
OURS = {
    "exempel": "our_organisation",
    "fragor": "our_organisation",
    "synpunkter": "our_organisation",
    "utskick": "our_organisation",
    "skriv-till-foreningar": "our_organisation",
    "vem-far-utskick": "our_organisation",
}
#: The host's menu, with who may open each page; what is seldom needed is on the start page only.
EDITORIAL = (
    (_("Översikt"), "editorial", rules.is_host_staff),
    (_("Register"), "editorial_organisations", rules.can_edit_register),
    (_("Kartläggningar"), "editorial_rounds", can_run_surveys),
    (_("Exempel"), "editorial_examples", can_edit_knowledge),
    (_("Publikationer"), "editorial_publications", can_edit_knowledge),
    (_("Artiklar"), "editorial_articles", can_edit_knowledge),
    (_("Utskick"), "editorial_issues", can_send_for_host),
    (_("Personer"), "editorial_people", rules.can_manage_host_roles),
    (_("Meddelanden"), "editorial_messages", rules.can_manage_installation),
    (_("Hälsa"), "editorial_health", rules.can_manage_installation),
)
#: Pages of the knowledge bank stand below one address at the desk, whatever their kind: where each belongs in its menu.
EDITORIAL_PAGES = {
    "example": "editorial_examples",
    "portrait": "editorial_examples",
    "publication": "editorial_publications",
    "article": "editorial_articles",
}
ACCOUNT = (
    (_("Mitt konto"), "account_overview"),
    (_("Inloggning"), "account_sign_in_methods"),
    (_("Var du är inloggad"), "usersessions_list"),
    (_("Mejl om samverkan"), "account_notices"),
    (_("Sparat"), "saved"),
    (_("Mina uppgifter"), "account_my_data"),
)


@dataclass(frozen=True)
class NavItem:
    """A menu item; current is "page" on the page itself, "true" below it, "" elsewhere."""

    label: Any
    url: str
    current: str


@dataclass(frozen=True)
class OtherLanguage:
    """The same page in the other language."""

    code: str
    name: str
    url: str


@functools.lru_cache(maxsize=1000)
def _address(name: str, args: tuple[str, ...], language: str | None, urlconf: str | None) -> str:
    try:
        return reverse(name, args=args, urlconf=urlconf)
    except NoReverseMatch:
        return ""


def address(name: str, *args: str) -> str:
    """Return the address of a named page in the reader's language, or "" if there is none (yet)."""
    return _address(name, args, get_language(), get_urlconf())


def local_path(path: str) -> str:
    """Return `path` in the reader's language: English stands under /en/."""
    return path if (get_language() or "sv").startswith(settings.LANGUAGE_CODE) else f"/en{path}"


class Site:
    """The frame of one page, `site` in templates. Nothing is looked up before the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def name(self) -> str:
        """The installation's name."""
        return settings.SITE_NAME

    @property
    def language(self) -> str:
        """The reader's language, for the lang attribute."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def home_url(self) -> str:
        """The front page."""
        return local_path("/")

    @property
    def search_url(self) -> str:
        """The search page."""
        return local_path("/sok/")

    @property
    def page_url(self) -> str:
        """The page one sees; after a form was sent, the page that it stood on."""
        return page_of(self._request)

    @property
    def other_language(self) -> OtherLanguage:
        """The same page in the other language: English is /en/ and the same path."""
        path = self.page_url
        if path == "/en" or path.startswith("/en/"):
            return OtherLanguage("sv", "Svenska", path[3:] or "/")
        return OtherLanguage("en", "English", f"/en{path}")

    def _menu(self, items: tuple[tuple[Any, str], ...], *args: str, within: str = "") -> list[NavItem]:
        here = self._request.path
        found = [(label, address(name, *args)) for label, name in items]
        above = (url for _label, url in found if url and (within or here).startswith(url))
        deepest = max(above, key=len, default="")
        return [
            NavItem(label, url, "" if url != deepest else "page" if here == url else "true")
            for label, url in found
            if url
        ]

    @property
    def main_nav(self) -> list[NavItem]:
        """The public menu."""
        return self._menu(MAIN)

    @property
    def footer_nav(self) -> list[NavItem]:
        """The menu at the foot."""
        return self._menu(FOOTER)

    @property
    def editorial_nav(self) -> list[NavItem]:
        """The host's menu: the pages that the person may open."""
        return self.editorial_nav_at("")

    def editorial_nav_at(self, belongs: str) -> list[NavItem]:
        """The host's menu on a page whose address does not tell where it belongs: to the page with that name."""
        user = getattr(self._request, "user", None)
        items = tuple((label, name) for label, name, may in EDITORIAL if may(user))
        return self._menu(items, within=address(belongs) if belongs else "")

    @property
    def account_nav(self) -> list[NavItem]:
        """The menu of one's own account."""
        return self._menu(ACCOUNT)

    def workspace_nav(self, organisation_id: str, *, is_asked: bool = False) -> list[NavItem]:
        """The workspace's menu for the organisation with that public id, which stands in the address; with the mapping
        while the organisation is asked in a round.
        """
        items = (*WORKSPACE[:2], ASKED, *WORKSPACE[2:]) if is_asked else WORKSPACE
        first = address("workspace_overview", organisation_id)
        belongs = OURS.get(self._request.path.removeprefix(first).partition("/")[0])
        return self._menu(items, organisation_id, within=address(belongs, organisation_id) if belongs else "")

    def collaboration_nav(self, organisation_id: str, collaboration_id: str) -> list[NavItem]:
        """The menu of one collaboration, for the organisation one acts for."""
        first = address("collaboration", organisation_id, collaboration_id)
        belongs = BELONGS.get(self._request.path.removeprefix(first).partition("/")[0])
        within = address(belongs, organisation_id, collaboration_id) if belongs else ""
        return self._menu(COLLABORATION, organisation_id, collaboration_id, within=within)

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        user = getattr(self._request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @property
    def workspace_url(self) -> str:
        """Where one chooses whom to act for."""
        return address("workspace")

    @property
    def account_url(self) -> str:
        """One's own account."""
        return address("account_overview")

    @property
    def roles_url(self) -> str:
        """What each role may do."""
        return address("about_roles")

    @property
    def sign_in_url(self) -> str:
        """Where one signs in."""
        return address("account_login")

    @property
    def sign_out_url(self) -> str:
        """Where signing out is posted."""
        return address("account_logout")


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site`, the frame of the page."""
    return {"site": Site(request)}
