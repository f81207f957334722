"""A file in the form: sent with the block, shown by name, fetched, replaced and taken away, without scripts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import QuestionType as T
from samverka.surveys.links import asked_key
from samverka.surveys.models import Asked, Round
from samverka.web.questionnaire_papers import blank_form_pdf
from tests.people import Village
from tests.surveys.answering import asked_in, open_round, values, version_of
from tests.surveys.naming import partners
from tests.world import client_of

from .browser import Respondent, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Asked:
    return asked_in(open_round(version_of(partners(Question("plan", T.FILE, {"sv": "Skicka planen"})))))


def _send(karin: Respondent, do: str, **more: object) -> object:
    typed = {name: value for name, value in fields(karin.open("b1/")).items() if not name.startswith("upload:")}
    return karin.client.post(f"{karin.path}b1/fil/", {**typed, "do": do, **more})


def _file(name: str = "plan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"En plan")


def test_block_with_a_file_is_sent_whole_and_the_file_is_fetched(asked: Asked) -> None:
    karin = Respondent(asked)
    page = karin.open("b1/")
    assert 'enctype="multipart/form-data"' in page
    assert "Högst 20 MB." in page
    sent = _send(karin, "file:plan", framst="Byalaget", **{"upload:plan": _file()})
    assert sent.status_code == 302  # type: ignore[attr-defined]
    assert values(asked, "framst") == ["Byalaget"]
    key = values(asked, "plan")[0]["id"]
    assert f'href="{karin.path}bilaga/{key}/">plan.txt' in karin.open("b1/")
    got = Client().get(f"{karin.path}bilaga/{key}/")
    assert (b"".join(got.streaming_content), got["Content-Disposition"]) == (
        b"En plan", 'attachment; filename="plan.txt"',
    )  # fmt: skip


def test_file_is_replaced_and_taken_away(asked: Asked) -> None:
    karin = Respondent(asked)
    _send(karin, "next", **{"upload:plan": _file()})
    assert "Byt till den valda filen" in karin.open("b1/")
    _send(karin, "file:plan", **{"upload:plan": _file("ny.txt")})
    _send(karin, "unfile:plan")
    assert [value and value["name"] for value in values(asked, "plan")] == ["plan.txt", "ny.txt", None]
    assert "Skickad:" not in karin.open("b1/")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "Välj en fil först."),
        ({"upload:plan": SimpleUploadedFile("plan.exe", b"MZ")}, "Filen går inte att ta emot."),
    ],
)
def test_refused_file_says_why_at_its_question_and_loses_nothing(
    asked: Asked, more: dict[str, object], told: str
) -> None:
    karin = Respondent(asked)
    answer = _send(karin, "file:plan", framst="Byalaget", **more)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert told in page.partition('id="q_plan_error"')[2][:200]
    assert 'href="#q_plan"' in page
    assert values(asked, "framst") == ["Byalaget"]


def test_address_of_sending_is_no_page(asked: Asked) -> None:
    karin = Respondent(asked)
    assert karin.client.get(f"{karin.path}b1/fil/")["Location"] == f"{karin.path}b1/"


def test_large_body_is_taken_from_a_live_link_only(asked: Asked) -> None:
    karin, large = Respondent(asked), SimpleUploadedFile("stor.txt", b"a" * 4 * 1024 * 1024)
    assert _send(karin, "file:plan", **{"upload:plan": large}).status_code == 302  # type: ignore[attr-defined]
    typed = {"do": "file:plan", "v:plan": "1"}
    large.seek(0)
    wrong = f"/kartlaggning/svara/{asked_key(asked)[:-1]}1/b1/fil/"  # no key has a 1 in it
    assert Client().post(wrong, {**typed, "upload:plan": large}).status_code == 413
    Round.objects.update(state="closed")
    large.seek(0)
    assert karin.client.post(f"{karin.path}b1/fil/", {**typed, "upload:plan": large}).status_code == 413


def test_receipt_names_the_file_and_paper_says_how(asked: Asked) -> None:
    karin = Respondent(asked)
    _send(karin, "file:plan", **{"upload:plan": _file()})
    karin.client.post(f"{karin.path}lamna-in/", {"name": "Karin", "role": "samordnare"})
    key = values(asked, "plan")[0]["id"]
    assert f'href="{karin.path}bilaga/{key}/">plan.txt' in Respondent.receipt(asked)
    assert blank_form_pdf(partners(Question("plan", T.FILE, {"sv": "Skicka planen"})), "sv").startswith(b"%PDF")


def test_analyst_reads_what_was_handed_over_and_its_file_and_nothing_before(asked: Asked, village: Village) -> None:
    karin, anna = Respondent(asked), client_of(village.anna)
    _send(karin, "file:plan", framst="Byalaget", **{"upload:plan": _file()})
    where = f"/redaktion/kartlaggningar/{asked.round.slug}/svar/{asked.public_id}/"
    key = values(asked, "plan")[0]["id"]
    assert "plan.txt" not in anna.get(where).content.decode()
    assert anna.get(f"{where}bilaga/{key}/").status_code == 404
    karin.client.post(f"{karin.path}lamna-in/", {"name": "Karin", "role": "samordnare"})
    page = anna.get(where).content.decode()
    assert "Byalaget" in page
    assert f'href="{where}bilaga/{key}/">plan.txt' in page
    assert b"".join(anna.get(f"{where}bilaga/{key}/").streaming_content) == b"En plan"
    assert client_of(village.people["karin"]).get(f"{where}bilaga/{key}/").status_code == 403
