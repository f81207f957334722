"""Typed codes, and the counting that holds for every process."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from samverka.accounts import codes
from samverka.kernel import ratelimit
from samverka.kernel.models import OutboxMessage

PENDING = {"purpose": codes.SIGN_IN, "address": "anna@forening.example", "nonce": "n", "digest": "d", "sent_at": 0.0}


@pytest.mark.parametrize("stored", [None, "text", {}, {**PENDING, "more": 1}, {"address": "x"}])
def test_session_with_something_else_gives_no_code(stored: object) -> None:
    assert codes.PendingCode.from_session(stored) is None


def test_session_gives_back_what_was_put_in() -> None:
    pending = codes.PendingCode(**PENDING)  # type: ignore[arg-type]
    assert codes.PendingCode.from_session(pending.as_session()) == pending


@pytest.mark.django_db
def test_empty_code_never_fits_an_address_in_use() -> None:
    pending = codes.send_code(
        address="anna@forening.example", purpose=codes.ADD_ADDRESS, language="sv", client="127.0.0.1", in_use=True
    )
    for typed in ("", " ", "0000 0000"):
        with pytest.raises(codes.WrongCode):
            codes.check_code(pending, typed)


@pytest.mark.django_db
def test_guesses_over_many_codes_to_one_address_are_limited() -> None:
    refused = 0
    for number in range(25):
        pending = codes.PendingCode(codes.SIGN_IN, "anna@forening.example", f"nonce{number}", "d", 9e12)
        try:
            codes.check_code(pending, "1111 1111")
        except ratelimit.TooMany:
            refused += 1
        except codes.WrongCode:
            pass
    assert refused == 25 - codes.MOST_TRIES_AN_ADDRESS


def in_threads(work: Callable[[], None], number: int) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_limit_holds_over_connections_at_once() -> None:
    allowed, refused = [], []

    def ask() -> None:
        for _time in range(5):
            try:
                ratelimit.allow("code-to:test", most=7, within=timedelta(minutes=15))
                allowed.append(1)
            except ratelimit.TooMany:
                refused.append(1)

    in_threads(ask, 4)
    assert (len(allowed), len(refused)) == (7, 13)


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_send_no_more_than_the_limit() -> None:
    def ask() -> None:
        for _time in range(3):
            try:
                codes.send_code(
                    address="anna@forening.example", purpose=codes.SIGN_IN, language="sv", client="192.0.2.1"
                )
            except ratelimit.TooMany:
                return

    in_threads(ask, 3)
    assert OutboxMessage.objects.filter(to_address="anna@forening.example").count() == codes.MOST_CODES_AN_ADDRESS
