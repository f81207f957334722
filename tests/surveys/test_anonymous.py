"""Answers by an open link: nothing in a dump of the database and the product's logs tells who sent one, or when."""

import datetime
import io
import logging
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
import time_machine
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from samverka.kernel import logs, middleware, pace
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.models import AuditEntry
from samverka.kernel.ratelimit import TooMany
from samverka.questionnaires.reading import published_version
from samverka.surveys import tasks
from samverka.surveys.actions import anonymous, hand_over, publish_results
from samverka.surveys.actions.anonymous import NotKept, count_held, send_anonymously
from samverka.surveys.actions.round_states import close_round
from samverka.surveys.links import asked_by_key, asked_key
from samverka.surveys.measures import measured
from samverka.surveys.models import Asked, HeldResponse, Response, Round, SentForm
from samverka.web.public.surveys import open_form
from tests.people import Village
from tests.surveys.answering import asked_in, holder, open_round
from tests.world import client_of

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def found() -> Round:
    """A round of the associations' questionnaire with an open link."""
    made = open_round(published_version("foreningar"), "anonym", side="civil", access="open")
    made.refresh_from_db()
    return made


def _send(found: Round, number: int = 1, **answers: Any) -> bool:
    return send_anonymously(slug=found.slug, key=f"nyckel-{number}", answers={"lan": "20", **answers})


def _next_day() -> Any:
    return time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1), tick=False)


# What a dump tells


def dump() -> str:
    """Return every row of every table, all columns, in the order in which it lies: what pg_dump writes."""
    out = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                out += [f"{table}\t{bytes(part).decode()}" for part in copy]
        cursor.execute("SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2")
        out += [f"sequence {row}\n" for row in cursor.fetchall()]
    return "".join(out)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the product's own handler writes, at every level."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(logs.is_told)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def _answer_in_browser(browser: Client, found: Round, text: str) -> None:
    """Answer as a browser does: the first page, a block, and all of it sent."""
    path = f"/kartlaggning/{found.slug}/svara/"
    page = browser.get(path)
    key = page.context["key"]
    said = {"key": key, "lan": "20", "sluta_fraga": text, "block": "block_1"}
    assert browser.post(path, {**said, "do": "next"}).status_code == 200
    assert browser.post(path, {**said, "do": "review"}).status_code == 200
    sent = browser.post(path, {**said, "do": "send"})
    assert "Tack, svaret är skickat" in sent.content.decode()


def test_dump_and_logs_tell_neither_who_nor_when(
    village: Village, found: Round, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_form, "FASTEST", datetime.timedelta(seconds=-1))
    rut = client_of(village.rut)
    known = dump()
    before = set(re.findall(r"\d\d:\d\d:\d\d\.\d+", known))
    texts, address = [f"Text nummer {number} av nio" for number in range(9)], "198.51.100.23"
    day = datetime.date(2027, 4, 7)
    for number, text in enumerate(texts):
        # 10.23.17, 11.23.17, …: a time that would be found.
        with time_machine.travel(datetime.datetime(2027, 4, 7, 8 + number, 23, 17, tzinfo=datetime.UTC), tick=False):
            browser = rut if number == 4 else Client(REMOTE_ADDR=address, HTTP_USER_AGENT="Provbrowser/7")
            _answer_in_browser(browser, found, text)
    held = dump()
    _holds_nothing_of_who(held, logged.getvalue(), before)
    assert all(text in held for text in texts)
    assert all(text not in logged.getvalue() for text in texts)
    assert "survey_open" not in logged.getvalue() and "svara" not in logged.getvalue()
    assert "POST" not in logged.getvalue()

    with time_machine.travel(datetime.datetime(2027, 4, 8, 0, 10, tzinfo=datetime.UTC), tick=False):
        tasks.count_anonymous()
    after = dump()
    assert not HeldResponse.objects.exists()
    assert {one.received_on for one in Response.objects.filter(round=found)} == {day}
    assert not re.search(r"2027-04-07[T ]\d", after)
    assert address not in after and "Provbrowser" not in after


def _holds_nothing_of_who(held: str, told: str, before: set[str]) -> None:
    assert "198.51.100.23" not in held + told
    assert "Provbrowser" not in held + told
    # The day, and no time of it, in any table.
    assert "2027-04-07" in held
    assert not re.search(r"2027-04-07[T ]\d", held)
    assert ":23:17" not in held and ":23:17" not in told
    assert set(re.findall(r"\d\d:\d\d:\d\d\.\d+", held)) <= before


def _order_of(table: str) -> list[str]:
    """Return the numbers of the answers in the order in which the rows of a table lie."""
    return re.findall(rf'(?m)^{table}\t.*"sluta_fraga": "Nummer (\d)"', dump())


