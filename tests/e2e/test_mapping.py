"""The whole mapping on the real register: all are asked, one answers on a phone, and what came of it is asked."""

import datetime
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from samverka.organisations.models import Organisation
from samverka.organisations.queries import body_of_municipality
from samverka.questionnaires.reading import engine_of
from samverka.surveys.actions import add_responses, panel, round_states
from samverka.surveys.actions.reminding import remind_silent
from samverka.surveys.demo import invented_answers
from samverka.surveys.links import asked_key
from samverka.surveys.models import Answer, Asked, Round
from tests.e2e.at_table import import_registers
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, link_in, shot
from tests.e2e.test_desk import Desk, _choose_all, _invite, _prepare
from tests.people import Village, build_village
from tests.real_data import needs_real_data
from tests.surveys.desk import address, prepared
from tests.surveys.reports import publish, started, written

pytestmark = [pytest.mark.browser, needs_real_data]
FALKOPING, REGISTRAR, COLLEAGUE = "1499", "registrator@falkoping.example", "fritid@falkoping.example"
#: 290 municipalities and 21 regions are 311 places to answer for; Region Gotland is both, and is asked once.
BODIES = 310
OTHERS = 150


class QuietDesk(Desk):
    """Anna at the desk; how her pages look is tested elsewhere."""

    def look(self, name: str) -> None:
        """Look at nothing."""


@dataclass
class Journey:
    """What the steps of the journey share."""

    site: Site
    open_page: Callable[..., Page]
    village: Village
    association: str
    body: Organisation

    @property
    def asked(self) -> Asked:
        """The municipality as it is asked in the first round."""
        found: Asked = Asked.objects.select_related("round__version").get(round__slug="2027", organisation=self.body)
        return found


def _saved(code: str, value: Any) -> None:
    """Wait until an answer stands in the database."""
    for _attempt in range(150):
        newest = Answer.objects.filter(code=code).order_by("-version").first()
        if newest is not None and newest.value == value:
            return
        time.sleep(0.1)
    raise AssertionError(f"{code} was never saved as {value}")


