"""What is being typed outlives a lost connection, a closed page, another device and another person's save."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from samverka.accounts.models import User
from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Draft, Entry
from samverka.organisations.models import Organisation
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import Together, build_together, build_village
from tests.world import client_of, seat_of

pytestmark = pytest.mark.browser
JOINT = "gemensamt/?plats=3.2.1"
FIRST, HERS, HIS = "Barn i årskurs 4 till 6.", "Barn och deras föräldrar.", "Barn i årskurs 4 till 6, på tre språk."
BOTH = "Barn i årskurs 4 till 6 och deras föräldrar, på tre språk."
KEPT, OFFLINE, BOX = "som utkast. Bara du ser det.", "Ingen anslutning.", "Det vi skriver tillsammans"
Open = Callable[..., BrowserContext]


@pytest.fixture
def together(site: Site) -> Together:
    return build_together(build_village())


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


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_two_write_the_same_answer_one_of_them_offline(
    open_context: Open, site: Site, together: Together, size: dict[str, int]
) -> None:
    write(together, "karin", FIRST)
    context, page = browser_of(open_context, site, together.village.karin, size)
    page.goto(at(together, JOINT))
    context.set_offline(True)
    page.get_by_label(BOX).fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    assert held(page)
    shot(page, "draft-offline")
    page.close()
    he_saves(open_context, site, together)

    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, JOINT))
    expect(page.get_by_label(BOX)).to_have_value(HERS)
    expect(status(page)).to_contain_text("Någon annan har sparat en ny text medan du skrev.")
    assert Draft.objects.get().values["text"] == HERS
    assert Draft.objects.get().base_version == 1
    assert not held(page)
    she_saves(page)
    assert Entry.objects.get(joint=True).text == BOTH
    assert not Draft.objects.exists()
    assert not unheard(site)


def he_saves(open_context: Open, site: Site, together: Together) -> None:
    _context, his = browser_of(open_context, site, together.village.yusuf)
    his.goto(at(together, JOINT, together.village.association))
    his.get_by_label(BOX).fill(HIS)
    his.get_by_role("button", name="Spara för alla parter").click()
    expect(his.get_by_text("Det ni skriver tillsammans är sparat")).to_be_visible()


def she_saves(page: Page) -> None:
    """Both texts are seen before anything is saved over."""
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    expect(page.get_by_text(HIS)).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value(HERS)
    assert Entry.objects.get(joint=True).text == HIS
    assert not faults_of(page)
    shot(page, "draft-conflict")
    page.get_by_label(BOX).fill(BOTH)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Det ni skriver tillsammans är sparat")).to_be_visible()


def test_text_is_sent_by_itself_when_the_connection_is_back(open_context: Open, site: Site, together: Together) -> None:
    write(together, "karin", FIRST)
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, JOINT))
    context.set_offline(True)
    page.get_by_label(BOX).fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    write(together, "yusuf", HIS, version=1)
    context.set_offline(False)
    expect(status(page)).to_contain_text("Någon annan har sparat en ny text medan du skrev.")
    assert Draft.objects.get().values["text"] == HERS
    page.reload()
    expect(page.get_by_label(BOX)).to_have_value(HERS)
    expect(status(page)).to_contain_text("När du sparar får du se båda.")
    # What was kept with the old version stays an answer to the old version, also when one writes on.
    page.get_by_label(BOX).fill(f"{HERS} Och syskon.")
    expect(page.locator("form[data-autosave] [name=draft_revision]")).to_have_value("2")
    assert Draft.objects.get().base_version == 1
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    assert Entry.objects.get(joint=True).text == HIS


@pytest.mark.parametrize("typed", [True, False], ids=["unsent", "kept-before"])
def test_saving_without_a_connection_keeps_the_text_and_says_so(
    open_context: Open, site: Site, together: Together, *, typed: bool
) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, JOINT))
    page.get_by_label(BOX).fill(HIS)
    expect(status(page)).to_contain_text(KEPT)
    context.set_offline(True)
    if typed:
        page.get_by_label(BOX).fill(HERS)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(status(page)).to_contain_text("Det finns ingen anslutning just nu. Texten är kvar här.")
    expect(page.get_by_label(BOX)).to_have_value(HERS if typed else HIS)
    context.set_offline(False)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Det ni skriver tillsammans är sparat")).to_be_visible()
    assert Entry.objects.get().text == (HERS if typed else HIS)
    assert not held(page)


def test_draft_comes_back_after_the_page_was_closed(open_context: Open, site: Site, together: Together) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, "dagbok/3.2/"))
    page.get_by_label("Bara vi i").check()
    page.get_by_role("textbox").last.fill("Halvskrivet")
    expect(status(page)).to_contain_text("Sparat ")
    expect(status(page)).to_contain_text(KEPT)
    assert not held(page)
    page.close()
    page = opened(context, site)
    page.goto(at(together, "dagbok/3.2/"))
    expect(page.get_by_role("textbox").last).to_have_value("Halvskrivet")
    expect(page.get_by_label("Bara vi i")).to_be_checked()
    expect(status(page)).to_contain_text("Du har ett utkast från")
    # What one throws away is gone from both.
    page.get_by_role("button", name="Kasta utkastet").click()
    expect(page.get_by_role("textbox").last).to_have_value("")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("choice", ["Ta den texten", "Behåll det som står i rutan"])
def test_second_device_chooses_between_two_texts(
    open_context: Open, site: Site, together: Together, choice: str
) -> None:
    phone, computer = (browser_of(open_context, site, together.village.karin, size)[1] for size in (PHONE, WIDE))
    for page in (phone, computer):
        page.goto(at(together, JOINT))
    phone.get_by_label(BOX).fill(HIS)
    expect(status(phone)).to_contain_text(KEPT)
    computer.get_by_label(BOX).fill(HERS)
    expect(computer.locator("[data-draft-other]")).to_have_text(HIS)
    assert not faults_of(computer)
    shot(computer, "draft-elsewhere")
    # Neither writing on nor saving goes past the choice.
    computer.get_by_label(BOX).fill(f"{HERS} Och syskon.")
    computer.wait_for_timeout(2000)
    computer.get_by_role("button", name="Spara för alla parter").click()
    expect(status(computer)).to_contain_text("Välj först")
    assert Draft.objects.get().values["text"] == HIS
    computer.get_by_role("button", name=choice).click()
    mine = choice.startswith("Behåll")
    expect(computer.get_by_label(BOX)).to_have_value(f"{HERS} Och syskon." if mine else HIS)
    expect(computer.locator("[data-draft-elsewhere]")).to_be_hidden()
    assert computer.evaluate("document.activeElement.tagName") == "TEXTAREA"
    computer.get_by_role("button", name="Spara för alla parter").click()
    expect(computer.get_by_text("Det ni skriver tillsammans är sparat")).to_be_visible()
    assert Entry.objects.get().text == (f"{HERS} Och syskon." if mine else HIS)


def test_text_taken_from_another_device_stays_an_answer_to_what_it_began_from(
    open_context: Open, site: Site, together: Together
) -> None:
    """The phone's text began before Yusuf saved, the computer's page after: taking it must not save over Yusuf's."""
    write(together, "karin", FIRST)
    computer = browser_of(open_context, site, together.village.karin)[1]
    write(together, "yusuf", HIS, version=1)
    computer.goto(at(together, JOINT))
    karin = seat_of(together, "karin")
    actions.save_draft(by=karin, key="j:3.2.1", values={"text": HERS}, base_version=1, revision=0)
    computer.get_by_label(BOX).fill("Något helt annat.")
    computer.get_by_role("button", name="Ta den texten").click()
    computer.get_by_role("button", name="Spara för alla parter").click()
    expect(computer.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    assert Entry.objects.get().text == HIS


@pytest.mark.parametrize("place", ["body > header", "main"])
def test_signing_out_clears_what_the_browser_holds(
    open_context: Open, site: Site, together: Together, place: str
) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, JOINT))
    context.set_offline(True)
    page.get_by_label(BOX).fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    context.set_offline(False)
    page = opened(context, site)
    page.goto("/konto/")
    assert held(page)
    page.locator(place).get_by_role("button", name="Logga ut").click()
    page.wait_for_url(lambda address: "/konto/" not in address)
    assert not held(page)


