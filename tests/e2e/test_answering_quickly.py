"""Somebody who answers faster than the page is drawn anew."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from samverka.surveys.links import asked_key
from tests.e2e.conftest import PHONE
from tests.e2e.steps import Site
from tests.surveys.answering import asked_in, open_round

pytestmark = pytest.mark.browser


def test_a_drawing_that_the_next_choice_overtook_is_thrown_away(site: Site, open_page: Callable[..., Page]) -> None:
    karin = open_page(PHONE)
    asked = open_round(closes_on="2027-04-30")
    asked.refresh_from_db()
    karin.goto(f"/kartlaggning/svara/{asked_key(asked_in(asked))}/")
    karin.get_by_label("Vad heter du?").fill("Karin Provsson")
    karin.get_by_role("button", name="Börja svara").click()
    karin.wait_for_url("**/block_1/")
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        """The first drawing is made at once and delivered late."""
        if held:
            route.continue_()
            return
        held.append(route)
        answer = route.fetch()
        choose_next()
        route.fulfill(response=answer)

    def choose_next() -> None:
        named = karin.get_by_role("group", name="Finns det en utpekad samordnare")
        with karin.expect_response(lambda one: one.request.method == "POST" and "/svar" in one.url):
            named.get_by_label("Ja", exact=True).check()

    karin.route("**/block_1/", lambda route: hold_first(route) if route.request.method == "GET" else route.continue_())
    karin.get_by_role("group", name="Har ni en väg in").get_by_label("Ja", exact=True).check()
    expect(karin.get_by_role("textbox", name="Hur många heltidstjänster är det")).to_be_visible()
    expect(
        karin.get_by_role("group", name="Finns det en utpekad samordnare").get_by_label("Ja", exact=True)
    ).to_be_checked()
    assert held
