"""An analyst's round of the shipped questionnaire: prepared, invited, reminded on the right day, followed, rung."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from samverka.surveys.actions.reminding import remind_silent
from samverka.surveys.models import Asked, Round
from samverka.surveys.tasks import send_invitations
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, enter_as, frame_faults, shot
from tests.people import build_village
from tests.surveys.desk import address, hand_over
from tests.world import client_of

pytestmark = pytest.mark.browser
DESK = "/redaktion/kartlaggningar/"


class Desk:
    """Anna at the desk, at a moment; what is wrong with the pages is gathered."""

    def __init__(self, site: Site, open_context: Callable[..., BrowserContext], *, english: bool) -> None:
        self.site, self.open_context, self.english = site, open_context, english
        self.faults: list[str] = []
        self.page: Page

    def sit_down(self, anna: Any) -> None:
        """Open a window in which Anna has signed in now."""
        context = self.open_context(PHONE if self.english else WIDE, dark=self.english)
        enter_as(context, self.site, client_of(anna).cookies[settings.SESSION_COOKIE_NAME].value)
        self.page = context.new_page()
        self.site.listen_to(self.page)

    def go(self, path: str) -> None:
        self.page.goto(("/en" if self.english else "") + DESK + path)

    def look(self, name: str) -> None:
        language = "en" if self.english else "sv"
        shot(self.page, f"{language}-desk-{name}")
        found = [*frame_faults(self.page, language, settings.SITE_NAME), *axe_faults(self.page)]
        self.faults += [f"{name}: {fault}" for fault in found]

    def press(self, selector: str = "main form.form .actions button") -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def text(self) -> str:
        return self.page.locator("main").inner_text()


def _prepare(desk: Desk) -> None:
    desk.go("")
    desk.look("rounds-none")
    desk.go("ny/")
    page = desk.page
    page.locator("#id_questionnaire").select_option("offentliga-aktorer")
    for name, value in (
        ("title", "Så samverkar ni 2027"), ("slug", "2027"), ("closes_on", "2027-04-30"),
        ("sender", "Exempelmyndigheten"),
        ("at_hand", "Avtalen\nBudgeten\nNamnet på samordnaren"), ("contact_name", "Anna Provsson"),
        ("contact_email", "anna@vard.example"), ("contact_phone", "0123-456 70"), ("consulted_with", "SKR"),
    ):  # fmt: skip
        page.locator(f"#id_{name}").fill(value)
    desk.look("add")
    desk.press()
    page.wait_for_url("**/kartlaggningar/2027/")
    desk.look("prepared")


def _choose_all(desk: Desk) -> None:
    desk.go("2027/panel/lagg-till/")
    for kind in ("municipality", "region"):
        desk.page.locator(f'input[name="kinds"][value="{kind}"]').check()
    desk.look("panel-add")
    desk.press("#flera ~ form .actions button")
    desk.page.wait_for_url("**/panel/")
    desk.look("panel")
    desk.go("2027/panel/utan-adress/")
    first = desk.page.locator(".mend").first
    assert "Ale kommun" in first.inner_text()
    first.locator('input[type="email"]').fill("kommun@ale.example")
    first.locator("button").click()
    desk.page.locator(".mend").first.get_by_text("Alingsås").first.wait_for()
    desk.look("mend")


def _invite(desk: Desk) -> None:
    desk.go("2027/lage/")
    desk.look("state")
    desk.press('main button[value="open"]')
    desk.go("2027/bjud-in/")
    desk.look("invite")
    desk.press("#skicka ~ form button")
    desk.page.wait_for_url("**/bjud-in/*/")
    desk.look("inviting")
    from samverka.kernel.models import JobProgress

    send_invitations(JobProgress.objects.get().pk)
    desk.page.locator('.ds-alert[data-color="success"]').last.wait_for()
    desk.look("invited")


@pytest.mark.parametrize("english", [False, True], ids=["swedish-light-1280", "english-dark-360"])
def test_round_is_followed_from_the_desk(
    site: Site, open_context: Callable[..., BrowserContext], *, english: bool
) -> None:
    village, desk = build_village(), Desk(site, open_context, english=english)
    village.municipality.functions.update(phone="0123-456 78")
    address(village.neighbour)
    with time_machine.travel(datetime.datetime(2027, 3, 19, 9, tzinfo=datetime.UTC)):
        desk.sit_down(village.anna)
        _prepare(desk)
        _choose_all(desk)
        _invite(desk)
        assert sorted(mail.to_addresses for mail in site.mails()) == [
            "kommun@ale.example", "registrar@grannby-kommun.example", "registrator@exempelby.example",
        ]  # fmt: skip
    hand_over(Asked.objects.get(organisation=village.neighbour))
    with time_machine.travel(datetime.datetime(2027, 4, 15, 6, 30, tzinfo=datetime.UTC)):
        assert remind_silent(by=None) == 0
    with time_machine.travel(datetime.datetime(2027, 4, 16, 6, 30, tzinfo=datetime.UTC)):
        assert remind_silent(by=None) == 2
        reminded = [mail.to_addresses for mail in site.mails() if "Påminnelse" in mail.subject]
        assert sorted(reminded) == ["kommun@ale.example", "registrator@exempelby.example"]
        desk.sit_down(village.anna)
        desk.go("2027/")
        desk.look("round")
        desk.go("2027/svar/?lage=tysta&q=kommun")
        desk.look("board")
        _ring(desk, village.municipality.name)
    assert not desk.faults + site.complaints, "\n".join(desk.faults + site.complaints)
    assert Round.objects.get().state == "open"


def _ring(desk: Desk, name: str) -> None:
    desk.go("2027/ringlista/")
    page = desk.page
    assert page.locator(".call").count() == 2
    desk.look("calls")
    call = page.locator(".call", has_text=name)
    call.locator("summary").click()
    call.locator('input[type="text"]').fill("Svarar på fredag")
    call.locator("button").click()
    page.wait_for_url("**/svar/*/")
    assert "Svarar på fredag" in page.locator("main").inner_text()
    desk.look("asked")
    with page.expect_download() as download:
        page.goto(page.url.split("svar/")[0] + "ringlista/")
        page.locator('a[href*="ringlista.csv"]').click()
    assert "Svarar på fredag" in download.value.path().read_text("utf-8")
