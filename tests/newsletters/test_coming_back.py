"""What comes back: reading, the rules, and answers that ask for no more."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from samverka.kernel.models import OutboxMessage
from samverka.newsletters.actions.coming_back import take_in
from samverka.newsletters.bounces import read_mail
from samverka.newsletters.bouncing import SOFT_MOST
from samverka.newsletters.models import Bounce, Delivery, Subscriber, Suppression
from tests.newsletters.test_from_the_mail import sent_letter, sent_magazine
from tests.people import Village

DSN = """From: MAILER-DAEMON@relay.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

<{address}>: {said}
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--b--
{number}
"""
ARF = """From: fbl@provider.example
To: {to}
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is a complaint
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--b
Content-Type: message/rfc822

To: p0@lista0.example
Message-ID: <{id}@localhost>

--b--
"""


@pytest.fixture(autouse=True)
def back(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "studs@samverka.example"


def bounce(delivery: Delivery, status: str, said: str, number: int = 0) -> bytes:
    to = f"studs+{delivery.public_id}@samverka.example"
    return DSN.format(to=to, address=delivery.address, status=status, said=said, number=number).encode()


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.1.1", "550 5.1.1 User unknown", "hard"),
        ("5.0.0", "550 no such user here", "hard"),
        ("5.1.2", "Host or domain name not found", "hard"),
        ("5.2.2", "552 mailbox full", "soft"),
        ("5.0.0", "550 user account is overquota", "soft"),
        ("5.7.1", "550 message refused as spam", "soft"),
        ("4.4.1", "connection timed out", "soft"),
    ],
)
def test_what_a_failure_is(status: str, said: str, kind: str) -> None:
    mail = DSN.format(to="x@y.example", address="a@b.example", status=status, said=said, number=0)
    (found,) = read_mail(mail.encode())
    assert (found.recipient, found.kind) == ("a@b.example", kind)


def test_an_automatic_answer_and_a_plain_one() -> None:
    assert read_mail(b"Auto-Submitted: auto-replied\nSubject: Hej\n\nJag ar borta")[0].kind == "autoreply"
    assert read_mail(b"From: a@b.example\nSubject: Hej\n\nTack for brevet")[0].kind == "none"


def test_a_hard_bounce_ends_a_subscription_at_once(village: Village) -> None:
    delivery = sent_magazine(village)
    take_in(content=bounce(delivery, "5.1.1", "550 5.1.1 User unknown"))
    assert Delivery.objects.get().state == "bounced"
    assert (Subscriber.objects.get().state, Subscriber.objects.get().ended_how) == ("ended", "bounce")
    assert Suppression.objects.get().scope == "voluntary"


def test_the_same_bounce_counts_once_and_five_soft_ones_stop(village: Village) -> None:
    delivery = sent_magazine(village)
    for _again in range(3):
        take_in(content=bounce(delivery, "5.2.2", "mailbox full"))
    assert Bounce.objects.count() == 1
    for number in range(1, SOFT_MOST):
        assert not Suppression.objects.exists()
        take_in(content=bounce(delivery, "5.2.2", "mailbox full", number))
    assert Suppression.objects.get().reason == "soft"


def test_a_complaint_ends_what_is_voluntary(village: Village) -> None:
    delivery = sent_magazine(village)
    take_in(content=ARF.format(to=f"studs+{delivery.public_id}@samverka.example", id=delivery.public_id).encode())
    assert Delivery.objects.get().state == "complained"
    assert Subscriber.objects.get().ended_how == "complaint"


def test_an_office_is_never_stopped_without_telling_the_editor(village: Village) -> None:
    delivery = sent_letter(village)
    take_in(content=bounce(delivery, "5.1.1", "550 5.1.1 User unknown"))
    assert Suppression.objects.get().scope == "official"
    told = OutboxMessage.objects.get(kind="official_address_failed")
    assert told.to_address == village.eva.email and "registrator@exempelby.example" in told.text


def test_a_complaint_does_not_stop_official_mail(village: Village) -> None:
    delivery = sent_letter(village)
    take_in(content=ARF.format(to=f"studs+{delivery.public_id}@samverka.example", id=delivery.public_id).encode())
    assert not Suppression.objects.exists()
    assert OutboxMessage.objects.filter(kind="official_address_failed").count() == 1


@pytest.mark.parametrize("subject", ["Avregistrera", "Re: SV: unsubscribe", "Sluta"])
def test_an_answer_ends_it(village: Village, subject: str) -> None:
    delivery = sent_magazine(village)
    head = f"From: P <{delivery.address}>\nIn-Reply-To: <{delivery.public_id}@localhost>\nSubject: {subject}\n\n"
    take_in(content=head.encode())
    assert Subscriber.objects.get().ended_how == "reply"


def test_an_answer_from_somebody_else_ends_nothing(village: Village) -> None:
    delivery = sent_magazine(village)
    head = f"From: q@annan.example\nIn-Reply-To: <{delivery.public_id}@localhost>\nSubject: avregistrera\n\n"
    take_in(content=head.encode())
    assert Subscriber.objects.get().state == "confirmed"


def test_a_directory_is_read_once(village: Village, tmp_path: Path, settings: Any) -> None:
    settings.BOUNCE_DIRECTORY = str(tmp_path)
    delivery = sent_magazine(village)
    (tmp_path / "one.eml").write_bytes(bounce(delivery, "5.1.1", "550 5.1.1 User unknown"))
    for expected in ("1", "0"):
        out = StringIO()
        call_command("fetch_bounces", stdout=out)
        assert out.getvalue().strip() == expected
    assert Bounce.objects.count() == 1


def test_the_command_prints_a_line_for_each_recipient(tmp_path: Path, capsys: Any) -> None:
    mail = DSN.format(to="x@y.example", address="a@b.example", status="5.1.1", said="unknown", number=0)
    (tmp_path / "one.txt").write_text(mail)
    (tmp_path / "two.txt").write_text("From: a@b.example\nSubject: Hej\n\nTack")
    (tmp_path / "expected.csv").write_text(
        "file,detector,failed_addresses,is_temporary\none.txt,dsn,a@b.example,False\ntwo.txt,dsn,c@d.example,False\n"
    )
    out = StringIO()
    call_command("classify_bounces", str(tmp_path), stdout=out)
    assert out.getvalue().splitlines() == ["file,recipient,kind", "one.txt,a@b.example,hard", "two.txt,,none"]
    assert "1 of 2 as expected (50.0 %)\ntwo.txt: expected c@d.example, found nobody" in capsys.readouterr().err
