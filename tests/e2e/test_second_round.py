"""A second round on a phone: what was answered before is confirmed, what became of the plans, and how others answer."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from samverka.collaborations.models import Collaboration, Party
from samverka.organisations.models import Organisation
from samverka.organisations.queries import body_of_municipality
from samverka.surveys.links import asked_key
from samverka.surveys.models import Asked, Response, Round
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Site, axe_faults, frame_faults, shot
from tests.surveys.answering import asked_in, open_round
from tests.surveys.second_round import FIRST, answered

pytestmark = pytest.mark.browser
ARBOGA = "1984"
OTHERS = (
    "1983",
    "1980",
    "1981",
    "1982",
    "1960",
    "1961",
    "1904",
    "1907",
    "1280",
    "1480",
    "0180",
    "1460",
    "1472",
    "1439",
)


def _look(page: Page, language: str, name: str) -> list[str]:
    shot(page, name)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    faults = [*frame_faults(page, language, settings.SITE_NAME), *axe_faults(page)]
    return [*faults, *([f"{name}: too wide"] if wide else [])]


def _body(code: str) -> Organisation:
    found = body_of_municipality(code)
    assert found is not None
    return found


def _two_rounds() -> Asked:
    """Arboga has answered a round that is closed and public, and is asked anew; others have answered both."""
    before = timezone.now() - timedelta(days=700)
    first = open_round(slug="2025", title="Kartläggning 2025", opened_at=before, closes_on=before.date())
    second = open_round(title="Kartläggning 2027", previous=first, closes_on=timezone.localdate() + timedelta(days=20))
    second.refresh_from_db()
    answered(first, _body(ARBOGA), FIRST, handed_over_by="Olle Provsson")
    for place, code in enumerate(OTHERS):
        said = "yes" if place % 3 else "no"
        told = {"tackning": "hela", "samordnare": said, "form_iop": "no" if place % 4 else "yes", "planerar": said,
                "djup_kultur": "kontakt", "utveckla": ["idrott"], "rad_antal": str(place % 5)}  # fmt: skip
        answered(first, _body(code), told, handed_over_by=f"Person {place}")
        later = {**told, "planerade_forra": said, **({"blev_det_av": "yes"} if said == "yes" else {})}
        answered(second, _body(code), later, handed_over_by=f"Person {place if place % 2 else 99}")
    Round.objects.filter(pk=first.pk).update(state="closed", closed_at=before, published_at=before)
    made = Collaboration.objects.create(title="Hemlig titel", forms=["project"], state="active")
    Party.objects.create(collaboration=made, organisation=_body(ARBOGA), state="active", joined_at=before)
    return asked_in(second, _body(ARBOGA), email="registrator@arboga.example")


def test_second_round_confirms_changes_and_compares(site: Site, open_page: Callable[..., Page]) -> None:
    asked = _two_rounds()
    path = f"/kartlaggning/svara/{asked_key(asked)}/"
    karin = open_page(PHONE)
    karin.goto(path)
    expect(karin.get_by_text("svar finns redan")).to_be_visible()
    karin.get_by_label("Vad heter du?").fill("Karin Provsson")
    karin.get_by_role("button", name="Börja svara").click()
    karin.wait_for_url("**/stammer/")
    faults = _look(karin, "sv", "second-prefill-360")
    expect(karin.get_by_text("Här är en inlagd.")).to_be_visible()
    assert "Hemlig titel" not in karin.content()
    # Three councils were three councils then; now there are four.
    councils = karin.get_by_role("radiogroup", name="Hur många stående råd")
    councils.get_by_label("Ändra").check()
    karin.get_by_role("button", name="Spara valen").click()
    karin.wait_for_url("**/block_4/#q_rad_antal")
    faults += _look(karin, "sv", "second-change-360")
    field = karin.get_by_role("textbox", name="Hur många stående råd")
    expect(field).to_have_value("3")
    field.fill("4")
    karin.get_by_role("button", name="Spara", exact=True).click()
    expect(karin.get_by_text("De här svaren är förslag.")).to_have_count(0)

    karin.goto(f"{path}stammer/")
    karin.get_by_role("button", name="Allt stämmer").first.focus()
    karin.keyboard.press("Enter")
    karin.wait_for_url("**/#block")
    karin.goto(f"{path}block_5/")
    asks = karin.get_by_role("group", name="I förra omgången svarade ni att ni planerade")
    asks.get_by_label("Nej", exact=True).check()
    faults += _look(karin, "sv", "second-planned-360")
    karin.get_by_role("button", name="Spara och se igenom").click()
    karin.wait_for_url("**/lamna-in/")
    karin.get_by_role("button", name="Lämna in").click()
    karin.wait_for_url("**/kvitto/")
    counted = Response.objects.get(asked=asked).answers
    assert (counted["rad_antal"], counted["blev_det_av"], counted["planerade_forra"]) == ("4", "no", "yes")
    assert (counted["form_projekt"], counted["iop"]) == ("yes", FIRST["iop"])

    karin.get_by_role("link", name="Se era svar bredvid liknande kommuners").click()
    karin.wait_for_url("**/min/")
    expect(karin.get_by_text("Preliminära siffror")).to_be_visible()
    expect(karin.get_by_text(re.compile(r"^20\d\d: 3$")).first).to_be_visible()
    faults += _look(karin, "sv", "second-own-360")
    with karin.expect_download() as download:
        karin.get_by_role("link", name="Hämta som PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")

    chief = open_page(WIDE)
    chief.goto(f"{path}min/")
    faults += _look(chief, "sv", "second-own-1280")
    Round.objects.filter(slug="2027").update(state="closed", closed_at=timezone.now(), published_at=timezone.now())
    chief.goto("/platser/1984-arboga/")
    faults += _look(chief, "sv", "second-place-1280")
    chief.goto("/kartlaggning/2027/")
    expect(chief.get_by_text("har bytt svarande sedan förra omgången")).to_be_visible()
    expect(chief.get_by_text("att det blev av")).to_be_visible()
    faults += _look(chief, "sv", "second-results-1280")
    assert not faults + site.complaints, "\n".join(faults + site.complaints)


def test_second_round_in_english_and_dark(site: Site, open_page: Callable[..., Page]) -> None:
    asked = _two_rounds()
    path = f"/en/kartlaggning/svara/{asked_key(asked)}/"
    page = open_page(WIDE, dark=True)
    page.goto(path)
    page.locator('input[name="name"]').fill("Karin Provsson")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stammer/")
    faults = _look(page, "en", "en-second-prefill-1280")
    page.locator('button[value="all"]').first.press("Enter")
    page.wait_for_url("**/#block")
    page.goto(f"{path}inlagt/")
    faults += _look(page, "en", "en-second-known-1280")
    page.goto(f"{path}block_2/")
    faults += _look(page, "en", "en-second-block-1280")
    page.goto(f"{path}lamna-in/")
    page.locator(".answer-begin button").press("Enter")
    page.wait_for_url("**/kvitto/")
    page.set_viewport_size(PHONE)
    page.goto(f"{path}min/")
    faults += _look(page, "en", "en-second-own-360")
    assert not faults + site.complaints, "\n".join(faults + site.complaints)
