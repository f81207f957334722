"""The list "Sista dag" of an issue, and the one thing to do: in mail, text and on the web, and what is checked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.newsletters.actions.issues import add_language
from samverka.newsletters.checks import STOPS, WARNS, findings, links_in
from samverka.newsletters.enums import BlockKind
from samverka.newsletters.models import Block, Issue
from samverka.newsletters.rendering import render_issue
from samverka.web.editorial.newsletters.forms import BlockForm
from tests.newsletters.issues import block, issue_of
from tests.newsletters.mail_clients import faults
from tests.people import Village
from tests.world import client_of

ROWS: dict[str, Any] = {
    "day_1": "2099-05-31", "what_1": "Anmäla sig till forum", "body_1": "", "url_1": "",
    "day_2": "2099-03-31", "what_2": "Söka bidrag till läger", "body_2": "Exempelfonden",
    "url_2": "https://fonden.example/lager",
}  # fmt: skip


def gone(days: int = 1) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def issue(village: Village) -> Issue:
    return issue_of(village.municipality, format="magazine", reply_read_until=date(2099, 1, 1))


def found(issue: Issue, level: str) -> str:
    return "\n".join(one.said for one in findings(issue) if one.level == level)


def test_days_stand_in_order_in_mail_and_text_with_link_and_body(issue: Issue) -> None:
    block(issue, "deadlines", **ROWS)
    letter = render_issue(issue)
    for said in (letter.html, letter.text):
        assert said.index("31 mars 2099") < said.index("31 maj 2099")
        assert "Exempelfonden" in said
        assert "https://fonden.example/lager" in said
    assert "Sista dag\n=========\n- 31 mars 2099: Söka bidrag till läger, Exempelfonden\n  https://" in letter.text
    assert ">Sista dag</h2>" in letter.html
    assert not faults(letter.html)


def test_days_are_in_the_web_version_and_its_links_are_tried(issue: Issue, village: Village) -> None:
    block(issue, "deadlines", **ROWS)
    assert links_in(issue) == ["https://fonden.example/lager"]
    address = f"/arbete/{village.municipality.public_id}/utskick/{issue.public_id}/titta/sv/?visa=webb"
    said = client_of(village.karin).get(address).content.decode()
    assert said.index("31 mars 2099") < said.index("31 maj 2099")
    assert 'href="https://fonden.example/lager"' in said


def test_days_follow_to_english_with_english_words(issue: Issue, village: Village) -> None:
    block(issue, "deadlines", **ROWS)
    add_language(by=village.karin, issue_id=issue.public_id, language="en")
    letter = render_issue(issue, "en")
    assert "31 March 2099" in letter.text
    assert "31 March 2099" in letter.html


def test_day_that_is_past_when_the_issue_leaves_is_left_out_and_told(issue: Issue) -> None:
    block(issue, "deadlines", **ROWS | {"day_2": gone()})
    letter = render_issue(issue)
    assert "Söka bidrag till läger" not in letter.html + letter.text
    assert "Söka bidrag till läger" not in str(letter.web)
    assert "”Söka bidrag till läger” har varit" in found(issue, WARNS)
    assert "har varit" not in found(issue, STOPS)


def test_day_counts_from_when_the_issue_is_to_leave(issue: Issue) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    block(issue, "deadlines", **ROWS | {"day_2": tomorrow})
    assert "Söka bidrag" in render_issue(issue).text
    issue.send_at = timezone.now() + timedelta(days=2)
    assert "Söka bidrag" not in render_issue(issue).text


def test_list_with_no_day_left_stops_the_issue_and_is_not_drawn(issue: Issue) -> None:
    block(issue, "deadlines", day_1=gone(3), what_1="Söka bidrag")
    assert "Alla sista dagar har varit" in found(issue, STOPS)
    assert "Sista dag" not in render_issue(issue).text


def test_empty_list_stops_the_issue(issue: Issue) -> None:
    block(issue, "deadlines")
    assert "Sista dag: tomt än" in found(issue, STOPS)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day_1": "2099-01-01", "what_1": "A", "what_3": "B"}, "day_3"),
        ({"day_1": "2099-01-01", "what_1": "A", "day_2": "2099-01-02"}, "what_2"),
        ({"day_1": "2099-01-01"}, "what_1"),
        ({"day_1": "2099-01-01", "what_1": "A", "url_1": "javascript:alert(1)"}, "url_1"),
    ],
)
def test_row_that_is_begun_must_be_whole(typed: dict[str, str], field: str) -> None:
    form = BlockForm({**typed, "version": "1"}, block=Block(kind=BlockKind.DEADLINES))
    assert list(form.errors) == [field]


def test_rows_are_written_and_kept(issue: Issue, village: Village) -> None:
    made = block(issue, "deadlines")
    address = f"/arbete/{village.municipality.public_id}/utskick/{issue.public_id}/del/{made.public_id}/"
    client = client_of(village.karin)
    assert client.get(address).content.decode().count('type="date"') == 5
    assert client.post(address, {**ROWS, "version": 1}).status_code == 302
    made.refresh_from_db()
    assert {name: made.content[name] for name in ROWS} == ROWS
    outline = client.get(f"/arbete/{village.municipality.public_id}/utskick/{issue.public_id}/").content.decode()
    assert "Anmäla sig till forum" in outline


def test_two_things_to_do_are_one_too_many(issue: Issue) -> None:
    block(issue, "action", heading="Ring kansliet", text="De vet.")
    assert "en enda sak" not in found(issue, WARNS)
    block(issue, "action", heading="Ring igen", text="De vet mer.")
    assert "Ha en enda sak att göra" in found(issue, WARNS)


def test_reading_time_stands_in_every_form_of_a_magazine(issue: Issue, village: Village) -> None:
    block(issue, "text", text="ord " * 450)
    letter = render_issue(issue)
    assert "Tar ungefär 3 minuter att läsa" in letter.html
    assert "Tar ungefär 3 minuter att läsa" in letter.text
    assert letter.web["minutes"] == 3
