"""What visitors said of our pages: the list, and our answer."""

from samverka.knowledge.actions.feedback import say_if_helped, say_why
from samverka.knowledge.models import Feedback
from tests.knowledge import told
from tests.people import Together
from tests.world import client_of


def said_of(together: Together) -> Feedback:
    said = say_if_helped(page=told.published(together), helped=False)
    return say_why(feedback_id=said.public_id, text="Vad kostade det?", reply_email="nils@example.se")


def test_list_leads_to_the_answer_and_the_address_shows_nowhere(together: Together) -> None:
    said, org = said_of(together), together.village.municipality.public_id
    client = client_of(together.village.karin)
    listed = client.get(f"/arbete/{org}/synpunkter/").content.decode()
    assert "Vad kostade det?" in listed
    assert f"/synpunkter/{said.public_id}/" in listed
    one = client.get(f"/arbete/{org}/synpunkter/{said.public_id}/").content.decode()
    assert "nils@" not in listed + one
    assert "1 synpunkt på era sidor väntar" in client.get(f"/arbete/{org}/exempel/").content.decode()


def test_answer_is_needed_and_leads_back_to_the_list(together: Together) -> None:
    said, org = said_of(together), together.village.municipality.public_id
    client, address = client_of(together.village.karin), f"/arbete/{org}/synpunkter/{said.public_id}/"
    assert "Den som skrev vill ha ett" in client.post(address, {"answer": ""}).content.decode()
    sent = client.post(address, {"answer": "20 000 kronor.", "led_to_change": "on"})
    assert sent.status_code == 302
    assert "Inget väntar" in client.get(sent["Location"]).content.decode()
    assert "20 000 kronor." in client.get(address).content.decode()


def test_visitor_reads_who_reads_what_one_writes(together: Together) -> None:
    page = told.published(together)
    said = say_if_helped(page=page, helped=True)
    shown = client_of(None).get(f"/sidor/{page.public_id}/hjalpte/{said.public_id}/").content.decode()
    assert "läses av Exempelby kommun, som står för sidan, och av redaktionen" in shown
