"""Domain errors become answers in one place."""

from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import Client, RequestFactory

from samverka.kernel.errors import Busy, Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.ratelimit import TooMany
from samverka.web.middleware import DomainErrorMiddleware, came_from
from tests.people import Village
from tests.world import client_of

pytestmark = pytest.mark.django_db


def answer(error: Exception, method: str = "get", **headers: str) -> Any:
    request = getattr(RequestFactory(), method)("/sida/", headers=headers)
    request.user = type("Nobody", (), {"is_authenticated": False})()
    request.session = {}
    request._messages = CookieStorage(request)
    return DomainErrorMiddleware(lambda _request: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotVisible(), 404),
        (NotAllowed(), 403),
        (Conflict(theirs="Deras text", yours="Min text"), 409),
        (TooMany("Vänta."), 429),
        (Busy("Vänta."), 503),
        (Refused("Nej."), 400),
    ],
)
def test_domain_error_is_a_page_with_its_status(error: Exception, status: int) -> None:
    page = answer(error)
    assert page.status_code == status
    assert page.content.decode().count("<h1") == 1


def test_conflict_shows_both_texts() -> None:
    text = answer(Conflict(theirs="Deras text", yours="Min text")).content.decode()
    assert "Deras text" in text
    assert "Min text" in text


def test_refused_form_goes_back_with_a_message() -> None:
    back = answer(Refused("Nej."), "post", referer="http://testserver/formular/?a=1")
    assert (back.status_code, back["Location"]) == (302, "/formular/?a=1")


def test_refused_form_from_nowhere_is_a_page() -> None:
    for referer in ("", "https://evil.example/x", "javascript:alert(1)"):
        page = answer(Refused("Nej, därför."), "post", referer=referer)
        assert page.status_code == 400
        assert "Nej, därför." in page.content.decode()


def test_other_errors_are_left_to_django() -> None:
    assert answer(ValueError()) is None


def test_came_from_gives_a_path_only() -> None:
    request = RequestFactory().get("/", headers={"referer": "http://testserver//evil.example/"})
    assert not came_from(request).startswith("//")


def test_unknown_page_helps(client: Client) -> None:
    page = client.get("/finns-inte/")
    assert page.status_code == 404
    assert page.content.decode().count("<h1") == 1


def size_answered(client: Client, size: int) -> int:
    """Say that a body is of `size` bytes, and send none of it."""
    return client.generic("POST", "/kod/", b"", CONTENT_LENGTH=str(size)).status_code


def test_body_is_refused_by_its_size_before_it_is_read(village: Village) -> None:
    for person in (None, village.karin):
        client = client_of(person)
        assert size_answered(client, 3 * 1024 * 1024 + 1) == 413
        assert size_answered(client, 3 * 1024 * 1024) != 413


def test_who_may_import_sends_a_larger_file(village: Village) -> None:
    client = client_of(village.eva)
    assert size_answered(client, 50 * 1024 * 1024) != 413
    assert size_answered(client, 60 * 1024 * 1024) == 413
