"""Parties turn a finished collaboration into an example; who is quoted says yes by mail; an editor publishes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from samverka.knowledge.models import Page as KnowledgePage
from tests.e2e.steps import Site, link_in
from tests.e2e.telling import DONE, Windows, approve, finish, press, publish, say_yes, send_in, write
from tests.people import build_together, build_village
from tests.world import enrol_totp

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("narrow", [False, True], ids=["light-1280", "dark-360"])
def test_finished_collaboration_becomes_an_example(
    site: Site, open_context: Callable[..., BrowserContext], *, narrow: bool
) -> None:
    together = build_together(build_village())
    enrol_totp(user=together.village.eva)
    windows = Windows(site, open_context, narrow=narrow)
    finish(together)
    karin = windows.of(together.village.karin)
    write(windows, karin, together)
    say_yes(windows)
    approve(windows, together)
    send_in(windows, karin)
    publish(windows, together)
    _read(windows)
    assert not windows.faults + site.complaints, "\n".join(windows.faults + site.complaints)


def _read(windows: Windows) -> None:
    page = windows.of(None)
    page.goto("/exempel/?q=soppa")
    windows.look(page, "list")
    page.get_by_role("link", name="Läxhjälp på tre språk").click()
    for said in (
        DONE,
        "40 000 kronor",
        "Ingen kom de första veckorna",
        "0123-456 78",
        "Exempelby byalag",
        "Mona Läxdahl",
    ):
        expect(page.locator("main").get_by_text(said).first).to_be_visible()
    expect(page.get_by_alt_text("Tre stolar vid ett bord i biblioteket.")).to_be_visible()
    windows.look(page, "read")
    page.get_by_role("link", name="Fråga Exempelby kommun om det här").click()
    windows.look(page, "ask")
    page.get_by_label("Din fråga").fill("Hur hittade ni volontärer?")
    page.get_by_label("Din e-postadress").fill("olle@grannby.example")
    page.get_by_label("Frågan och svaret får visas under sidan, utan mitt namn och min adress").check()
    press(page, "Skicka frågan")
    windows.look(page, "asked")
    _answer(windows)
    page.goto(f"/sidor/{KnowledgePage.objects.get().public_id}/")
    expect(page.get_by_text("Vi frågade i föreningen.")).to_be_visible()
    windows.look(page, "read-answered")


def _answer(windows: Windows) -> None:
    page = windows.of(None)
    page.goto(link_in(windows.site.mails("registrator@exempelby.example")[0], "/fraga/svara/"))
    windows.look(page, "answer")
    page.get_by_label("Ert svar").fill("Vi frågade i föreningen.")
    page.get_by_label("Visa frågan och svaret under sidan, så att andra också får veta").check()
    press(page, "Skicka svaret")
    windows.look(page, "answer-sent")
