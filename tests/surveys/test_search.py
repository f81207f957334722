"""What search holds of surveys: results and reports that are public, at once, and nothing of any other."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from samverka.kernel.search import ask, mend_texts, wrong_texts
from samverka.kernel.search.models import SearchPassage, SearchText
from samverka.surveys.actions.publishing import publish_results
from samverka.surveys.actions.report_editions import withdraw_report
from samverka.surveys.enums import ChapterRole
from samverka.surveys.models import Report, Round
from tests.people import Village
from tests.surveys import pattern_2018
from tests.surveys.reports import TITLE, fill, publish, published_round, started, written
from tests.world import client_of

pytestmark = pytest.mark.django_db
QUESTION = "idéburet offentligt partnerskap"


@pytest.fixture
def of_2018(tmp_path: Path) -> Round:
    """A round that is closed, and whose results nobody but its analysts sees."""
    found = pattern_2018.read_in(tmp_path)
    Round.objects.filter(pk=found.pk).update(state="closed")
    found.refresh_from_db()
    return found


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return written(started(published_round(tmp_path)))


def found_by(words: str, user: Any = None) -> list[str]:
    return [hit.key for hit in ask(words, user=user or AnonymousUser(), size=50).hits]


def held() -> list[str]:
    kinds = SearchText.objects.filter(kind__in=["result", "report"])
    return sorted(f"{kind}:{object_id}" for kind, object_id in kinds.values_list("kind", "object_id"))


def test_published_results_are_found_by_the_question_with_its_figures(of_2018: Round) -> None:
    publish_results(by=None, round_id=of_2018.pk)
    (hit,) = [hit for hit in ask(QUESTION, user=AnonymousUser(), size=50).hits if hit.public_id == "2018?form_iop"]
    assert hit.kind == "result"
    assert "18 %" in hit.summary
    assert "82 %" in hit.summary
    assert wrong_texts() == 0


def test_search_page_leads_to_the_figure(of_2018: Round) -> None:
    publish_results(by=None, round_id=of_2018.pk)
    said = client_of(None).get("/sok/", {"q": QUESTION, "slag": "result"}).content.decode()
    assert "fraga=form_iop" in said


@pytest.mark.parametrize("name", ["none", "anna", "hanna", "karin"])
def test_results_that_are_not_published_are_found_by_nobody(village: Village, of_2018: Round, name: str) -> None:
    """Not after everything is indexed anew either: what waits for publishing is in no index."""
    mend_texts()
    user = AnonymousUser() if name == "none" else village.people[name]
    assert not [key for key in found_by(QUESTION, user) if key.startswith("result:")]
    assert held() == []


@pytest.mark.parametrize("mode", ["pilot", "test"])
def test_a_round_that_never_counts_is_not_found_whatever_it_says(of_2018: Round, mode: str) -> None:
    publish_results(by=None, round_id=of_2018.pk)
    assert held()
    Round.objects.filter(pk=of_2018.pk).update(mode=mode)
    assert not [key for key in found_by(QUESTION) if key.startswith("result:")]
    mend_texts()
    assert held() == []


def test_results_taken_back_are_not_found_even_while_the_index_holds_them(of_2018: Round) -> None:
    publish_results(by=None, round_id=of_2018.pk)
    Round.objects.filter(pk=of_2018.pk).update(published_at=None)
    assert held()
    assert not [key for key in found_by(QUESTION) if key.startswith("result:")]
    assert mend_texts() > 0
    assert held() == []


def test_free_answers_are_in_no_text_of_the_index(of_2018: Round) -> None:
    """*Kansliet* is what every body has answered to the question of a contact."""
    publish_results(by=None, round_id=of_2018.pk)
    heads = SearchText.objects.filter(kind="result").values_list("title", "summary", "keywords")
    assert "Kansliet" not in str([*heads, *SearchPassage.objects.values_list("body", flat=True)])


def test_report_is_found_when_published_and_not_before_or_after(report: Report) -> None:
    mend_texts()
    assert not [key for key in held() if key.startswith("report:")]
    edition = publish(report)
    assert f"report:2018/{edition.number}" in found_by(TITLE)
    assert f"report:2018/{edition.number}" in found_by("små kommunerna svarade mindre ofta")
    withdraw_report(by=None, report_id=report.public_id, reason="Fel fil lästes in.")
    assert not [key for key in found_by(TITLE) if key.startswith("report:")]
    assert not [key for key in held() if key.startswith("report:")]


def test_draft_of_the_next_edition_is_not_found(report: Report) -> None:
    publish(report)
    fill(report.blocks.get(role=ChapterRole.METHOD), text="Dammsugarna har blivit fler.")
    mend_texts()
    assert found_by("dammsugarna") == []
    publish(report, what_changed="Om dammsugare.")
    assert found_by("dammsugarna") == ["report:2018/2"]
