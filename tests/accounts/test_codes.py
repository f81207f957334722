"""Typed codes, and the counting that holds for every process."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from samverka.accounts import actions, codes
from samverka.accounts.models import User
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
            codes.check_code(pending, typed, client="127.0.0.1")


@pytest.mark.django_db
def test_guesses_over_many_codes_to_one_address_are_limited() -> None:
    answers = [_guess(number, client="192.0.2.1") for number in range(25)]
    assert answers.count(ratelimit.TooMany) == 25 - codes.MOST_TRIES


@pytest.mark.django_db
def test_a_stranger_who_guesses_does_not_keep_the_owner_out() -> None:
    for number in range(codes.MOST_TRIES + 5):
        _guess(number, client="192.0.2.1")
    assert _guess(1000, client="192.0.2.2") is codes.WrongCode


@pytest.mark.django_db
def test_guesses_from_everywhere_have_a_limit_too() -> None:
    answers = [_guess(number, client=f"192.0.2.{number}") for number in range(codes.MOST_TRIES_AN_ADDRESS + 1)]
    assert answers.index(ratelimit.TooMany) == codes.MOST_TRIES_AN_ADDRESS


def _guess(number: int, *, client: str) -> type[Exception] | None:
    pending = codes.PendingCode(codes.SIGN_IN, "anna@forening.example", f"nonce{number}", "d", 9e12)
    try:
        codes.check_code(pending, "1111 1111", client=client)
    except (ratelimit.TooMany, codes.WrongCode) as refused:
        return type(refused)
    return None


@pytest.mark.django_db
def test_a_stranger_who_asks_for_codes_does_not_keep_the_owner_out() -> None:
    asked = {"address": "anna@forening.example", "purpose": codes.SIGN_IN, "language": "sv"}
    for _time in range(codes.MOST_CODES):
        codes.send_code(**asked, client="192.0.2.1")
    with pytest.raises(ratelimit.TooMany):
        codes.send_code(**asked, client="192.0.2.1")
    assert codes.send_code(**asked, client="192.0.2.2")


@pytest.mark.django_db
def test_a_code_is_not_answered_within_a_transaction_that_would_undo_the_count() -> None:
    pending = codes.PendingCode(codes.SIGN_IN, "anna@forening.example", "nonce", "d", 9e12)
    with transaction.atomic(), pytest.raises(RuntimeError):
        codes.check_code(pending, "1111 1111", client="192.0.2.1")


@pytest.mark.django_db
def test_wrong_answers_to_a_new_address_are_counted() -> None:
    anna = User.objects.create_user("anna@forening.example")
    pending = codes.PendingCode(codes.ADD_ADDRESS, "ny@forening.example", "nonce", "d", 9e12)
    for _time in range(codes.MOST_TRIES_A_CODE):
        with pytest.raises(codes.WrongCode):
            actions.add_address(by=anna, pending=pending, typed="1111 1111", client="192.0.2.1")
    with pytest.raises(codes.SpentCode):
        actions.add_address(by=anna, pending=pending, typed="1111 1111", client="192.0.2.1")


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
    assert OutboxMessage.objects.filter(to_address="anna@forening.example").count() == codes.MOST_CODES
