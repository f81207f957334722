"""Templates of a sender's own: what they hold and do not hold, who reaches them, and issues begun from them."""

import pytest

from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.newsletters.actions.templates import (
    MOST_TEMPLATES,
    remove_template,
    rename_template,
    save_template,
    start_from_own,
)
from samverka.newsletters.models import Issue, IssueTemplate
from tests.newsletters.issues import block, issue_of, picture_of
from tests.people import Village
from tests.world import client_of
from tests.world_newsletters import send


@pytest.fixture
def issue(village: Village) -> Issue:
    made = issue_of(village.municipality, subject="Månadsbrev")
    block(made, "lead", text="Hej alla.")
    block(made, "item", heading="Nyhet", text="Om bidrag.", picture=picture_of(made).token, alt="Ett bord")
    block(made, "event", heading="Möte", day="2027-10-12", begins="18:00", place="Bygdegården")
    block(made, "deadlines", day_1="2027-03-01", what_1="Söka bidrag")
    block(made, "lead", language="en", text="Hello all.")
    made.texts.create(language="en", subject="Monthly letter", preview="News")
    return made


def kept(issue: Issue, village: Village, *, name: str = "Månadsbrevet") -> IssueTemplate:
    every = list(issue.blocks.values_list("public_id", flat=True))
    return save_template(by=village.karin, issue_id=issue.public_id, name=name, keep=every)


def test_issue_begun_from_a_template_has_its_blocks_and_fixed_texts(village: Village, issue: Issue) -> None:
    made = start_from_own(by=village.karin, sender=village.municipality, template_id=kept(issue, village).public_id)
    assert [one.kind for one in made.blocks.filter(language="sv")] == ["lead", "item", "event", "deadlines"]
    contents = [one.content for one in made.blocks.filter(language="sv")]
    assert contents == [
        {"text": "Hej alla."}, {"heading": "Nyhet", "text": "Om bidrag."},
        {"heading": "Möte", "place": "Bygdegården"}, {},
    ]  # fmt: skip
    assert made.blocks.get(language="en").content == {"text": "Hello all."}
    assert {text.language: text.subject for text in made.texts.all()} == {"sv": "Månadsbrev", "en": "Monthly letter"}
    assert (made.format, made.matter, made.state) == ("official", "information", "draft")


def test_template_holds_no_recipient_number_or_day(village: Village, issue: Issue) -> None:
    send(issue, village)
    stored = str(IssueTemplate.objects.filter(pk=kept(issue, village).pk).values().get())
    for said in ("registrator@", "0531/20", "2027-10-12", "2027-03-01", "Ett bord", "kontakt@"):
        assert said not in stored
    made = start_from_own(
        by=village.karin, sender=village.municipality, template_id=IssueTemplate.objects.get().public_id
    )
    assert (made.diary_number, made.audience, made.deliveries.count()) == ("", {}, 0)


def test_text_that_is_not_ticked_stays_behind_and_its_block_comes_along(village: Village, issue: Issue) -> None:
    lead = issue.blocks.get(kind="lead", language="sv")
    made = save_template(by=village.karin, issue_id=issue.public_id, name="Tom", keep=[lead.public_id])
    blocks = made.content["sv"]["blocks"]
    assert [one["kind"] for one in blocks] == ["lead", "item", "event", "deadlines"]
    assert [one["content"] for one in blocks] == [{"text": "Hej alla."}, {}, {}, {}]


@pytest.mark.parametrize("name", ["yusuf", "olle", "rut", "eva", "anna"])
def test_template_of_another_sender_cannot_be_reached(village: Village, issue: Issue, name: str) -> None:
    made, person = kept(issue, village), village.people[name]
    with pytest.raises(NotAllowed):
        start_from_own(by=person, sender=village.municipality, template_id=made.public_id)
    with pytest.raises(NotAllowed):
        remove_template(by=person, sender=village.municipality, template_id=made.public_id)
    with pytest.raises(NotAllowed):
        save_template(by=person, issue_id=issue.public_id, name="Min", keep=[])


def test_sender_reaches_no_template_of_another(village: Village, issue: Issue) -> None:
    made = kept(issue, village)
    with pytest.raises(NotVisible):
        rename_template(by=village.olle, sender=village.neighbour, template_id=made.public_id, name="Vår")


def test_name_is_the_senders_own_and_once(village: Village, issue: Issue) -> None:
    kept(issue, village)
    second = kept(issue, village, name="Inbjudan")
    for taken in ("månadsbrevet", "  Månadsbrevet "):
        with pytest.raises(Refused):
            rename_template(by=village.karin, sender=village.municipality, template_id=second.public_id, name=taken)
    with pytest.raises(Refused):
        kept(issue, village, name="  ")
    theirs = issue_of(village.neighbour)
    assert save_template(by=village.olle, issue_id=theirs.public_id, name="Månadsbrevet", keep=[])


def test_templates_are_only_so_many(village: Village, issue: Issue) -> None:
    for number in range(MOST_TEMPLATES):
        kept(issue, village, name=f"Mall {number}")
    with pytest.raises(Refused):
        kept(issue, village, name="En till")


def test_template_is_kept_chosen_renamed_and_removed_in_the_browser(village: Village, issue: Issue) -> None:
    client, desk = client_of(village.karin), f"/arbete/{village.municipality.public_id}/utskick/"
    shown = client.get(f"{desk}{issue.public_id}/mall/").content.decode()
    assert "Ingress: Hej alla." in shown
    assert "Ingress: Hello all. (engelska)" in shown
    assert "Söka bidrag" not in shown
    saved = client.post(f"{desk}{issue.public_id}/mall/", {"name": "Månadsbrevet", "keep": []})
    assert saved.status_code == 302
    made = IssueTemplate.objects.get()
    again = client.post(f"{desk}{issue.public_id}/mall/", {"name": "Månadsbrevet"})
    assert again.status_code == 422
    assert "redan en mall som heter så" in again.content.decode()
    assert f'value="own:{made.public_id}">Månadsbrevet' in client.get(f"{desk}nytt/").content.decode()
    assert client.post(f"{desk}nytt/", {"from": f"own:{made.public_id}"}).status_code == 302
    assert client.post(f"{desk}nytt/", {"from": "own:2222222222"}).status_code == 404
    assert client.post(f"{desk}mallar/{made.public_id}/", {"name": "Vårbrevet"}).status_code == 302
    assert "Vårbrevet" in client.get(f"{desk}mallar/").content.decode()
    assert client.post(f"{desk}mallar/{made.public_id}/", {"do": "remove"}).status_code == 302
    assert "Inga egna mallar än" in client.get(f"{desk}mallar/").content.decode()
    assert Issue.objects.filter(sender=village.municipality).count() == 2