def test_signing_in_again_in_another_tab_saves_what_waits(open_context: Open, site: Site, together: Together) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, JOINT))
    context.clear_cookies()
    page.get_by_label(BOX).fill(HERS)
    expect(status(page)).to_contain_text("Du är utloggad.")
    page.get_by_role("button", name="Spara för alla parter").click()
    page.wait_for_timeout(500)
    expect(page.get_by_label(BOX)).to_have_value(HERS)
    enter_as(context, site, client_of(together.village.karin).cookies["sessionid"].value)
    opened(context, site).goto("/konto/")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(status(page)).to_contain_text(KEPT)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Det ni skriver tillsammans är sparat")).to_be_visible()


def test_next_person_at_the_computer_sees_nothing_of_what_it_holds(
    open_context: Open, site: Site, together: Together
) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, JOINT))
    context.set_offline(True)
    page.get_by_label(BOX).fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    context.set_offline(False)
    context.clear_cookies()
    enter_as(context, site, client_of(together.village.yusuf).cookies["sessionid"].value)
    page = opened(context, site)
    page.goto(at(together, JOINT, together.village.association))
    expect(page.get_by_label(BOX)).to_have_value("")


def test_form_saves_without_a_script(open_context: Open, site: Site, together: Together) -> None:
    write(together, "karin", FIRST)
    page = browser_of(open_context, site, together.village.karin, java_script_enabled=False)[1]
    page.goto(at(together, JOINT))
    write(together, "yusuf", HIS, version=1)
    page.get_by_label(BOX).fill(HERS)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text(HIS)).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value(HERS)
    page.get_by_label(BOX).fill(BOTH)
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Det ni skriver tillsammans är sparat")).to_be_visible()
    assert Entry.objects.get().text == BOTH


