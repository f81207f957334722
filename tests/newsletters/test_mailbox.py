"""Mails that come back are fetched over IMAP: once each, marked when they are filed, whatever breaks on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from structlog.testing import capture_logs

from samverka.newsletters.actions.coming_back import take_in
from samverka.newsletters.bounces.fetching import fetch_all
from samverka.newsletters.models import Bounce, Suppression
from samverka.newsletters.sending_tasks import fetch_bounces
from tests.newsletters.mailbox import PASSWORD, Mailbox, certificate, mailbox
from tests.newsletters.test_coming_back import DSN

pytestmark = pytest.mark.django_db


def failed(name: str) -> bytes:
    """A mail that says that name@lista.example does not exist, as a server sends it."""
    mail = DSN.format(
        to="studs@samverka.example", address=f"{name}@lista.example", status="5.1.1", said="550 unknown", number=0
    )
    return mail.replace("\n", "\r\n").encode()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox(failed("anna"), failed("bo"), failed("cilla")) as found:
        yield found


def filed() -> list[str]:
    return sorted(Bounce.objects.values_list("address", flat=True))


EVERY = ["anna@lista.example", "bo@lista.example", "cilla@lista.example"]


def test_mails_are_fetched_filed_and_marked_once(box: Mailbox) -> None:
    assert fetch_all(take_in) == 3
    assert filed() == EVERY
    assert Suppression.objects.count() == 3
    assert box.read == set(box.mails)
    assert fetch_all(take_in) == 0
    assert box.count("FETCH") == 3
    box.put(failed("dag"))
    fetch_bounces()
    assert filed() == [*EVERY, "dag@lista.example"]
    assert box.count("LOGOUT") == 3


def test_mails_are_fetched_over_tls_from_a_server_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mailbox(failed("anna"), encrypted_with=trusted) as box:
        assert fetch_all(take_in) == 1
    assert filed() == EVERY[:1]
    assert box.read == {101}


def test_password_is_not_told_to_a_server_that_nobody_vouches_for(tmp_path: Path) -> None:
    with mailbox(failed("anna"), encrypted_with=certificate(tmp_path)) as box, capture_logs() as logs:
        fetch_bounces()
    assert box.said == []
    assert filed() == []
    assert [line["event"] for line in logs if "CERTIFICATE_VERIFY_FAILED" in str(line)] == ["bounces.mailbox_broke_off"]


def test_empty_mailbox_is_nothing() -> None:
    with mailbox() as box, capture_logs() as logs:
        fetch_bounces()
    assert box.count("SEARCH") == 1
    assert not [line for line in logs if line["event"].startswith("bounces.")]


def test_mail_is_marked_only_when_it_is_filed(box: Mailbox) -> None:
    def take(content: bytes) -> None:
        if b"bo@" in content:
            raise ValueError("cannot be read")
        take_in(content=content)

    with pytest.raises(ValueError, match="cannot be read"):
        fetch_all(take)
    assert filed() == EVERY[:1]
    assert box.read == {101}
    assert fetch_all(take_in) == 2
    assert filed() == EVERY


@pytest.mark.parametrize(
    ("command", "turn", "marked", "left"),
    [("FETCH", 2, {101}, 2), ("STORE", 2, {101}, 2), ("SEARCH", 1, set(), 3), ("LOGIN", 1, set(), 3)],
)
def test_connection_that_breaks_files_none_twice(
    box: Mailbox, command: str, turn: int, marked: set[int], left: int
) -> None:
    """At STORE the second mail has been filed and is not marked: it comes again, and counts once."""
    box.break_at = (command, turn)
    with capture_logs() as logs:
        assert fetch_all(take_in) == len(marked)
    (said,) = [line for line in logs if line["event"] == "bounces.mailbox_broke_off"]
    assert (said["host"], said["mails"], said["log_level"]) == ("127.0.0.1", len(marked), "warning")
    assert box.read == marked
    assert fetch_all(take_in) == left
    assert filed() == EVERY
    assert Suppression.objects.count() == 3


def test_mail_that_somebody_took_away_meanwhile_is_passed_over(box: Mailbox) -> None:
    def take(content: bytes) -> None:
        box.mails.pop(102, None)
        take_in(content=content)

    assert fetch_all(take) == 2
    assert filed() == [EVERY[0], EVERY[2]]


def test_wrong_password_is_told_without_it_and_the_folder_is_read_all_the_same(box: Mailbox, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(failed("erik"))
    wrong = {"BOUNCE_MAILBOX": box.address(password="fel ord"), "BOUNCE_DIRECTORY": str(tmp_path)}
    with override_settings(**wrong), capture_logs() as logs:
        fetch_bounces()
    (said,) = [line for line in logs if line["event"] == "bounces.mailbox_refused"]
    assert (said["step"], said["log_level"]) == ("sign in", "error")
    assert "Invalid credentials" in said["said"]
    assert "fel ord" not in str(logs)
    assert PASSWORD not in str(logs)
    assert filed() == ["erik@lista.example"]
    assert box.read == set()


def test_mailbox_that_is_not_there_is_told(box: Mailbox) -> None:
    with override_settings(BOUNCE_MAILBOX=box.address(box="Studsar%202")), capture_logs() as logs:
        assert fetch_all(take_in) == 0
    (said,) = [line for line in logs if line["event"] == "bounces.mailbox_refused"]
    assert (said["step"], said["said"]) == ("open Studsar 2", "no such mailbox")


def test_server_that_does_not_answer_is_told() -> None:
    with mailbox() as box:
        gone = box.address()
    with override_settings(BOUNCE_MAILBOX=gone), capture_logs() as logs:
        assert fetch_all(take_in) == 0
    assert [line["event"] for line in logs] == ["bounces.mailbox_broke_off"]
