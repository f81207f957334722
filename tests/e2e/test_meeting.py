"""A meeting in the browser: on the wall, on a telephone beside it, and the mails afterwards."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from samverka.accounts.models import User
from samverka.collaborations import sending
from samverka.collaborations.models import Entry, Meeting, Party
from samverka.organisations.models import Membership, Organisation
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import Together, build_together, build_village
from tests.world import client_of

pytestmark = pytest.mark.browser
WALL = {"width": 1920, "height": 1080}
Open = Callable[..., BrowserContext]


def window(open_context: Open, site: Site, person: User, size: dict[str, int]) -> Page:
    context = open_context(size)
    enter_as(context, site, client_of(person).cookies["sessionid"].value)
    page = context.new_page()
    site.listen_to(page)
    return page


def base(together: Together, organisation: Organisation) -> str:
    return f"/arbete/{organisation.public_id}/samverkan/{together.collaboration.public_id}/"


def faults_of(page: Page) -> list[str]:
    return axe_faults(page) + frame_faults(page, "sv", "Samverka")


def begin(wall: Page, together: Together) -> None:
    wall.goto(base(together, together.village.municipality) + "moten/")
    wall.get_by_role("link", name="Starta ett möte").click()
    wall.get_by_label("Yusuf Provsson, Exempelby byalag").check()
    wall.get_by_label("Namn").first.fill("Bo Granne")
    wall.get_by_label("E-postadress").first.fill("bo@example.org")
    assert not faults_of(wall)
    shot(wall, "meeting-new")
    wall.get_by_role("button", name="Starta mötet").click()
    wall.wait_for_url("**/moten/*/1.1.1/")


def test_meeting_from_the_wall_to_the_mails(open_context: Open, site: Site) -> None:
    together = build_together(build_village())
    village = together.village
    wall = window(open_context, site, village.karin, WALL)
    begin(wall, together)
    assert "Fråga 1 av 6" in wall.inner_text("header")
    for words in ("h1", "textarea", ".meeting__stance"):
        size = wall.locator(words).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 28, f"{words}: {size} px"
    wall.get_by_label("Det Exempelby kommun säger").fill("Att biblioteket är fullt på tisdagar.")
    wall.get_by_label("Det Exempelby byalag säger").fill("Att föräldrarna vågar komma in.")
    wall.get_by_role("textbox", name="Det vi säger tillsammans").fill("Barn i årskurs 4 till 6.")
    shot(wall, "meeting-question")
    wall.get_by_role("button", name="Vi är överens").click()
    expect(wall.get_by_role("button", name="Vi är överens")).to_have_attribute("aria-pressed", "true")
    assert not faults_of(wall)
    same_box_on_a_telephone(wall, open_context, site, together)
    wall.get_by_role("button", name="Spara och gå ut ur mötesläget").click()
    assert not faults_of(wall)
    shot(wall, "meeting-under-way")
    wall.get_by_role("link", name="Avsluta mötet").click()
    assert not faults_of(wall)
    shot(wall, "meeting-end")
    wall.get_by_role("button", name="Avsluta och skicka texten").click()
    expect(wall.get_by_text("Mötet är avslutat.")).to_be_visible()
    assert not faults_of(wall)
    shot(wall, "meeting-ended")
    mails_and_confirmation(open_context, site, together)
    assert not site.complaints


def same_box_on_a_telephone(wall: Page, open_context: Open, site: Site, together: Together) -> None:
    """Yusuf writes in the box for all while Karin does: he is shown both, and nothing is lost."""
    phone = window(open_context, site, together.village.yusuf, PHONE)
    phone.goto(wall.url.replace(together.village.municipality.public_id, together.village.association.public_id))
    wall.get_by_role("textbox", name="Det vi säger tillsammans").fill("Barn i årskurs 4 till 6, på tre språk.")
    wall.get_by_role("button", name="Spara", exact=True).click()
    expect(wall.get_by_text("Sparat och delat med alla parter.")).to_be_visible()
    phone.get_by_role("textbox", name="Det vi säger tillsammans").fill("Barn och deras föräldrar.")
    phone.get_by_role("button", name="Spara", exact=True).click()
    expect(phone.get_by_text("Någon annan har sparat medan ni skrev.")).to_be_visible()
    expect(phone.get_by_text("Barn i årskurs 4 till 6, på tre språk.")).to_be_visible()
    assert phone.get_by_role("textbox", name="Det vi säger tillsammans").input_value() == "Barn och deras föräldrar."
    assert not faults_of(phone)
    shot(phone, "meeting-conflict")
    phone.get_by_role("textbox", name="Det vi säger tillsammans").fill(
        "Barn i årskurs 4 till 6 och deras föräldrar, på tre språk."
    )
    phone.get_by_role("button", name="Spara", exact=True).click()
    expect(phone.get_by_text("Sparat och delat med alla parter.")).to_be_visible()
    wall.reload()
    assert "föräldrar, på tre" in wall.get_by_role("textbox", name="Det vi säger tillsammans").input_value()


def mails_and_confirmation(open_context: Open, site: Site, together: Together) -> None:
    sending.send_due()
    (to_bo,), (to_yusuf,) = site.mails("bo@example.org"), site.mails("yusuf@example.se")
    assert "Att föräldrarna vågar komma in." in to_bo.text
    assert "Vi är överens" in to_bo.text
    for name, html in (("bo", to_bo.html), ("yusuf", to_yusuf.html)):
        page = open_context(PHONE).new_page()
        page.set_content(html)
        shot(page, f"mail-meeting-{name}")
    phone = window(open_context, site, together.village.yusuf, PHONE)
    phone.goto(next(line for line in to_yusuf.text.splitlines() if "/moten/" in line).strip())
    expect(phone.get_by_text("inte bekräftat av Exempelby byalag")).to_be_visible()
    phone.get_by_role("button", name="Bekräfta").click()
    expect(phone.get_by_text("bekräftat av Exempelby byalag")).to_be_visible()
    assert Entry.objects.get(party=together.civil_party, joint=False).confirmed_by == together.village.yusuf
    assert not faults_of(phone)
    shot(phone, "meeting-confirmed")


def test_meeting_by_keyboard(open_context: Open, site: Site) -> None:
    """From the first box to the next question with nothing but Tab, letters and Enter."""
    together = build_together(build_village())
    page = window(open_context, site, together.village.karin, WIDE)
    begin(page, together)
    page.get_by_label("Det Exempelby kommun säger").focus()
    page.keyboard.type("Vi lånar ut salen")
    page.keyboard.press("Tab")
    page.keyboard.type("Vi kokar kaffe")
    page.keyboard.press("Tab")
    page.keyboard.type("Vi börjar på tisdag")
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "next":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/1.3.1/")
    assert set(Entry.objects.values_list("text", flat=True)) == {
        "Vi lånar ut salen",
        "Vi kokar kaffe",
        "Vi börjar på tisdag",
    }


def test_what_is_typed_is_kept_when_the_connection_breaks(open_context: Open, site: Site) -> None:
    together = build_together(build_village())
    page = window(open_context, site, together.village.karin, WIDE)
    begin(page, together)
    page.get_by_label("Det Exempelby kommun säger").fill("Vi lånar ut salen")
    expect(page.get_by_text("som utkast")).to_be_visible()
    page.reload()
    assert page.get_by_label("Det Exempelby kommun säger").input_value() == "Vi lånar ut salen"
    assert not Entry.objects.exists()


@pytest.mark.parametrize("parties", [5, 40])
def test_many_parties_have_a_box_each(open_context: Open, site: Site, parties: int) -> None:
    together = build_together(build_village())
    for number in range(parties - 2):
        organisation = Organisation.objects.create(name=f"Förening {number + 1}", kind="association", invented=True)
        Party.objects.create(
            collaboration=together.collaboration, organisation=organisation, state="active", joined_at=timezone.now()
        )
    page = window(open_context, site, together.village.karin, WIDE)
    begin(page, together)
    page.get_by_text("Förening 3", exact=True).last.click()
    page.get_by_label("Det Förening 3 säger").fill("Vi kommer")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("har sagt något")).to_be_visible()
    assert Entry.objects.get().text == "Vi kommer"
    assert not faults_of(page)
    shot(page, f"meeting-{parties}-parties")
    assert Meeting.objects.count() == 1
    assert Membership.objects.exists()