def test_promise_typed_offline_comes_back_whole(open_context: Open, site: Site, together: Together) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, "ataganden/ny/"))
    context.set_offline(True)
    page.get_by_label("Exempelby byalag").check()
    page.get_by_label("Klart senast").fill("2099-03-12")
    page.locator("[name=what]").fill("Boka biblioteket")
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, "ataganden/ny/"))
    expect(status(page)).to_contain_text(KEPT)
    page.reload()
    expect(page.get_by_label("Exempelby byalag")).to_be_checked()
    expect(page.get_by_label("Exempelby kommun")).not_to_be_checked()
    # Enter saves; it throws nothing away.
    page.locator("[name=what]").press("Enter")
    expect(page.get_by_text("Löftet är uppskrivet.")).to_be_visible()
    assert together.collaboration.commitments.get().what == "Boka biblioteket"
    assert not Draft.objects.exists()


def test_what_a_step_leaves_behind_is_kept_and_both_are_seen(
    open_context: Open, site: Site, together: Together
) -> None:
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, "dagbok/3.2/lamnar/"))
    context.set_offline(True)
    page.locator("[name=goal]").fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    yusuf = seat_of(together, "yusuf")
    actions.save_outcome(by=yusuf, step="3.2", values={"goal": HIS}, joint=True, version=0)
    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, "dagbok/3.2/lamnar/"))
    expect(status(page)).to_contain_text("Någon annan har sparat en ny text medan du skrev.")
    page.get_by_role("button", name="Spara för alla parter").click()
    expect(page.get_by_text("Någon annan har sparat medan du skrev")).to_be_visible()
    expect(page.get_by_text(HIS).first).to_be_visible()
    expect(page.locator("[name=goal]")).to_have_value(HERS)
    assert not faults_of(page)
    shot(page, "draft-conflict-outcome")


def test_meeting_typed_offline_shows_both_texts(open_context: Open, site: Site, together: Together) -> None:
    karin, box = seat_of(together, "karin"), "Det vi säger tillsammans"
    meeting = actions.start_meeting(by=karin, questions=["3.2.1"], people=[])
    context, page = browser_of(open_context, site, together.village.karin)
    page.goto(at(together, f"moten/{meeting.public_id}/3.2.1/"))
    context.set_offline(True)
    page.get_by_role("textbox", name=box).fill(HERS)
    expect(status(page)).to_contain_text(OFFLINE)
    page.close()
    write(together, "yusuf", HIS)
    context.set_offline(False)
    page = opened(context, site)
    page.goto(at(together, f"moten/{meeting.public_id}/3.2.1/"))
    expect(page.get_by_role("textbox", name=box)).to_have_value(HERS)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Någon annan har sparat medan ni skrev.")).to_be_visible()
    expect(page.get_by_text(HIS)).to_be_visible()
    assert Entry.objects.get().text == HIS


def test_pages_on_the_way_have_no_fault(open_context: Open, site: Site, together: Together) -> None:
    """The question about a personal identity number, and a text shared for comments."""
    karin = seat_of(together, "karin")
    entry = actions.write_entry(by=karin, text=FIRST, circle=Circle.PARTY, place=Place.of("3.2.1"))
    for size in (WIDE, PHONE):
        page = browser_of(open_context, site, together.village.karin, size)[1]
        page.goto(at(together, JOINT))
        page.get_by_label(BOX).fill("Ring 19121212-1212 om detta.")
        page.get_by_role("button", name="Spara för alla parter").click()
        expect(page.get_by_label("Spara ändå")).to_be_visible()
        assert not faults_of(page)
        shot(page, "draft-number")
        page.goto(at(together, f"anteckning/{entry.public_id}/dela/"))
        page.get_by_text("Är det ett utkast som ni vill ha synpunkter på?").click()
        expect(page.locator("[name=comments_until]")).to_be_visible()
        assert not faults_of(page)
        shot(page, "share-comments")
    assert not site.complaints