def test_every_body_is_asked_and_the_picture_comes_back(
    site: Site, open_page: Callable[..., Page], open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    import_registers("real", tmp_path)
    body = body_of_municipality(FALKOPING)
    assert body is not None
    address(body, email=REGISTRAR, phone="0515-88 50 00")
    village = build_village()
    # The village is invented: only real bodies are asked here.
    Organisation.objects.filter(pk__in=[village.municipality.pk, village.neighbour.pk]).update(state="withdrawn")
    journey = Journey(site, open_page, village, _association(), body)
    desk = QuietDesk(site, open_context, english=False)
    with time_machine.travel(datetime.datetime(2027, 3, 19, 9, tzinfo=datetime.UTC)):
        desk.sit_down(village.anna)
        _prepare(desk)
        _choose_all(desk)
        _invite(desk)
        assert Asked.objects.filter(round__slug="2027").count() == BODIES
        karin = _half_by_karin(journey)
        _block_by_fatima(journey)
    _reminded_on_a_working_day(journey)
    with time_machine.travel(datetime.datetime(2027, 4, 16, 9, tzinfo=datetime.UTC)):
        _handed_over(journey, karin)
        _results_for_everybody(journey)
    _second_round(journey)
    assert not site.complaints, "\n".join(site.complaints)


def _association() -> str:
    """Return an association of the municipality whose name no other bears or holds, and that is not protected."""
    there = Organisation.objects.in_municipality(FALKOPING).filter(kind="association", state="active")
    names = list(there.order_by("sort_key").values_list("name", flat=True))
    return next(one for one in names if len(one) > 12 and sum(one[:-2] in other for other in names) == 1)


def _half_by_karin(journey: Journey) -> Page:
    karin = journey.open_page(PHONE)
    karin.goto(link_in(journey.site.mails(REGISTRAR)[0], "/kartlaggning/svara/"))
    karin.get_by_label("Vad heter du?").fill("Karin Provsson")
    karin.get_by_role("button", name="Börja svara").click()
    karin.wait_for_url("**/block_1/")
    karin.get_by_label("Hela kommunen eller regionen").check()
    taken = karin.get_by_role("group", name="Vilka har varit med och svarat?")
    taken.get_by_label("Kultur och fritid").check()
    karin.get_by_label("Vilken funktion kan vi fråga om svaret?").fill("Kansliet")
    _saved("bidragit", ["kultur_fritid"])
    _saved("kontakt", "Kansliet")
    karin.get_by_role("button", name="Spara och gå vidare").click()
    karin.wait_for_url("**/block_2/")
    karin.get_by_role("group", name="Idéburet offentligt partnerskap").get_by_label("Ja", exact=True).check()
    _saved("form_iop", "yes")
    karin.goto(karin.url.replace("block_2", "block_3"))
    _look_up(karin, journey.association)
    return karin


def _look_up(karin: Page, association: str) -> None:
    """Choose the other party in the register by keyboard."""
    field = karin.get_by_role("combobox", name="Med vem?")
    field.press_sequentially(association[:-2], delay=5)
    karin.get_by_role("option", name=association).first.wait_for()
    shot(karin, "mapping-lookup")
    field.press("ArrowDown")
    assert not axe_faults(karin)
    expect(field).to_have_attribute("aria-activedescendant", "q_iop_0_iop_motpart_list_0")
    field.press("Enter")
    expect(field).to_have_value(association)
    expect(karin.get_by_text("Vald ur registret.")).to_be_visible()
    chosen = Organisation.objects.get(name=association)
    _saved("iop_motpart", {"id": chosen.public_id, "name": association})


def _block_by_fatima(journey: Journey) -> None:
    karin, fatima = journey.open_page(PHONE), journey.open_page(WIDE)
    path = f"/kartlaggning/svara/{asked_key(journey.asked)}/"
    karin.goto(path)
    karin.get_by_label("Vad heter du?").fill("Karin Provsson")
    karin.get_by_role("button", name="Fortsätt svara").or_(karin.get_by_role("button", name="Börja svara")).click()
    karin.goto(path)
    karin.get_by_role("link", name="Skicka ”Områden och former” till en kollega").click()
    karin.get_by_label("Kollegans e-postadress").fill(COLLEAGUE)
    karin.get_by_role("button", name="Skicka", exact=True).click()
    karin.wait_for_url("**/skicka-vidare/#skickat")
    fatima.goto(link_in(journey.site.mails(COLLEAGUE)[0], "/kartlaggning/del/"))
    fatima.get_by_label("Vad heter du?").fill("Fatima Provsson")
    fatima.get_by_role("button", name="Börja svara").click()
    fatima.wait_for_url("**/block_2/")
    fatima.get_by_role("group", name="Kultur").get_by_label("Återkommande samråd").check()
    _saved("djup_kultur", "samrad")
    fatima.get_by_role("button", name="Spara och visa mina frågor").click()
    fatima.get_by_role("button", name="Mina frågor är klara").click()
    expect(fatima.get_by_text("Tack, dina frågor är klara")).to_be_visible()


def _reminded_on_a_working_day(journey: Journey) -> None:
    """The first reminder goes ten working days before the last day, and not the day before."""
    with time_machine.travel(datetime.datetime(2027, 4, 15, 6, 30, tzinfo=datetime.UTC)):
        assert remind_silent(by=None) == 0
    with time_machine.travel(datetime.datetime(2027, 4, 16, 6, 30, tzinfo=datetime.UTC)):
        assert remind_silent(by=None) > 0
        assert any("Påminnelse" in mail.subject for mail in journey.site.mails(REGISTRAR))


def _handed_over(journey: Journey, karin: Page) -> None:
    path = f"/kartlaggning/svara/{asked_key(journey.asked)}/"
    karin.goto(f"{path}block_5/")
    karin.get_by_role("group", name="Planerar ni").get_by_label("Ja", exact=True).check()
    _saved("planerar", "yes")
    _others_answer(journey.asked.round)
    karin.goto(f"{path}lamna-in/")
    karin.get_by_label("Din roll").fill("samordnare")
    karin.get_by_role("button", name="Lämna in").click()
    karin.wait_for_url("**/kvitto/")
    expect(karin.get_by_text(journey.association)).to_be_visible()
    begun = time.monotonic()
    karin.get_by_role("link", name="Se era svar bredvid liknande kommuners").click()
    karin.wait_for_url("**/min/")
    assert time.monotonic() - begun < 10
    expect(karin.get_by_text("Preliminära siffror")).to_be_visible()
    expect(karin.get_by_text("Vilka har varit med och svarat?").first).to_be_visible()
    shot(karin, "mapping-own")


def _others_answer(found: Round) -> None:
    """Let others have answered, by the codes of their places."""
    engine, chance = engine_of(found.version), random.Random(2027)
    bodies = Organisation.objects.filter(kind="municipality", invented=False).exclude(municipality=FALKOPING)
    codes = list(bodies.order_by("pk").values_list("municipality", flat=True)[:OTHERS])
    told = [(code, json.dumps(invented_answers(engine, chance))) for code in codes]
    add_responses(by=None, round_id=found.pk, responses=told)


def _results_for_everybody(journey: Journey) -> None:
    round_states.close_round(by=journey.village.anna, slug="2027")
    round_states.publish_results(by=journey.village.anna, slug="2027")
    visitor = journey.open_page(WIDE)
    visitor.goto("/kartlaggning/2027/")
    expect(visitor.get_by_role("rowheader", name=journey.association)).to_be_visible()
    shot(visitor, "mapping-results")
    visitor.select_option("#fraga", "form_iop")
    visitor.select_option("#grupp", "lan")
    visitor.locator(".results__choice button").press("Enter")
    visitor.wait_for_url("**fraga=form_iop**")
    visitor.get_by_role("link", name="Se svaren på kartan").click()
    visitor.wait_for_url("**/karta/form_iop/")
    expect(visitor.locator("svg").first).to_be_visible()
    publish(written(started(journey.asked.round, by=journey.village.anna)), by=journey.village.anna)
    visitor.goto("/kartlaggning/2027/rapport/")
    expect(visitor.locator(".report__contents a").first).to_be_visible()
    paper = visitor.context.request.get("/kartlaggning/2027/rapport.pdf", timeout=60_000)
    assert paper.body().startswith(b"%PDF")


def _second_round(journey: Journey) -> None:
    """Two years later: what was answered is confirmed at once, and what became of the plan is asked."""
    first = journey.asked.round
    anna = journey.village.anna
    with time_machine.travel(datetime.datetime(2029, 3, 16, 9, tzinfo=datetime.UTC)):
        closes_on = timezone.localdate() + datetime.timedelta(days=42)
        prepared(anna, "2029", title="Så samverkar ni 2029", previous=first, closes_on=closes_on)
        panel.add_to_panel(by=anna, slug="2029", members=[panel.Member(journey.body.pk)])
        round_states.start_round(by=anna, slug="2029")
        again = Asked.objects.select_related("round").get(round__slug="2029")
        Asked.objects.filter(pk=again.pk).update(state="invited", invited_at=timezone.now())
        path = f"/kartlaggning/svara/{asked_key(again)}/"
        karin = journey.open_page(PHONE)
        karin.goto(path)
        karin.get_by_label("Vad heter du?").fill("Karin Provsson")
        karin.get_by_role("button", name="Börja svara").click()
        karin.wait_for_url("**/stammer/")
        expect(karin.get_by_text(journey.association)).to_be_visible()
        shot(karin, "mapping-prefill")
        karin.get_by_role("button", name="Allt stämmer").first.click()
        karin.wait_for_url("**/#block")
        karin.goto(f"{path}block_5/")
        became = karin.get_by_role("group", name="I förra omgången svarade ni att ni planerade")
        became.get_by_label("Ja", exact=True).check()
        _saved("blev_det_av", "yes")
        karin.goto(f"{path}lamna-in/")
        karin.get_by_role("button", name="Lämna in").click()
        karin.wait_for_url("**/kvitto/")
        round_states.close_round(by=anna, slug="2029")
        round_states.publish_results(by=anna, slug="2029")
        visitor = journey.open_page(WIDE)
        visitor.goto("/kartlaggning/2029/")
        expect(visitor.get_by_text("att det blev av")).to_be_visible()
