"""What one does from a mail: end it, choose, give a receipt, pass it on, route it. A scanner does nothing."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client

from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage, SinkMail
from samverka.newsletters import links
from samverka.newsletters.actions import sending
from samverka.newsletters.models import Delivery, Issue, Receipt, Route, Subscriber, Suppression
from samverka.newsletters.progress import passed_on_by, receipt_counts
from samverka.newsletters.sending_tasks import send_share
from tests.newsletters.issues import block, issue_of
from tests.newsletters.servers import MailServer, mail_server
from tests.newsletters.test_sending import magazine, subscribers
from tests.people import Village
from tests.web.answers import contents

LINK = re.compile(r"https?://[^\s\"'<>]+")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def sent_magazine(village: Village) -> Delivery:
    subscribers(1)
    issue = magazine(village)
    sending.begin_sending(by=None, issue_id=issue.public_id)
    send_share(issue.pk)
    return Delivery.objects.get(issue=issue)


def sent_letter(village: Village) -> Delivery:
    """To the office of Exempelby kommun."""
    issue = issue_of(village.neighbour, audience={"kind": "offices", "query": "slag=municipality"})
    block(issue, "lead", text="Hej")
    sending.begin_sending(by=None, issue_id=issue.public_id)
    send_share(issue.pk)
    return Delivery.objects.get(issue=issue, organisation=village.municipality)


def key_of(delivery: Delivery) -> str:
    return links.delivery_key(delivery.public_id)


def own_links(mail: bytes, server: MailServer) -> set[str]:
    read = server.mails[-1].read
    texts = [read.get_body((kind,)).get_content() for kind in ("plain", "html")] + [str(read["List-Unsubscribe"])]
    found = {url.rstrip(".,)>") for text in texts for url in LINK.findall(unescape(text))}
    return {url.removeprefix(site_settings.BASE_URL) for url in found if url.startswith(site_settings.BASE_URL)}


def test_a_scanner_unsubscribes_nobody(village: Village, server: MailServer) -> None:
    sent_magazine(village)
    paths = own_links(b"", server)
    assert any("avregistrera" in path for path in paths)
    scanner, before = Client(), contents()
    for path in paths | {path.replace("avregistrera", "kvitto") for path in paths if "avregistrera" in path}:
        for method in ("GET", "HEAD", "GET"):
            assert scanner.generic(method, path).status_code < 500
    after = contents()
    assert not sorted(table for table in before if before[table] != after[table])
    assert Subscriber.objects.get().state == "confirmed"


def test_a_mail_program_ends_it_in_one_click(village: Village, server: MailServer) -> None:
    delivery = sent_magazine(village)
    path = f"/utskick/avregistrera/{key_of(delivery)}/"
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {"something": "else"}).status_code == 200
    assert Subscriber.objects.get().state == "confirmed"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row = Subscriber.objects.get()
    assert (row.state, row.ended_how) == ("ended", "one_click")
    assert "Du får inga fler utskick" in Client().get(path).content.decode()


def test_the_page_ends_it_by_its_button(village: Village, server: MailServer) -> None:
    delivery = sent_magazine(village)
    path = f"/utskick/avregistrera/{key_of(delivery)}/"
    page = Client().get(path).content.decode()
    assert 'name="end"' in page and "Du får inga fler utskick" not in page
    assert f'href="/utskick/installningar/{key_of(delivery)}/"' in page
    assert Client().post(path, {"end": "yes"}).status_code == 302
    assert Subscriber.objects.get().ended_how == "page"


def test_a_made_up_key_opens_nothing(village: Village, server: MailServer) -> None:
    delivery = sent_magazine(village)
    for path in ("avregistrera", "installningar", "kvitto", "vem-hos-er"):
        assert Client().get(f"/utskick/{path}/{delivery.public_id}-aaaaaaaaaaaaaaaa/").status_code == 404


def test_official_mail_is_not_ended_but_routed(village: Village, server: MailServer) -> None:
    delivery = sent_letter(village)
    path = f"/utskick/avregistrera/{key_of(delivery)}/"
    answer = Client().post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 302 and "vem-hos-er" in answer["Location"]
    assert not Suppression.objects.exists()


def test_an_office_says_once_who_should_have_it(village: Village, server: MailServer) -> None:
    delivery = sent_letter(village)
    path = f"/utskick/vem-hos-er/{key_of(delivery)}/"
    page = Client().get(path).content.decode()
    assert "Vem hos er ska få det här?" in page
    answer = Client().post(path, {"said_by": "Rut", "everything": "kultur@exempelby.example", "copy": "on"})
    assert answer.status_code == 302, answer.content.decode()
    assert Route.objects.get().email == "kultur@exempelby.example"
    second = issue_of(village.neighbour, audience={"kind": "offices", "query": "slag=municipality"})
    block(second, "lead", text="Hej igen")
    sending.begin_sending(by=None, issue_id=second.public_id)
    to = sorted(Delivery.objects.filter(issue=second).values_list("address", flat=True))
    assert to == ["kultur@exempelby.example", "registrator@exempelby.example"]


def test_a_registrar_gives_a_receipt_without_an_account(village: Village, server: MailServer) -> None:
    delivery = sent_letter(village)
    path = f"/utskick/kvitto/{key_of(delivery)}/"
    said = Client().get(path).content.decode()
    assert f"{delivery.issue.sender} ser vad ni svarar, i sin logg över utskicket." in said
    assert Client().post(path, {"choice": "registered"}).status_code == 422
    assert Client().post(path, {"choice": "registered", "diary_number": "KS 2027/16"}).status_code == 302
    assert Receipt.objects.get().diary_number == "KS 2027/16"
    assert "KS 2027/16" in Client().get(path).content.decode()


def test_passing_on_mails_the_colleagues_and_keeps_no_address(village: Village, server: MailServer) -> None:
    delivery = sent_letter(village)
    path = f"/utskick/kvitto/{key_of(delivery)}/skicka-vidare/"
    assert Client().post(path, {"name": "Rut", "to": "inte en adress"}).status_code == 422
    assert Client().post(path, {"name": "Rut", "to": "a@exempelby.example\nb@exempelby.example"}).status_code == 302
    assert OutboxMessage.objects.filter(kind="issue_passed_on").count() == 2
    row = Receipt.objects.get()
    assert (row.choice, row.sent_to) == ("passed_on", 2)
    assert "a@exempelby" not in str(row.__dict__)


def test_passing_on_takes_no_diary_number_away(village: Village, server: MailServer) -> None:
    delivery = sent_letter(village)
    path = f"/utskick/kvitto/{key_of(delivery)}/"
    Client().post(path, {"choice": "registered", "diary_number": "KS 2027/16"})
    Client().post(f"{path}skicka-vidare/", {"name": "Rut", "to": "a@exempelby.example"})
    assert "KS 2027/16" in Client().get(path).content.decode()
    said = [("Diariefört hos mottagaren", 1), ("Vidarebefordrat", 1)]
    assert [(str(label), n) for label, n in receipt_counts(delivery.issue)] == said
    assert passed_on_by(delivery.issue) == [("Exempelby kommun", ["kollegor"])]


def test_subscribing_takes_a_second_yes(village: Village, settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    form = {"email": "Ny@Exempel.example", "pace": "at_once", "language": "sv", "place": ""}
    assert Client().post("/prenumerera/", form).status_code == 302
    row = Subscriber.objects.get()
    assert (row.email, row.state) == ("ny@exempel.example", "waiting")
    for message in outbox.waiting_ids():
        outbox.deliver(message)
    path = re.search(r"/prenumerera/\S+/", SinkMail.objects.get().text)
    assert path
    Client().get(path.group())
    assert Subscriber.objects.get().state == "waiting"
    assert Client().post(f"{path.group()}bekrafta/").status_code == 302
    assert Subscriber.objects.get().state == "confirmed"
    changed = {"pace": "monthly", "language": "en", "place": ""}
    assert Client().post(path.group(), changed).status_code == 302
    assert Subscriber.objects.get().pace == "monthly"
    assert Client().post(f"{path.group()}sluta/").status_code == 302
    assert Subscriber.objects.get().state == "ended"


def test_who_has_not_confirmed_gets_nothing(village: Village) -> None:
    Subscriber.objects.create(email="a@b.example")
    subscribers(1)
    issue = magazine(village)
    sending.begin_sending(by=None, issue_id=issue.public_id)
    assert Delivery.objects.count() == 1


def test_a_link_of_a_magazine_leads_on_and_writes_no_row(village: Village, server: MailServer) -> None:
    subscribers(1)
    issue = magazine(village)
    block(issue, "button", link_label="Läs", link_url="https://exempel.example/rapport")
    sending.begin_sending(by=None, issue_id=issue.public_id)
    issue.refresh_from_db()
    before = contents()
    answer = Client().get(f"/utskick/lank/{issue.public_id}/0/")
    assert answer.status_code == 302 and not answer["Location"].startswith(site_settings.BASE_URL)
    assert Client().get(f"/utskick/lank/{issue.public_id}/99/").status_code == 404
    assert before == contents()
    assert Issue.objects.get().document["sv"]["links"]
