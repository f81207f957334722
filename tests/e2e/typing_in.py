"""What the tests of drafts share: who types where, and what the page and the browser hold of it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.models import Entry
from samverka.organisations.models import Organisation
from tests.e2e.conftest import WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults
from tests.people import Together
from tests.world import client_of, seat_of

JOINT = "gemensamt/?plats=3.2.1"
FIRST, HERS, HIS = "Barn i årskurs 4 till 6.", "Barn och deras föräldrar.", "Barn i årskurs 4 till 6, på tre språk."
BOTH = "Barn i årskurs 4 till 6 och deras föräldrar, på tre språk."
KEPT, OFFLINE, BOX = "som utkast. Bara du ser det.", "Ingen anslutning.", "Det vi skriver tillsammans"
Open = Callable[..., BrowserContext]


def browser_of(open_context: Open, site: Site, person: User, size: dict[str, int] = WIDE, **options: Any) -> Any:
    """Return a browser in which the person is signed in, and a page in it."""
    context = open_context(size, **options)
    enter_as(context, site, client_of(person).cookies["sessionid"].value)
    return context, opened(context, site)


def opened(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    site.listen_to(page)
    return page


def at(together: Together, path: str, organisation: Organisation | None = None) -> str:
    ours = organisation or together.village.municipality
    return f"/arbete/{ours.public_id}/samverkan/{together.collaboration.public_id}/{path}"


def write(together: Together, name: str, text: str, version: int = 0) -> Entry:
    place = Place.of("3.2.1")
    return actions.write_joint_note(by=seat_of(together, name), text=text, version=version, place=place)


def status(page: Page) -> Any:
    return page.locator("[data-draft-status]")


def held(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('samverka.utkast'))")
    return found


def faults_of(page: Page) -> list[str]:
    return axe_faults(page) + frame_faults(page, "sv", "Samverka")


def unheard(site: Site) -> list[str]:
    """What the consoles complained of, but for the connection that the test itself took away."""
    return [line for line in site.complaints if "ERR_INTERNET_DISCONNECTED" not in line]
