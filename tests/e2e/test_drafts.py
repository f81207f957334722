"""What is being typed outlives a lost connection, a closed page, another device and another person's save."""

import pytest
from playwright.sync_api import Page, expect

from samverka.collaborations import actions
from samverka.collaborations.models import Draft, Entry
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, enter_as, shot
from tests.e2e.typing_in import (
    BOTH,
    BOX,
    FIRST,
    HERS,
    HIS,
    JOINT,
    KEPT,
    OFFLINE,
    Open,
    at,
    browser_of,
    faults_of,
    held,
    opened,
    status,
    unheard,
    write,
)  # fmt: skip
from tests.people import Together, build_together, build_village
from tests.world import client_of, seat_of

pytestmark = pytest.mark.browser


@pytest.fixture
def together(site: Site) -> Together:
    return build_together(build_village())


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
    expect(his.get_by_text("Det ni skriver tillsammans är sparat").first).to_be_visible()


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
    expect(page.get_by_text("Det ni skriver tillsammans är sparat").first).to_be_visible()


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
    expect(page.get_by_text("Det ni skriver tillsammans är sparat").first).to_be_visible()
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
    expect(computer.get_by_text("Det ni skriver tillsammans är sparat").first).to_be_visible()
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
    expect(page.get_by_text("Det ni skriver tillsammans är sparat").first).to_be_visible()


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
    expect(page.get_by_text("Det ni skriver tillsammans är sparat").first).to_be_visible()
    assert Entry.objects.get().text == BOTH
