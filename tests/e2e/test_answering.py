"""A mapping answered on a phone without an account: half by one, a block by a colleague, handed over."""

import re
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from samverka.surveys.links import asked_key
from samverka.surveys.models import Answer, Asked, Response
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, frame_faults, link_in, shot
from tests.surveys.answering import asked_in, open_round

pytestmark = pytest.mark.browser
REGISTRAR, COLLEAGUE = "registrator@exempelby.example", "fritid@exempelby.example"


def _asked() -> Asked:
    found = open_round(
        closes_on="2027-04-30", contact_name="Anna Provsson", contact_phone="010-123 45 67", at_hand="Era avtal"
    )
    found.refresh_from_db()
    return asked_in(found)


def _faults(page: Page, language: str) -> list[str]:
    return [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]


def _saved(code: str, value: object) -> None:
    """Wait until an answer stands in the database."""
    for _attempt in range(100):
        newest = Answer.objects.filter(code=code).order_by("-version").first()
        if newest is not None and newest.value == value:
            return
        time.sleep(0.1)
    raise AssertionError(f"{code} was never saved as {value}")


def test_half_by_one_a_block_by_a_colleague_and_a_receipt(site: Site, open_page: Callable[..., Page]) -> None:
    path = f"/kartlaggning/svara/{asked_key(_asked())}/"
    karin = open_page(PHONE)
    karin.goto(path)
    shot(karin, "answer-start")
    faults = _faults(karin, "sv")
    karin.get_by_label("Vad heter du?").fill("Karin Provsson")
    karin.get_by_role("button", name="Börja svara").click()
    karin.wait_for_url("**/block_1/")
    # A choice brings its follow-up questions, and what is being typed stays where it is.
    karin.get_by_label("Hela kommunen eller regionen").check()
    karin.get_by_role("group", name="Finns det en utpekad samordnare").get_by_label("Ja", exact=True).check()
    posts = karin.get_by_role("textbox", name="Hur många heltidstjänster är det")
    posts.fill("många")
    posts.press("Tab")
    expect(karin.get_by_text("”många” är inget tal.")).to_be_visible()
    posts.fill("1,5")
    karin.get_by_label("Vilken funktion kan vi fråga om svaret?").fill("Kansliet")
    _saved("samordnare_tjanster", "1.5")
    _saved("kontakt", "Kansliet")
    expect(karin.locator("#sparat")).to_contain_text("Sparat")
    shot(karin, "answer-block")
    faults += _faults(karin, "sv")
    # What a phone that has lost its connection held is sent when there is one again.
    karin.context.set_offline(True)
    karin.get_by_role("group", name="Har ni en väg in").get_by_label("Nej", exact=True).check()
    expect(karin.locator("#sparat")).to_contain_text("Ingen kontakt")
    karin.context.set_offline(False)
    _saved("en_vag_in", "no")
    site.complaints = [told for told in site.complaints if "ERR_INTERNET_DISCONNECTED" not in told]

    karin.goto(path)
    karin.get_by_role("link", name="Skicka ”Områden och former” till en kollega").click()
    karin.get_by_label("Kollegans e-postadress").fill(COLLEAGUE)
    karin.get_by_label("Hälsning").fill("Du kan det här bättre än jag.")
    karin.get_by_role("button", name="Skicka", exact=True).click()
    karin.wait_for_url("**/skicka-vidare/#skickat")
    shot(karin, "answer-passed")
    faults += _faults(karin, "sv")

    fatima = open_page(WIDE)
    fatima.goto(link_in(site.mails(COLLEAGUE)[0], "/kartlaggning/del/"))
    fatima.get_by_label("Vad heter du?").fill("Fatima Provsson")
    fatima.get_by_role("button", name="Börja svara").click()
    fatima.wait_for_url("**/block_2/")
    fatima.get_by_role("group", name="Kultur").get_by_label("Återkommande samråd").check()
    _saved("djup_kultur", "samrad")
    shot(fatima, "answer-colleague")
    faults += _faults(fatima, "sv")
    fatima.get_by_role("button", name="Spara och visa mina frågor").click()
    fatima.get_by_role("button", name="Mina frågor är klara").click()
    expect(fatima.get_by_text("Tack, dina frågor är klara")).to_be_visible()

    karin.goto(path)
    expect(karin.get_by_text("Fatima Provsson är klar.")).to_be_visible()
    karin.get_by_role("link", name="Se igenom och lämna in").click()
    shot(karin, "answer-handing")
    faults += _faults(karin, "sv")
    karin.get_by_label("Din roll").fill("samordnare")
    karin.get_by_role("button", name="Lämna in").click()
    karin.wait_for_url("**/kvitto/")
    shot(karin, "answer-receipt")
    faults += _faults(karin, "sv")
    with karin.expect_download() as download:
        karin.get_by_role("link", name="Hämta kvittot som PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    counted = Response.objects.get().answers
    assert (counted["samordnare_tjanster"], counted["djup_kultur"]) == ("1.5", "samrad")
    assert "kvitto.pdf" in site.mails(REGISTRAR)[0].text
    assert not faults + site.complaints, "\n".join(faults + site.complaints)


def test_two_at_once_see_each_other_and_choose(site: Site, open_page: Callable[..., Page]) -> None:
    path = f"/kartlaggning/svara/{asked_key(_asked())}/"
    karin, yusuf = open_page(WIDE), open_page(WIDE)
    for page, name in ((karin, "Karin"), (yusuf, "Yusuf")):
        page.goto(path)
        page.get_by_label("Vad heter du?").fill(name)
        page.get_by_role("button", name="Börja svara").click()
        page.wait_for_url("**/block_1/")
    expect(yusuf.get_by_text("Karin är också här nu.")).to_be_visible()
    karin.get_by_label("Vilken funktion kan vi fråga om svaret?").fill("Kansliet")
    _saved("kontakt", "Kansliet")
    yusuf.get_by_label("Vilken funktion kan vi fråga om svaret?").fill("Fritid")
    expect(yusuf.get_by_role("heading", name="Någon annan har svarat på samma fråga")).to_be_visible()
    shot(yusuf, "answer-clash")
    faults = _faults(yusuf, "sv")
    yusuf.get_by_label(re.compile("Ditt svar: Fritid")).check()
    yusuf.get_by_role("button", name="Spara valet").click()
    _saved("kontakt", "Fritid")
    assert [answer.author for answer in Answer.objects.filter(code="kontakt").order_by("version")] == ["Karin", "Yusuf"]
    assert not faults + site.complaints, "\n".join(faults + site.complaints)


def test_form_in_english_by_keyboard_and_without_scripts(site: Site, open_page: Callable[..., Page]) -> None:
    path = f"/en/kartlaggning/svara/{asked_key(_asked())}/"
    page = open_page(PHONE, dark=True, java_script_enabled=False)
    page.goto(path)
    page.locator('input[name="name"]').fill("Karin Provsson")
    page.keyboard.press("Enter")
    page.wait_for_url("**/block_1/")
    page.locator('input[name="tackning"]').first.focus()
    page.keyboard.press("Space")
    page.locator('input[name="kontakt"]').fill("The office")
    # Enter in a field saves, and stays in the block.
    page.keyboard.press("Enter")
    page.wait_for_url("**/block_1/")
    page.locator('button[value="next"]').press("Enter")
    page.wait_for_url("**/block_2/")
    page.goto(f"{path}lamna-in/")
    page.locator('input[name="name"]').press("Enter")
    page.wait_for_url("**/kvitto/")
    assert Response.objects.get().answers == {"tackning": "hela", "kontakt": "The office"}
    assert not site.complaints


@pytest.mark.parametrize("where", ["", "block_1/", "block_3/", "lamna-in/", "skicka-vidare/"])
def test_page_in_english_is_clean(site: Site, open_page: Callable[..., Page], where: str) -> None:
    path = f"/en/kartlaggning/svara/{asked_key(_asked())}/"
    page = open_page(PHONE, dark=True)
    page.goto(path)
    page.locator('input[name="name"]').fill("Karin Provsson")
    page.keyboard.press("Enter")
    page.wait_for_url("**/block_1/")
    page.goto(path + where)
    faults = _faults(page, "en")
    assert not faults + site.complaints, "\n".join(faults + site.complaints)
