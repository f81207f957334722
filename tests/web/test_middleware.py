"""Domain errors become answers in one place."""

import functools
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from samverka.kernel.errors import Busy, Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.ratelimit import TooMany
from samverka.web.came_from import came_from
from samverka.web.components.uploads import takes_files
from samverka.web.middleware import DomainErrorMiddleware
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


MB = 1024 * 1024
IMPORTS = "/redaktion/import/"


def size_answer(client: Client, size: int, path: str = "/kod/") -> Any:
    """Say that a body is of `size` bytes, and send none of it."""
    return client.generic("POST", path, b"", CONTENT_LENGTH=str(size))


def size_answered(client: Client, size: int, path: str = "/kod/") -> int:
    return size_answer(client, size, path).status_code


def test_body_is_refused_by_its_size_before_it_is_read(village: Village) -> None:
    for person in (None, village.karin):
        client = client_of(person)
        assert size_answered(client, 3 * MB + 1) == 413
        assert size_answered(client, 3 * MB) != 413


def test_who_may_import_sends_a_larger_file_to_that_page_only(village: Village) -> None:
    client = client_of(village.eva)
    assert size_answered(client, 50 * MB, IMPORTS) != 413
    assert size_answered(client, 60 * MB, IMPORTS) == 413
    assert size_answered(client, 4 * MB) == 413
    assert size_answered(client_of(village.karin), 4 * MB, IMPORTS) == 413


@pytest.fixture
def attaching(settings: Any) -> str:
    """An address whose form carries an attachment, wrapped as views are."""

    @takes_files(20 * MB)
    def inner(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @functools.wraps(inner)
    def view(request: HttpRequest) -> HttpResponse:
        return inner(request)

    module = ModuleType("attaching_urls")
    module.urlpatterns = [path("bilaga/", view), *import_module(settings.ROOT_URLCONF).urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = module
    return "/bilaga/"


def test_signed_in_person_sends_an_attachment_where_one_is_taken(village: Village, attaching: str) -> None:
    client = client_of(village.karin)
    assert size_answered(client, 20 * MB, attaching) != 413
    assert size_answered(client, 23 * MB + 1, attaching) == 413
    assert client.generic("PUT", attaching, b"", CONTENT_LENGTH=str(20 * MB)).status_code == 413
    assert size_answered(client, 20 * MB, "/finns-inte/") == 413


def test_who_is_signed_out_is_told_so_instead_of_sending_a_file(client: Client, attaching: str) -> None:
    answer = size_answer(client, 4 * MB, attaching)
    assert answer.status_code == 413
    assert "Du är inte längre inloggad" in answer.content.decode()
    assert "Du är inte längre inloggad" not in size_answer(client, 4 * MB).content.decode()
