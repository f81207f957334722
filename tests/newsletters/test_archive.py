"""What everybody may read: the archive, each issue, the feed, calendar files; and the record."""

import json

import pytest
from django.test import Client

from samverka.kernel.models import AuditEntry
from samverka.newsletters.actions.records import take_out
from samverka.newsletters.models import Block, Issue
from tests.newsletters.issues import block, issue_of, picture_of
from tests.newsletters.seed_newsletter import SUBJECT, seed_newsletter
from tests.people import Village
from tests.world import client_of
from tests.world_newsletters import send


@pytest.fixture
def issue(village: Village) -> Issue:
    made = seed_newsletter()
    block(made, "event", heading="Möte, i höst", day="2027-10-12", begins="18:00", ends="20:00", place="Å; gården",
          for_whom="alla", contact_name="Karin")  # fmt: skip
    return send(made, village)


def address(issue: Issue) -> str:
    return f"/utskick/{issue.public_id}-{issue.slug}/"


def test_draft_is_never_visible(village: Village) -> None:
    draft = issue_of(village.municipality, subject="Hemligt utkast", format="magazine")
    block(draft, "lead", text="Hemligt")
    client = Client()
    assert client.get(address(draft)).status_code == 404
    for path in ("/utskick/", "/utskick/?q=hemligt", "/utskick/flode.atom"):
        assert "Hemligt" not in client.get(path).content.decode()


def test_page_is_drawn_from_what_was_sent(issue: Issue) -> None:
    Block.objects.update(content={"text": "Ändrat efteråt", "heading": "Ändrat efteråt"})
    said = Client().get(address(issue)).content.decode()
    assert "Sex kommuner berättar" in said
    assert "Ändrat efteråt" not in said
    assert "Det här utskicket är skickat av" in said
    assert "Förslag till ärendemening: Inspiration till samverkan" in said


def test_page_without_frozen_data_is_drawn_from_the_blocks(issue: Issue) -> None:
    Issue.objects.update(document={"sv": {"subject": "s", "html": "h", "text": "t"}})
    assert "Sex kommuner berättar" in Client().get(address(issue)).content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("?q=kommuner", 1), ("?q=inspiration+civilsamhället", 1), ("?q=rymden", 0), ("?ar=1999", 0),
     ("?sprak=en", 0), ("?sprak=sv", 1), ("?fran=b2b2b2b2b2", 0), ("?ar=åå&sida=999", 1)],
)  # fmt: skip
def test_archive_is_searched_and_filtered(issue: Issue, query: str, count: int) -> None:
    assert Client().get(f"/utskick/{query}").content.decode().count(address(issue)) == count


def test_letter_to_associations_is_found_by_its_address_only(village: Village) -> None:
    plain = issue_of(village.municipality, subject="Brev till föreningar", format="plain", matter="")
    block(plain, "lead", text="Hej")
    send(plain, village)
    assert "Brev till" not in Client().get("/utskick/").content.decode()
    assert Client().get(address(plain)).status_code == 200


def test_feed_has_the_issue(issue: Issue) -> None:
    answer = Client().get("/utskick/flode.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert SUBJECT in answer.content.decode()
    assert address(issue) in answer.content.decode()


def test_event_is_a_calendar_file(issue: Issue) -> None:
    event = issue.blocks.get(kind="event")
    said = Client().get(f"/utskick/{issue.public_id}/{event.public_id}.ics").content.decode()
    assert "DTSTART:20271012T160000Z\r\nDTEND:20271012T180000Z" in said
    assert "SUMMARY:Möte\\, i höst" in said
    assert "LOCATION:Å\\; gården" in said
    assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))


def test_picture_is_given_to_whoever_has_its_address(village: Village) -> None:
    picture = picture_of(issue_of(village.municipality))
    answer = Client().get(f"/utskick/bild/{picture.token}/")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


def test_registrar_finds_and_takes_out_the_record(village: Village) -> None:
    own = issue_of(village.municipality)
    block(own, "lead", text="Ingress")
    send(own, village)
    draft = issue_of(village.municipality, subject="Bara ett utkast")
    client, org = client_of(village.rut), village.municipality.public_id
    listed = client.get(f"/arbete/{org}/utskick/").content.decode()
    assert own.public_id in listed
    assert draft.public_id not in listed
    said = client.get(f"/arbete/{org}/utskick/{own.public_id}/handling/").content.decode()
    assert "Exempelby kommun, Registrator" in said
    assert "registrator@exempelby.example" not in said
    paper = client.post(f"/arbete/{org}/utskick/{own.public_id}/handling/")
    assert paper.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="issue.record_given_out", actor_id=village.rut.pk).count() == 1


def test_looking_at_the_record_is_no_giving_out(village: Village) -> None:
    own = send(issue_of(village.municipality), village)
    client_of(village.karin).get(f"/arbete/{village.municipality.public_id}/utskick/{own.public_id}/handling/")
    assert not AuditEntry.objects.filter(action="issue.record_given_out").exists()
    take_out(by=village.karin, issue_id=own.public_id)
    assert AuditEntry.objects.filter(action="issue.record_given_out").exists()


def test_typing_is_kept_on_the_way(village: Village) -> None:
    own = issue_of(village.municipality)
    lead = block(own, "lead")
    client = client_of(village.karin)
    path = f"/arbete/{village.municipality.public_id}/utskick/{own.public_id}/del/{lead.public_id}/utkast/"
    told = {"values": json.dumps({"text": "Halvt"}), "base_version": "1", "revision": "0"}
    assert client.post(path, told).json() == {"revision": 1, "overtaken": False}
    page = client.get(path.removesuffix("utkast/")).content.decode()
    assert "Halvt" in page
    assert client_of(village.kim).get(path.removesuffix("utkast/")).content.decode().count("Halvt") == 0