def test_rows_lie_in_the_order_of_their_keys_and_not_in_that_of_their_coming(
    found: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [70, 20, 90, 50, 10, 80, 40]
    again = [31, 11, 21, 71, 51, 41, 61]
    drawn = iter([*keys, *again])
    monkeypatch.setattr(anonymous, "random_key", lambda: next(drawn))
    expected = [str(place) for _key, place in sorted((key, place) for place, key in enumerate(keys))]
    for number in range(len(keys)):
        _send(found, number, sluta_fraga=f"Nummer {number}")
        # Whenever a dump is taken, also when the last one came just now.
        mine = sorted((key, place) for place, key in enumerate(keys[: number + 1]))
        assert _order_of("surveys_heldresponse") == [str(place) for _key, place in mine]
    with _next_day():
        count_held()
    in_responses = _order_of("surveys_response")
    # Keys are drawn anew in the order in which they lay, so that not even those who saw the held rows can tell.
    assert in_responses == [place for _key, place in sorted(zip(again, expected, strict=True))]
    assert in_responses not in (expected, [str(number) for number in range(len(keys))])


def test_keys_of_sent_forms_lie_in_their_own_order_and_hold_nothing_else(found: Round) -> None:
    for number in range(6):
        _send(found, number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_sentform")
        rows = cursor.fetchall()
    assert rows == sorted(rows)
    assert {len(row) for row in rows} == {1}


def test_no_sequence_counts_an_answer(found: Round) -> None:
    before = re.findall(r"sequence .*", dump())
    _send(found)
    assert re.findall(r"sequence .*", dump()) == before
    with _next_day():
        count_held()
    assert "surveys_response_id_seq" in "".join(before)
    assert Response.objects.get(round=found).pk > 10**6
    told = [line for line in re.findall(r"sequence .*", dump()) if "response" in line]
    assert told == [line for line in before if "response" in line]


def test_database_error_tells_nothing_of_the_answer(found: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any) -> None:
        raise IntegrityError("DETAIL: Failing row contains (hemligt svar)")

    monkeypatch.setattr(anonymous, "_write_anew", refuse)
    with pytest.raises(NotKept) as told:
        _send(found)
    assert told.value.__context__ is None and "hemligt" not in repr(told.value)


# Counting


def test_answer_counts_from_the_day_after_and_no_figure_moves_before(found: Round) -> None:
    _send(found)
    assert not count_held()
    found.refresh_from_db()
    assert (found.revision, Response.objects.count(), HeldResponse.objects.count()) == (0, 0, 1)
    with _next_day():
        assert count_held() == 1
        assert not count_held()
    found.refresh_from_db()
    assert (found.revision, HeldResponse.objects.count()) == (1, 0)
    assert measured(found).all["lan"].base == 1
    response = Response.objects.get(round=found)
    assert (response.respondent, response.organisation) == ("", None)


def test_trail_has_one_row_a_night_and_none_an_answer(found: Round) -> None:
    before = AuditEntry.objects.count()
    for number in range(3):
        _send(found, number)
    assert AuditEntry.objects.count() == before
    with _next_day():
        count_held()
    row = AuditEntry.objects.get(action="round.answers_counted")
    assert (row.object_id, row.actor_id, row.changes) == ("anonym", None, {"responses": [None, 3]})


def test_form_sent_twice_counts_once(found: Round) -> None:
    assert _send(found)
    assert not _send(found)
    assert HeldResponse.objects.count() == 1
    other = open_round(found.version, "en-till", side="civil", access="open")
    assert _send(other)


def test_keys_of_sent_forms_go_when_no_round_is_open(found: Round) -> None:
    _send(found)
    with _next_day():
        count_held()
        assert SentForm.objects.exists()
        Round.objects.update(state="closed")
        count_held()
    assert not SentForm.objects.exists()


def test_closing_counts_nothing_and_results_wait_for_the_night(village: Village, found: Round) -> None:
    _send(found)
    close_round(by=village.anna, slug=found.slug)
    with pytest.raises(Refused, match="i natt"):
        publish_results(by=village.anna, round_id=found.pk)
    with _next_day():
        count_held()
        assert publish_results(by=village.anna, round_id=found.pk).published_at


# Who may not


@pytest.mark.parametrize("facts", [{"access": "invited"}, {"slug": "annan"}])
def test_only_a_round_with_an_open_link_takes_them(found: Round, facts: dict[str, str]) -> None:
    Round.objects.filter(pk=found.pk).update(**facts)
    with pytest.raises(NotVisible):
        _send(found)


def test_closed_round_takes_none(found: Round) -> None:
    Round.objects.filter(pk=found.pk).update(state="closed")
    with pytest.raises(Refused):
        _send(found)


def test_no_own_link_opens_a_form_in_an_anonymous_round(village: Village, found: Round) -> None:
    asked = asked_in(found, village.association)
    with pytest.raises(NotVisible):
        asked_by_key(asked_key(asked))
    with pytest.raises(NotVisible):
        asked_by_key(asked_key(asked), to_save=True)
    with pytest.raises(NotVisible):
        hand_over(by=holder(asked))
    assert Asked.objects.get().response is None


def test_pace_is_kept_by_all_together_and_written_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_times", {})
    for _time in range(3):
        pace.keep_pace("prov", most=3, seconds=60)
    with pytest.raises(TooMany):
        pace.keep_pace("prov", most=3, seconds=60)
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    pace.keep_pace("prov", most=3, seconds=60)


def test_unlogged_request_leaves_a_line_only_when_it_fails() -> None:
    def record(level: int) -> logging.LogRecord:
        return logging.LogRecord("samverka", level, "", 0, "sagt", (), None)

    @logs.unlogged
    def quiet() -> None: ...

    logs.keep_quiet_for(quiet)
    assert not logs.is_told(record(logging.WARNING)) and logs.is_told(record(logging.ERROR))
    structlog.contextvars.clear_contextvars()
    assert logs.is_told(record(logging.INFO))


def test_file_of_the_frame_leaves_no_line_and_a_missing_page_does(logged: io.StringIO, rf: RequestFactory) -> None:
    def ask(status: int) -> str:
        request = rf.get("/static/css/open.css")
        request.resolver_match = None
        middleware.request_id(lambda _request: HttpResponse(status=status))(request)
        return logged.getvalue()

    assert not ask(200) and not ask(304)
    assert "404" in ask(404)
