"""Examples as everybody meets them: the list, the page, the answers by link."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samverka.knowledge.actions import publishing, questions
from samverka.knowledge.links import holds_key, question_key, quote_key
from samverka.knowledge.models import Page, PageQuestion, Quote
from samverka.organisations.models import ActivityField
from samverka.organisations.queries import body_of_municipality
from samverka.places.models import Municipality
from tests.knowledge import told
from tests.people import Together
from tests.world import client_of

pytestmark = pytest.mark.django_db
LIST = "/exempel/"


@pytest.fixture
def example(together: Together) -> Page:
    """An example in Falköping, about a field."""
    page = told.published(together)
    place = Municipality.objects.get(pk="1499")
    Page.objects.filter(pk=page.pk).update(municipality=place, county=place.county, forms=["iop"], year=2025)
    page.fields.add(ActivityField.objects.get(scheme="mapping", code="culture"))
    return Page.objects.get(pk=page.pk)


def _address(page: Page) -> str:
    return f"{LIST}{page.public_id}-{page.slug}/"


def _said(client: Client, path: str, **query: str) -> str:
    return client.get(path, query).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True), ({"q": "bibliotek"}, True), ({"q": "ubåt"}, False), ({"form": "iop"}, True),
        ({"form": "funding"}, False), ({"kommun": "1499"}, True), ({"lan": "01"}, False), ({"ar": "2025"}, True),
        ({"ar": "1999"}, False), ({"omrade": "culture"}, True), ({"omrade": "other"}, False),
        ({"ordning": "namn"}, True),
    ],
)  # fmt: skip
def test_list_is_narrowed(client: Client, example: Page, query: dict[str, str], found: bool) -> None:
    said = _said(client, LIST, **query)
    assert (_address(example) in said) is found
    assert ("Visa allt" in said) is not found


def test_list_and_file_say_the_same(client: Client, example: Page) -> None:
    response = client.get(f"{LIST}ladda-ner.csv", {"form": "iop"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["Rubrik"] == example.title
    assert row["Vad kostade det?"] == told.WHOLE["cost"]


def test_empty_bank_says_how_to_begin(client: Client) -> None:
    assert "/exempel/skicka-in/" in _said(client, LIST)


def test_page_says_in_a_minute_what_it_cost_what_went_wrong_and_whom_to_ring(client: Client, example: Page) -> None:
    said = _said(client, _address(example))
    places = [said.index(told.WHOLE[name]) for name in ("done", "cost", "went_wrong")] + [said.index("tel:012345678")]
    assert places == sorted(places)
    assert max(places) < said.index("Kort om")


def test_draft_of_a_published_page_is_read_by_nobody_else(client: Client, example: Page, together: Together) -> None:
    told.change(example, together.village.karin, done="Qvemligt", title="Qvemlig rubrik")
    for path in (_address(Page.objects.get(pk=example.pk)), LIST, "/platser/1499-falkoping/"):
        assert "Qvemlig" not in _said(client, path)


def test_withdrawn_page_says_why(client: Client, example: Page, together: Together) -> None:
    publishing.withdraw_page(by=together.village.eva, page_id=example.public_id, reason="Parterna bad om det.")
    response = client.get(_address(example))
    assert response.status_code == 410
    assert "Parterna bad om det." in response.content.decode()
    assert _address(example) not in _said(client, LIST)


def test_place_page_leads_to_examples_and_portrait(client: Client, example: Page, together: Together) -> None:
    portrait = told.portrait(together.village)
    Page.objects.filter(pk=portrait.pk).update(owner=body_of_municipality("1499"))
    said = _said(client, "/platser/1499-falkoping/")
    assert _address(example) in said
    assert f"/portratt/{portrait.public_id}-" in said


def test_quoted_person_says_yes_by_link_and_only_by_sending(client: Client, together: Together) -> None:
    quote = told.quote(told.whole(together), together.village.karin)
    path = f"{LIST}citat/{quote_key(quote)}/"
    client.get(path)
    assert client.post(path, {}).status_code == 200
    assert Quote.objects.get().state == "not_asked"
    assert client.post(path, {"answer": "yes"}).status_code == 302
    assert Quote.objects.get().state == "given"


def test_contact_says_that_it_holds_no_longer(client: Client, example: Page) -> None:
    today = timezone.localdate()
    type(example.example).objects.update(asked_on=today, confirmed_on=today - timedelta(days=9))
    path = f"{LIST}stammer/{holds_key(Page.objects.get(pk=example.pk))}/"
    client.post(path, {"holds": "no", "comment": "Pengarna tog slut."})
    said = _said(client, _address(example))
    assert "Gäller inte längre" in said
    assert "Pengarna tog slut." in said


def test_question_is_asked_answered_and_shown_without_the_name(client: Client, example: Page) -> None:
    asked = {"text": "Hur hittade ni folk?", "email": "olle@grannby.example", "name": "Olle Qvemlig", "may_show": "on"}
    assert client.post(f"/fraga/{example.public_id}/", asked).status_code == 302
    question = PageQuestion.objects.get()
    assert "olle@grannby.example" not in _said(client, f"/fraga/svara/{question_key(question)}/")
    client.post(f"/fraga/svara/{question_key(question)}/", {"answer": "Vi frågade runt.", "show": "on"})
    said = _said(client, _address(example))
    assert "Vi frågade runt." in said
    assert "Olle Qvemlig" not in said
    questions.hide_question(by=None, question_id=question.public_id)
    assert "Vi frågade runt." not in _said(client, _address(example))


def test_saved_page_is_seen_by_oneself_only(example: Page, together: Together) -> None:
    vera, olle = client_of(together.village.vera), client_of(together.village.olle)
    vera.post(f"/sidor/{example.public_id}/spara/", {"do": "save"})
    assert _address(example) in vera.get("/konto/sparat/").content.decode()
    assert _address(example) not in olle.get("/konto/sparat/").content.decode()


def test_picture_of_a_draft_is_seen_by_who_tells_only(client: Client, together: Together) -> None:
    picture = told.picture(told.whole(together), together.village.karin)
    path = f"{LIST}bild/{picture.public_id}/"
    response = client_of(together.village.yusuf).get(path)
    assert b"qvemligt" not in b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/jpeg"
    assert client.get(path).status_code == 404
    assert client_of(together.village.olle).get(path).status_code == 404
