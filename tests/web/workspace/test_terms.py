"""The page where a public body's terms are read and accepted."""

import io
import re

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samverka.kernel.models import OutboxMessage
from samverka.organisations.models import Membership, TermsAcceptance
from samverka.organisations.queries import acting_for
from samverka.web.workspace.terms import terms_address
from tests.people import Village

pytestmark = pytest.mark.django_db


def page_of(village: Village, end: str = "", side: str = "municipality") -> str:
    return f"/arbete/{getattr(village, side).public_id}/villkor/{end}"


def enter(client: Client, village: Village, name: str) -> Client:
    client.force_login(village.people[name])
    return client


def tick(**changed: object) -> dict[str, object]:
    return {"unit": "hela", "role": "Förvaltningschef", "agree": "on", "version": 1, **changed}


def accept(village: Village, **values: object) -> TermsAcceptance:
    ours = {"organisation": village.municipality, "version": 1, "accepted_name": "Sara Ek", "accepted_role": "Chef"}
    return TermsAcceptance.objects.create(**{**ours, **values})


def test_page_shows_the_terms_and_that_they_are_a_proposal(client: Client, village: Village) -> None:
    page = enter(client, village, "karin").get(page_of(village)).content.decode()
    assert "Förslag som er jurist behöver granska" in page
    assert "Så fungerar tjänsten" in page
    assert "senast inom 24 timmar" in page
    assert 'href="/om/for-it-och-jurist/villkor-1.pdf"' in page


def test_nothing_is_chosen_beforehand(client: Client, village: Village) -> None:
    page = enter(client, village, "karin").get(page_of(village)).content.decode()
    assert 'name="agree"' in page
    assert len(re.findall(r'name="unit"', page)) == 2
    assert "checked" not in page


def test_reading_accepts_nothing(client: Client, village: Village) -> None:
    enter(client, village, "karin").get(page_of(village, "?agree=on&unit=hela&role=x&version=1"))
    assert not TermsAcceptance.objects.exists()


def test_administrator_accepts_and_goes_on(client: Client, village: Village) -> None:
    enter(client, village, "karin")
    onward = f"/arbete/{village.municipality.public_id}/samverkan/"
    answer = client.post(page_of(village, f"?vidare={onward}"), tick())
    assert (answer.status_code, answer["Location"]) == (302, onward)
    page = client.get(onward).content.decode()
    assert "Villkoren är godkända för Exempelby kommun." in page
    accepted = TermsAcceptance.objects.get()
    assert (accepted.unit, accepted.accepted_by, accepted.accepted_role) == (None, village.karin, "Förvaltningschef")


@pytest.mark.parametrize("elsewhere", ["https://ond.example/", "//ond.example", "/\\ond.example", "javascript:x"])
def test_one_goes_on_within_the_site_only(client: Client, village: Village, elsewhere: str) -> None:
    enter(client, village, "karin")
    address = page_of(village, f"?vidare={elsewhere}")
    assert client.post(address, tick())["Location"] == page_of(village)
    assert f'href="{elsewhere}"' not in client.get(address).content.decode()


@pytest.mark.parametrize("lacks", ["unit", "role", "agree"])
def test_what_is_missing_is_said(client: Client, village: Village, lacks: str) -> None:
    sent = tick()
    del sent[lacks]
    answer = enter(client, village, "karin").post(page_of(village), sent)
    said = {"unit": "Välj vem det gäller.", "role": "Skriv din roll.", "agree": "Kryssa i rutan om ni godkänner."}
    assert answer.status_code == 422
    assert said[lacks] in answer.content.decode()
    assert not TermsAcceptance.objects.exists()


def test_unit_is_accepted_for_and_the_rest_waits(client: Client, village: Village) -> None:
    enter(client, village, "karin").post(page_of(village), tick(unit=village.committee.public_id))
    assert TermsAcceptance.objects.get().unit == village.committee
    page = client.get(page_of(village)).content.decode()
    assert "version 1 godkänd" in page
    assert "inte godkända" in page


def test_only_one_left_needs_no_choice(client: Client, village: Village) -> None:
    accept(village, unit=village.committee)
    page = enter(client, village, "karin").get(page_of(village)).content.decode()
    assert 'type="hidden" name="unit" value="hela"' in page
    assert "Gäller Exempelby kommun." in page
    client.post(page_of(village), tick())
    assert TermsAcceptance.objects.filter(unit=None).count() == 1


def test_form_sent_twice_accepts_once(client: Client, village: Village) -> None:
    enter(client, village, "karin")
    sent = tick(idempotency_key="a" * 20)
    assert [client.post(page_of(village), sent).status_code for _time in range(2)] == [302, 302]
    assert TermsAcceptance.objects.count() == 1


