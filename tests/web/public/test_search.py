"""The search page, its feed, saved searches, what is missed, and alerts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samverka.kernel.models import MissedMark, MissedSearch, OutboxMessage
from samverka.kernel.search import missed
from samverka.knowledge.models import SavedSearch
from samverka.web.search_alerts import send_alerts
from tests.people import Village
from tests.search.texts import published
from tests.world import client_of

pytestmark = pytest.mark.django_db
FORM = {"HTTP_REFERER": "http://testserver/sok/"}


def page(address: str, client: Client | None = None, **headers: str) -> str:
    response = (client or Client()).get(address, **headers)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_title_address_marked_excerpt_and_counts() -> None:
    shown = published("Läxhjälp på tre språk", "Om <script>alert(1)</script> läxhjälp.", kind="example")
    said = page("/sok/?q=läxhjälp&slag=example")
    assert f'href="/exempel/{shown.public_id}-laxhjalp-pa-tre-sprak/"' in said
    assert "<mark>läxhjälp</mark>" in said
    assert "<script>alert" not in said
    assert "en träff" in said.lower()


def test_a_chosen_facet_is_a_chip_that_can_be_taken_away() -> None:
    published("Odling i Lund", kind="example")
    published("Odling, en rapport")
    said = page("/sok/?q=odling&slag=example")
    assert "Odling i Lund" in said
    assert "Odling, en rapport" not in said
    assert "data-removable" in said


def test_unknown_choices_and_odd_pages_are_passed_over() -> None:
    published("Odling")
    assert "Odling" in page("/sok/?q=odling&slag=qvint&ar=x&kommun=99&sida=-4&omrade=1;drop")
    assert page("/sok/?q=odling&sida=99999999")


def test_a_misspelt_word_is_asked_about() -> None:
    published("Läxhjälp")
    said = page("/sok/?q=läxhjlp")
    assert "Menade du" in said
    assert "?q=l%C3%A4xhj%C3%A4lp" in said


def test_a_phrase_that_is_not_found_stands_in_one_pair_of_quotes() -> None:
    said = page("/sok/?q=%22qvintofon och läger%22")
    assert "Vi hittar inget om ”qvintofon och läger”" in said
    assert "?q=qvintofon%20och%20l%C3%A4ger" in said


def test_nothing_found_helps_and_is_counted_when_it_came_from_our_form() -> None:
    for _twice in range(2):
        assert "Vi hittar inget om" in page("/sok/?q=qvintofon", **FORM)
    page("/sok/?q=qvintofon")
    page("/sok/?q=qvintofon", HTTP_REFERER="https://elsewhere.example/")
    (row,) = MissedMark.objects.all()
    assert (row.count, len(row.visitors)) == (2, 1)


def asked_by_many(text: str, visitors: int = 20, days: int = 2) -> None:
    """Let different visitors ask: some more than are needed, as two may have the same mark."""
    for day in range(days):
        MissedMark.objects.update(last_day=timezone.localdate() - timedelta(days=days - day))
        for number in range(visitors):
            missed.note(text, f"{text} 192.0.2.{number}")


def listed() -> list[str]:
    return [row.words for row in missed.most_missed()]


def test_what_many_have_missed_on_different_days_is_listed_and_its_marks_are_gone() -> None:
    asked_by_many("Qvintofon i skolan")
    (row,) = missed.most_missed()
    assert (row.words, row.count) == ("qvintofon i skolan", 40)
    assert row.until == timezone.localdate() + missed.KEPT
    assert not MissedMark.objects.exists()


@pytest.mark.parametrize(("visitors", "days"), [(20, 1), (1, 5)])
def test_what_few_have_missed_can_be_read_nowhere(visitors: int, days: int) -> None:
    """One who asks every day, and many on one day, are both too few."""
    asked_by_many("brodecki", visitors, days)
    assert listed() == []
    kept = str(list(MissedMark.objects.values()))
    assert "brodecki" not in kept
    assert "192.0.2" not in kept
    assert all(mark < 256 for row in MissedMark.objects.all() for mark in row.visitors)


def test_marks_too_old_to_be_joined_begin_anew_and_are_removed() -> None:
    asked_by_many("qvintofon", days=1)
    old = timezone.localdate() - missed.WAITS - timedelta(days=1)
    MissedMark.objects.update(first_day=old, last_day=old)
    missed.note("qvintofon", "192.0.2.250")
    assert [len(row.visitors) for row in MissedMark.objects.all()] == [1]
    MissedMark.objects.update(first_day=old)
    assert missed.purge_marks() == 1


@pytest.mark.parametrize(
    "text",
    [
        "121212-1212", "19121212 1212", "folke.ek@example.se", "070-123 45 67", "folke 1212121212", "x" * 90,
        "Astrid Ek", "astrids resa", "ek nilsson", "hansen",
    ],
)  # fmt: skip
def test_what_could_tell_of_somebody_is_never_kept(text: str) -> None:
    asked_by_many(text)
    page(f"/sok/?q={text}", **FORM)
    assert not MissedSearch.objects.exists()
    assert not MissedMark.objects.exists()


@pytest.mark.parametrize("text", ["person", "konferensen", "sture", "per capita", "kursen"])
def test_words_that_only_look_like_names_are_counted(text: str) -> None:
    assert not missed.tells_of_somebody(text)


def test_what_was_missed_is_removed_in_time() -> None:
    today = timezone.localdate()
    MissedSearch.objects.create(day=today - missed.KEPT - timedelta(days=1), words="gammal")
    MissedSearch.objects.create(day=today, words="ny")
    assert missed.purge_missed() == 1
    assert listed() == ["ny"]


def test_the_editor_sees_what_was_missed_and_by_which_rule(village: Village) -> None:
    asked_by_many("qvintofon")
    missed.note("brodecki", "192.0.2.1")
    said = page("/redaktion/sokningar/", client_of(village.people["eva"]))
    assert "qvintofon" in said
    assert "brodecki" not in said
    assert "minst 3 olika besökare" in said
    assert "Orden tas bort 90 dagar efter" in said


def test_the_feed_has_the_newest_first_and_nothing_that_is_not_open(village: Village) -> None:
    now = timezone.now()
    published("Odling förr", published_at=now - timedelta(days=3))
    published("Odling nu", published_at=now)
    published("Odling i utkast", state="draft", published_at=None)
    said = page("/sok/flode.atom?q=odling")
    assert said.index("Odling nu") < said.index("Odling förr")
    assert "utkast" not in said


def saved(village: Village, pace: str, query: str = "q=odling") -> SavedSearch:
    form = {"query": query, "pace": pace}
    assert client_of(village.vera).post("/sok/spara/", form).status_code == 302
    return SavedSearch.objects.get(user=village.vera)


def earlier(search: SavedSearch, **ago: Any) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(checked_at=timezone.now() - timedelta(**ago))


def test_a_saved_search_keeps_known_choices_only(village: Village) -> None:
    search = saved(village, "weekly", "q=odling&slag=example&slag=qvint&sida=3")
    assert (search.query, search.words) == ("q=odling&slag=example", "odling")
    assert "odling" in page("/konto/sokningar/", client_of(village.vera))


def test_one_is_told_at_once_and_only_once(village: Village) -> None:
    search = saved(village, "at_once")
    earlier(search, minutes=10)
    published("Odling i Lund", published_at=timezone.now())
    published("Hemlig odling", state="draft", published_at=None)
    assert send_alerts() == 1
    mail = OutboxMessage.objects.get(kind="search_found")
    assert "Odling i Lund" in mail.text
    assert "Hemlig" not in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    earlier(search, minutes=10)
    assert send_alerts() == 0


def test_one_who_wants_it_weekly_is_not_told_before_the_week_is_over(village: Village) -> None:
    search = saved(village, "weekly")
    published("Odling i Lund", published_at=timezone.now())
    earlier(search, days=6)
    assert send_alerts() == 0
    earlier(search, days=8)
    assert send_alerts() == 1


def test_opening_the_link_ends_nothing_and_the_form_does(village: Village) -> None:
    search = saved(village, "at_once")
    assert "Ja, sluta mejla mig" in page(f"/sok/sluta/{search.token}/")
    search.refresh_from_db()
    assert search.pace == "at_once"
    Client().post(f"/sok/sluta/{search.token}/")
    search.refresh_from_db()
    assert search.pace == "never"


def test_a_mail_program_ends_them_by_one_post(village: Village) -> None:
    search = saved(village, "at_once")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(f"/sok/sluta/{search.token}/nu/").status_code == 405
    assert strict.post(f"/sok/sluta/{search.token}/nu/", {"List-Unsubscribe": "One-Click"}).status_code == 204
    search.refresh_from_db()
    assert search.pace == "never"


def test_a_search_of_somebody_else_is_not_removed(village: Village) -> None:
    search = saved(village, "weekly")
    client_of(village.karin).post(f"/sok/sparade/{search.public_id}/ta-bort/")
    assert SavedSearch.objects.filter(pk=search.pk).exists()
    client_of(village.vera).post(f"/sok/sparade/{search.public_id}/ta-bort/")
    assert not SavedSearch.objects.filter(pk=search.pk).exists()
