"""Sending: every recipient once, what the server says, pausing, and the head of each mail."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.kernel.errors import NotAllowed, Refused
from samverka.newsletters.actions import sending
from samverka.newsletters.enums import DeliveryState, IssueState
from samverka.newsletters.models import Delivery, Issue, Subscriber, Suppression
from samverka.newsletters.sending_tasks import continue_sending, send_share
from tests.newsletters.issues import block, issue_of
from tests.newsletters.servers import MailServer, mail_server
from tests.people import Village


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def subscribers(count: int) -> list[Subscriber]:
    made = [
        Subscriber(email=f"p{n}@lista{n % 7}.example", state="confirmed", confirmed_at=timezone.now())
        for n in range(count)
    ]
    return Subscriber.objects.bulk_create(made)


def magazine(village: Village) -> Issue:
    issue = issue_of(village.municipality, format="magazine", audience={"kind": "subscribers"}, from_name="Åsa & Bo")
    block(issue, "lead", text="Hej! Här är tre nyheter.\n\n.En rad som börjar med punkt")
    return issue


def begun(village: Village, by: Any = None) -> Issue:
    return sending.begin_sending(by=by, issue_id=magazine(village).public_id)


def states(issue: Issue) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Delivery.objects.filter(issue=issue).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_each_subscriber_gets_one_mail(village: Village, server: MailServer) -> None:
    people = subscribers(40)
    issue = begun(village)
    send_share(issue.pk)
    assert server.recipients == sorted(person.email for person in people)
    assert states(issue) == {"sent": 40}
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    send_share(issue.pk)
    assert len(server.mails) == 40


def test_a_mail_has_the_headers_that_end_it_in_one_click(village: Village, server: MailServer) -> None:
    subscribers(1)
    issue = begun(village)
    send_share(issue.pk)
    (mail,) = server.mails
    row = Delivery.objects.get()
    assert mail.read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert row.public_id in mail.read["List-Unsubscribe"]
    assert mail.read["Message-ID"].startswith(f"<{row.public_id}@")
    assert mail.read["Auto-Submitted"] == "auto-generated"
    assert mail.read["Precedence"] is None
    assert mail.read["Reply-To"] == "kontakt@exempelmyndigheten.example"
    assert mail.read["From"] == "Åsa & Bo <utskick@exempelmyndigheten.example>"
    plain = mail.read.get_body(("plain",)).get_content()
    assert ".En rad som börjar med punkt" in plain
    assert "[[" not in plain and row.public_id in plain
    html = mail.read.get_body(("html",)).get_content()
    assert "[[" not in html and f"/utskick/installningar/{row.public_id}-" in html


def test_official_mail_has_no_one_click_end(village: Village, server: MailServer) -> None:
    issue = issue_of(village.municipality, audience={"kind": "offices", "query": "slag=municipality"})
    block(issue, "lead", text="Hej")
    sending.begin_sending(by=None, issue_id=issue.public_id)
    send_share(issue.pk)
    (mail,) = server.mails
    assert mail.recipient == "registrator@exempelby.example"
    assert mail.read["List-Unsubscribe"] is None
    assert "vem-hos-er" in mail.read.get_body(("plain",)).get_content()


def test_what_the_server_says_decides(village: Village, server: MailServer) -> None:
    subscribers(4)
    server.to_recipient = {"p0@lista0.example": "550 no such user", "p1@lista1.example": "451 come again"}
    server.to_mail = {"p2@lista2.example": "552 too big"}
    issue = begun(village)
    send_share(issue.pk)
    rows = {row.address: row for row in Delivery.objects.all()}
    assert rows["p0@lista0.example"].state == "failed" and "550" in rows["p0@lista0.example"].last_answer
    later = rows["p1@lista1.example"]
    assert later.state == "deferred" and later.next_attempt_at > timezone.now() + timedelta(minutes=4)
    assert rows["p2@lista2.example"].state == "failed"
    assert rows["p3@lista3.example"].state == "sent"
    assert Issue.objects.get().state == IssueState.SENDING


def test_a_deferred_mail_leaves_when_its_time_has_come(village: Village, server: MailServer) -> None:
    subscribers(1)
    server.to_recipient = {"p0@lista0.example": "451 come again"}
    issue = begun(village)
    send_share(issue.pk)
    server.to_recipient = {}
    send_share(issue.pk)
    assert states(issue) == {"deferred": 1}
    Delivery.objects.update(next_attempt_at=timezone.now())
    send_share(issue.pk)
    assert states(issue) == {"sent": 1}
    assert Delivery.objects.get().attempts == 2


def test_a_deferred_mail_fails_at_last(village: Village, server: MailServer) -> None:
    subscribers(1)
    server.to_recipient = {"p0@lista0.example": "451 come again"}
    issue = begun(village)
    for _attempt in range(8):
        Delivery.objects.update(next_attempt_at=timezone.now())
        send_share(issue.pk)
    assert states(issue) == {"failed": 1}


def test_a_paused_issue_waits_and_goes_on(village: Village, server: MailServer) -> None:
    subscribers(5)
    issue = begun(village)
    sending.pause_sending(by=None, issue_id=issue.public_id)
    send_share(issue.pk)
    assert not server.mails
    sending.resume_sending(by=None, issue_id=issue.public_id)
    send_share(issue.pk)
    assert len(server.mails) == 5


def test_the_rest_of_a_cancelled_issue_is_not_sent(village: Village, server: MailServer) -> None:
    subscribers(5)
    issue = begun(village)
    assert sending.cancel_rest(by=None, issue_id=issue.public_id) == 5
    send_share(issue.pk)
    assert not server.mails
    assert states(issue) == {"cancelled": 5}


def test_a_scheduled_issue_begins_when_its_time_has_come(village: Village, server: MailServer) -> None:
    subscribers(2)
    issue = magazine(village)
    with pytest.raises(Refused):
        sending.schedule_sending(by=None, issue_id=issue.public_id, at=timezone.now() - timedelta(hours=1))
    sending.schedule_sending(by=None, issue_id=issue.public_id, at=timezone.now() + timedelta(hours=1))
    continue_sending()
    assert not Delivery.objects.exists()
    Issue.objects.update(send_at=timezone.now())
    continue_sending()
    assert states(issue) == {"waiting": 2}


def test_who_gets_no_more_stands_in_the_log(village: Village, server: MailServer) -> None:
    subscribers(3)
    Suppression.objects.create(address="P1@lista1.example", scope="voluntary", reason="hard")
    Suppression.objects.create(address="p2@lista2.example", scope="official", reason="hard")
    issue = begun(village)
    send_share(issue.pk)
    assert states(issue) == {"sent": 2, "suppressed": 1}


def test_an_issue_to_nobody_is_refused(village: Village) -> None:
    with pytest.raises(Refused):
        begun(village)


def test_an_outsider_may_not_send(village: Village) -> None:
    subscribers(1)
    with pytest.raises(NotAllowed):
        begun(village, by=village.olle)


def test_an_issue_is_sent_once(village: Village, server: MailServer) -> None:
    subscribers(1)
    issue = begun(village)
    with pytest.raises(Refused):
        sending.begin_sending(by=None, issue_id=issue.public_id)


def test_a_silent_mail_server_leaves_the_mails_waiting(village: Village, settings: Any) -> None:
    subscribers(9)
    with mail_server():
        pass
    settings.MAIL_SINK, settings.EMAIL_HOST, settings.EMAIL_PORT = False, "127.0.0.1", 9
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER, settings.SEND_CONNECTIONS = "", 2
    issue = begun(village)
    send_share(issue.pk)
    assert DeliveryState.SENT not in states(issue) and "uncertain" not in states(issue)
    assert states(issue)["waiting"] >= 1


def test_without_a_mail_server_mails_are_caught(village: Village) -> None:
    from samverka.kernel.models import SinkMail

    subscribers(2)
    issue = begun(village)
    send_share(issue.pk)
    assert states(issue) == {"sent": 2}
    assert "Här är tre nyheter" in SinkMail.objects.all()[0].text


def test_a_scheduled_issue_to_nobody_becomes_a_draft_again(village: Village) -> None:
    issue = magazine(village)
    sending.schedule_sending(by=None, issue_id=issue.public_id, at=timezone.now() + timedelta(hours=1))
    Issue.objects.update(send_at=timezone.now())
    continue_sending()
    assert Issue.objects.get().state == IssueState.DRAFT


def test_the_pace_of_a_domain_leaves_nobody_out(village: Village, server: MailServer, settings: Any) -> None:
    import time

    settings.SEND_PER_DOMAIN = 5
    Subscriber.objects.bulk_create(
        Subscriber(email=f"p{n}@{name}.example", state="confirmed", confirmed_at=timezone.now())
        for n in range(12)
        for name in ("en", "annan")
    )
    issue, before = begun(village), time.monotonic()
    send_share(issue.pk)
    assert len(server.mails) == 24
    assert time.monotonic() - before > 0.3