def test_what_a_colleague_accepted_meanwhile_is_said(client: Client, village: Village) -> None:
    accept(village)
    page = enter(client, village, "karin").post(page_of(village), tick(), follow=True).content.decode()
    assert "Villkoren var redan godkända för Exempelby kommun, av Sara Ek." in page


def test_older_version_than_the_one_that_was_read_is_refused(client: Client, village: Village) -> None:
    enter(client, village, "karin")
    came_from = {"referer": f"http://testserver{page_of(village)}"}
    page = client.post(page_of(village), tick(version=7), follow=True, headers=came_from)
    assert "Villkoren har fått en ny version" in page.content.decode()
    assert not TermsAcceptance.objects.exists()


def test_accepted_terms_show_who_when_and_the_way_on(client: Client, village: Village) -> None:
    accepted = accept(village)
    page = enter(client, village, "kim").get(page_of(village, "?vidare=/arbete/")).content.decode()
    assert "Sara Ek, Chef" in page
    assert "godkända för hela organisationen" in page
    assert 'href="/arbete/">Fortsätt där du var' in page
    assert page_of(village, f"{accepted.public_id}.pdf") in page
    assert 'name="agree"' not in page


def test_who_may_not_accept_sees_who_may_and_asks(client: Client, village: Village) -> None:
    enter(client, village, "kim")
    address = page_of(village, f"?enhet={village.committee.public_id}&vidare=/arbete/")
    page = client.get(address).content.decode()
    assert "Det kan Karin Provsson." in page
    assert 'name="agree"' not in page
    assert client.post(address, tick()).status_code == 403
    sent = {"unit": village.committee.public_id, "vidare": "/arbete/"}
    answer = client.post(page_of(village, "fraga/"), sent)
    assert answer["Location"] == address.replace("vidare=/arbete/", "vidare=%2Farbete%2F")
    assert OutboxMessage.objects.get(kind="terms_asked").to_address == "karin@example.se"
    assert "Frågan är skickad" in client.get(answer["Location"]).content.decode()


def test_where_nobody_may_accept_the_page_says_what_to_do(client: Client, village: Village) -> None:
    Membership.objects.filter(user=village.karin).update(role="member")
    page = enter(client, village, "karin").get(page_of(village)).content.decode()
    assert "Be er administratör ge någon rollen beslutsfattare" in page
    assert "Be dem godkänna villkoren" not in page


def test_association_is_told_that_it_need_not_accept(client: Client, village: Village) -> None:
    enter(client, village, "yusuf")
    page = client.get(page_of(village, side="association")).content.decode()
    assert "Ni behöver inte godkänna något" in page
    assert client.post(page_of(village, side="association"), tick()).status_code == 403
    overview = client.get(f"/arbete/{village.association.public_id}/organisation/").content.decode()
    assert page_of(village, side="association") not in overview


def test_body_finds_the_page_from_its_own(client: Client, village: Village) -> None:
    overview = enter(client, village, "karin").get(f"/arbete/{village.municipality.public_id}/organisation/")
    assert page_of(village) in overview.content.decode()


def test_pdf_says_who_accepted_with_whom(client: Client, village: Village) -> None:
    accepted = accept(village, unit=village.committee, provider="Gamla värden")
    answer = enter(client, village, "karin").get(page_of(village, f"{accepted.public_id}.pdf"))
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for said in ("Fritidsnämnden, Exempelby kommun", "Gamla värden", "Sara Ek, Chef", "Förslag som er jurist"):
        assert said in text


def test_pdf_of_another_body_is_not_found(client: Client, village: Village) -> None:
    theirs = accept(village, organisation=village.neighbour)
    assert enter(client, village, "karin").get(page_of(village, f"{theirs.public_id}.pdf")).status_code == 404


def test_address_for_the_collaborations_pages(village: Village) -> None:
    karin = acting_for(village.karin, village.municipality.public_id)
    with translation.override("sv"):
        assert terms_address(karin) == reverse("our_terms", args=[village.municipality.public_id])
        address = terms_address(karin, village.committee, "/arbete/x/?a=b")
    assert address == page_of(village, f"?enhet={village.committee.public_id}&vidare=%2Farbete%2Fx%2F%3Fa%3Db")


def test_log_says_it_in_words(client: Client, village: Village) -> None:
    enter(client, village, "karin").post(page_of(village), tick())
    log = client.get(f"/arbete/{village.municipality.public_id}/organisation/logg/").content.decode()
    assert "Godkände villkoren: Exempelby kommun" in log
    assert "Version: 1" in log


def test_mails_lead_to_pages_that_open_without_sign_in(client: Client, village: Village) -> None:
    enter(client, village, "karin").post(page_of(village), tick())
    text = OutboxMessage.objects.get(kind="terms_accepted").text
    (path,) = re.findall(r"(/om/for-it-och-jurist/\S+\.pdf)", text)
    assert Client().get(path)["Content-Type"] == "application/pdf"
