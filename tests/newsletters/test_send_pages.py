"""From a finished issue to a sent one, in the browser's steps: to whom, a last look, sending, pausing, the log."""

from django.test import Client

from samverka.newsletters.models import Delivery, Issue
from samverka.newsletters.sending_tasks import send_share
from tests.newsletters.test_audiences import association
from tests.people import Village


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
