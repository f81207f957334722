"""What the host sees of who has accepted the terms."""

from typing import Any

import pytest
from django.test import Client

from samverka.organisations.models import TermsAcceptance
from tests.people import Village, accept_terms

pytestmark = pytest.mark.django_db
PAGE = "/redaktion/villkor/"


def test_every_acceptance_is_listed_with_who_and_when(hedda: Client, village: Village) -> None:
    made = accept_terms(village.municipality, village.karin)
    made.unit, made.accepted_role = village.committee, "Nämndens <ordförande>"
    made.save()
    page = hedda.get(PAGE).content.decode()
    assert f"{village.committee.name}, Exempelby kommun" in page
    assert "Karin Provsson, Nämndens &lt;ordförande&gt;" in page
    assert "ett godkännande" in page.lower()


def test_list_can_be_searched_and_taken_out(hedda: Client, village: Village) -> None:
    accept_terms(village.municipality, village.karin)
    assert "Karin Provsson" in hedda.get(PAGE, {"q": "exempelby"}).content.decode()
    assert "Ingen med det namnet" in hedda.get(PAGE, {"q": "grannby"}).content.decode()
    answer: Any = hedda.get(f"{PAGE}ladda-ner.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Exempelby kommun;;1;Exempelmyndigheten;Karin Provsson;Förvaltningschef;" in text


def test_nobody_has_accepted_yet(hedda: Client) -> None:
    assert not TermsAcceptance.objects.exists()
    assert "Ingen har godkänt villkoren än" in hedda.get(PAGE).content.decode()


def test_editor_does_not_see_it(eva: Client) -> None:
    assert eva.get(PAGE).status_code == 403
    assert eva.get(f"{PAGE}ladda-ner.csv").status_code == 403
