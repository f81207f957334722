"""From a finished issue to a sent one, in the browser's steps: to whom, a last look, sending, pausing, the log."""

from datetime import date

from django.test import Client, override_settings

from samverka.newsletters import links
from samverka.newsletters.actions.receipts import give_receipt
from samverka.newsletters.models import Delivery, Issue, Suppression
from samverka.newsletters.sending_tasks import send_share
from samverka.organisations.models import Function
from tests.newsletters.issues import block, issue_of, sender_of
from tests.newsletters.test_audiences import association
from tests.people import Village
from tests.world import client_of, enrol_totp
from tests.world_newsletters import send


def test_a_letter_is_looked_at_sent_and_followed(village: Village) -> None:
    association("Byalaget", "info@byalaget.example")
    client, body = Client(), village.municipality.public_id
    client.force_login(village.karin)
    written = client.post(
        f"/arbete/{body}/skriv-till-foreningar/?urval=slag%3Dassociation",
        {
            "subject": "Möte", "text": "Välkomna.", "reply_to": "karin@exempelby.example", "list": "",
            "query": "slag=association",
        },
    )  # fmt: skip
    assert written.status_code == 302, written.content.decode()
    look = client.get(written["Location"]).content.decode()
    assert "info@byalaget.example" in look and "Skicka till en nu" in look and "Välkomna." in look
    sent = client.post(written["Location"])
    assert sent.status_code == 302
    issue = Issue.objects.get()
    assert (issue.state, Delivery.objects.count()) == ("sending", 1)
    act = sent["Location"] + "gor/"
    assert client.post(act, {"do": "pause"}).status_code == 302
    assert "Fortsätt" in client.get(sent["Location"]).content.decode()
    assert client.post(act, {"do": "resume"}).status_code == 302
    send_share(issue.pk)
    done = client.get(sent["Location"]).content.decode()
    assert "Skickat: <strong>1</strong>" in done
    log = client.get(sent["Location"].replace("lage", "logg")).content.decode()
    assert "info@byalaget.example" in log
    file = client.get(sent["Location"].replace("/lage/", "/logg.csv"))
    assert "info@byalaget.example" in file.content.decode("utf-8-sig")
    client.force_login(village.olle)
    assert client.get(sent["Location"]).status_code == 404


def test_whom_to_choose_stands_by_name(village: Village) -> None:
    sender_of(village.municipality, is_host=True)
    enrol_totp(user=village.eva)
    client = client_of(village.eva)
    for format, said in (("official", "Dalarnas län"), ("magazine", "Dalarnas län"), ("plain", "Arboga kommun")):
        issue = issue_of(village.municipality, format=format)
        page = client.get(f"/redaktion/utskick/{issue.public_id}/mottagare/").content.decode()
        assert said in page and "PlaceName" not in page


def test_the_last_look_says_what_is_sent(village: Village) -> None:
    sender_of(village.municipality, is_host=True)
    enrol_totp(user=village.eva)
    issue = issue_of(village.municipality, audience={"kind": "offices", "query": "slag=municipality"})
    block(issue, "lead", text="Hej")
    page = client_of(village.eva).get(f"/en/redaktion/utskick/{issue.public_id}/skicka/").content.decode()
    assert "[För kännedom] Ny vägledning om samverkan, dnr 0531/20" in page


def test_the_log_tells_what_a_registrar_has_said(village: Village) -> None:
    sender_of(village.municipality, is_host=True)
    enrol_totp(user=village.eva)
    issue = send(issue_of(village.municipality), village)
    delivery = Delivery.objects.get()
    give_receipt(by=None, key=links.delivery_key(delivery.public_id), choice="registered", diary_number="KS 2027/16",
                 passed_to="")  # fmt: skip
    give_receipt(by=None, key=links.delivery_key(delivery.public_id), choice="passed_on", passed_to="Fritid")
    client = client_of(village.eva)
    base = f"/redaktion/utskick/{issue.public_id}"
    assert (
        "Diariefört hos mottagaren, KS 2027/16; Vidarebefordrat, Fritid" in client.get(f"{base}/logg/").content.decode()
    )
    assert "Diariefört hos mottagaren, KS 2027/16" in client.get(f"{base}/logg.csv").content.decode("utf-8-sig")
    assert "Diariefört hos mottagaren: <strong>1</strong>" in client.get(f"{base}/lage/").content.decode()


def test_the_last_look_counts_those_who_get_it(village: Village) -> None:
    sender_of(village.municipality, is_host=True)
    enrol_totp(user=village.eva)
    Function.objects.create(organisation=village.neighbour, kind="registrar", email="kansli@grannby.example")
    Suppression.objects.create(address="Registrator@exempelby.example", scope="official", reason="hard")
    issue = issue_of(
        village.municipality, audience={"kind": "offices", "query": "slag=municipality"},
        reply_read_until=date(2099, 1, 1),
    )  # fmt: skip
    block(issue, "lead", text="Hej")
    block(issue, "item", heading="H", text="T", for_whom="registratorer", contact_name="Karin Provsson")
    client, path = client_of(village.eva), f"/redaktion/utskick/{issue.public_id}/skicka/"
    with override_settings(MAIL_SINK=True):
        page = client.get(path).content.decode()
    assert "Det går till en adress." in page and "Skicka till en nu" in page
    assert "En adress till passar in, men får inget" in page and "registrator@exempelby.example" not in page
