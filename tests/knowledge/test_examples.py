"""Examples: begun from what is shared, approved by the parties, sent in, published, taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.collaborations import actions as acts
from samverka.collaborations.enums import Circle
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage
from samverka.knowledge.actions import approving, drafting, publishing
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.enums import Approval, PageState
from samverka.knowledge.models import Page, PageParty
from samverka.knowledge.telling import body_of
from samverka.knowledge.writing import page_to_write, state_of
from samverka.organisations.queries import acting_for
from tests.collaborations.seats import seat_alone, seat_of, seat_on_both_sides
from tests.knowledge import told
from tests.people import Together, Village


def _party(page: Page, together: Together) -> PageParty:
    return PageParty.objects.get(page=page, organisation=together.village.association)


def _for_byalaget(together: Together, name: str = "yusuf") -> object:
    return acting_for(together.village.people[name], together.village.association.public_id)


def test_example_begins_with_what_the_parties_share(together: Together) -> None:
    karin = seat_of(together, "karin")
    acts.save_outcome(by=karin, step="3.2", values={"goal": "Alla barn läser"}, joint=True, version=0)
    page = told.begun(together)
    assert page.title == "Läxhjälp på tre språk"
    assert page.summary == "Fler barn ska få hjälp."
    assert "Alla barn läser" in page.example.done
    assert page.example.steps == ["3.2"]
    assert [(party.name, party.wrote) for party in page.parties.order_by("id")] == [
        ("Exempelby kommun", True), ("Exempelby byalag", False),
    ]  # fmt: skip


def test_private_notes_and_own_outcomes_never_go_in(together: Together) -> None:
    karin = seat_of(together, "karin")
    for circle in (Circle.AUTHOR, Circle.PARTY):
        acts.write_entry(by=karin, text=f"Qvibbel {circle}", circle=circle)
    own = acts.save_outcome(by=karin, step="4.3", values={"premises": "Qvibbel"}, joint=False, version=0)
    assert "qvibbel" not in _all_of(told.begun(together))
    acts.share_outcome(by=karin, outcome_id=own.public_id, version=1)
    assert "qvibbel" in _all_of(told.begun(together))


def _all_of(page: Page) -> str:
    return f"{page.title} {page.summary} {vars(page.example)}".lower()


def test_one_alone_or_one_who_only_follows_begins_no_example(together: Together, village: Village) -> None:
    with pytest.raises(Refused):
        drafting.start_from_collaboration(by=seat_alone(village, together))
    with pytest.raises(NotAllowed):
        drafting.start_from_collaboration(by=seat_of(together, "rut"))


def test_both_parties_write_and_nobody_else(together: Together) -> None:
    page = told.begun(together)
    told.change(page, together.village.yusuf, done="Vi öppnade.")
    for name in ("olle", "vera", "eva", "rut"):
        with pytest.raises(NotVisible):
            page_to_write(together.village.people[name], page.public_id)


def test_two_who_write_at_once_lose_nothing(together: Together) -> None:
    page = told.begun(together)
    told.change(page, together.village.karin, done="Karins")
    with pytest.raises(Conflict) as both:
        drafting.change_page(by=together.village.yusuf, page_id=page.public_id, version=1, values={"done": "Yusufs"})
    assert both.value.details["theirs"] == {"done": "Karins"}


def test_silent_party_is_counted_and_not_named(together: Together) -> None:
    page = told.published(together)
    body = page.editions.get().document["body"]
    assert [party["name"] for party in body["parties"]] == ["Exempelby kommun"]
    assert body["silent"] == 1


def test_party_that_approves_is_named_until_the_text_changes(together: Together) -> None:
    page = told.whole(together)
    assert approving.ask_parties(by=together.village.karin, page_id=page.public_id) == 1
    approving.answer_for_party(by=_for_byalaget(together), page_id=page.public_id, approves=True)
    page = Page.objects.get(pk=page.pk)
    assert state_of(_party(page, together), page) == Approval.APPROVED
    assert body_of(page)["silent"] == 0
    page = told.change(page, together.village.karin, done="Något annat")
    assert state_of(_party(page, together), page) == Approval.WAITING
    assert body_of(page)["silent"] == 1


def test_sending_in_does_not_undo_an_approval(together: Together) -> None:
    page = told.whole(together)
    approving.ask_parties(by=together.village.karin, page_id=page.public_id)
    approving.answer_for_party(by=_for_byalaget(together), page_id=page.public_id, approves=True)
    send_in(by=together.village.karin, page_id=page.public_id)
    edition = publishing.publish_page(by=together.village.eva, page_id=page.public_id)
    assert edition.document["body"]["silent"] == 0


def test_party_that_wants_changes_stops_publishing(together: Together) -> None:
    page = told.sent_in(together)
    with pytest.raises(Refused):
        approving.answer_for_party(by=_for_byalaget(together), page_id=page.public_id, approves=False)
    approving.answer_for_party(by=_for_byalaget(together), page_id=page.public_id, approves=False, comment="Fel år")
    with pytest.raises(Refused, match="Exempelby byalag"):
        publishing.publish_page(by=together.village.eva, page_id=page.public_id)


def test_who_acts_for_both_parties_approves_for_neither(together: Together) -> None:
    page = told.sent_in(together)
    seat_on_both_sides(together)
    with pytest.raises(Refused):
        approving.answer_for_party(by=_for_byalaget(together, "karin"), page_id=page.public_id, approves=True)


def test_party_is_asked_by_mail_with_the_text_and_reminded_twice(together: Together) -> None:
    page = told.sent_in(together)
    sent = OutboxMessage.objects.get(kind="example_approval")
    assert (sent.to_address, sent.text) == ("yusuf@example.se", "")
    rendered = outbox._rendered(sent)
    assert rendered is not None
    assert "Barn får hjälp på biblioteket." in rendered.text
    assert f"/exempel/{page.public_id}/" in rendered.text
    for days, reminded in ((6, 0), (7, 1), (20, 0), (21, 1), (60, 0)):
        _asked_before(page, days)
        assert approving.remind_parties() == reminded, days


def _asked_before(page: Page, days: int) -> None:
    page.parties.filter(wrote=False).update(asked_at=timezone.now() - timedelta(days=days, minutes=1))


def test_incomplete_example_is_not_sent_in(together: Together) -> None:
    with pytest.raises(Refused):
        send_in(by=together.village.karin, page_id=told.begun(together).public_id)


def test_text_stands_still_while_the_editor_has_it(together: Together) -> None:
    page = told.sent_in(together)
    with pytest.raises(Refused):
        told.change(page, together.village.karin, done="Nytt")
    publishing.return_page(by=together.village.eva, page_id=page.public_id, reason="Skriv vad det kostade.")
    told.change(page, together.village.karin, cost="Mer")


def test_published_example_can_be_changed_and_sent_in_again(together: Together) -> None:
    page = told.published(together)
    told.change(page, together.village.karin, done="Nytt")
    assert page.editions.get().document["body"]["done"] == told.WHOLE["done"]
    assert send_in(by=together.village.yusuf, page_id=page.public_id).state == PageState.SUBMITTED
    assert Page.objects.published().filter(pk=page.pk).exists()
    publishing.withdraw_page(by=together.village.eva, page_id=page.public_id, reason="Bad om det")
    assert not Page.objects.published().filter(pk=page.pk).exists()


def test_example_without_collaboration_names_its_parties_in_text(village: Village) -> None:
    page = drafting.start_example(by=village.vera, title="Skogsstigen")
    drafting.add_party(by=village.vera, page_id=page.public_id, name="Skogens vänner")
    drafting.add_party(
        by=village.vera, page_id=page.public_id, name="Exempelby byalag", organisation=village.association
    )
    with pytest.raises(Refused):
        drafting.add_party(by=village.vera, page_id=page.public_id, name="Skogens vänner")
    told.change(page, village.vera, **told.WHOLE)
    send_in(by=village.vera, page_id=page.public_id)
    edition = publishing.publish_page(by=village.eva, page_id=page.public_id)
    assert [party["name"] for party in edition.document["body"]["parties"]] == ["Skogens vänner"]
    assert edition.document["body"]["silent"] == 1


def test_only_a_public_body_has_a_portrait_and_only_one(village: Village) -> None:
    told.portrait(village)
    with pytest.raises(Refused):
        drafting.start_portrait(by=acting_for(village.karin, village.municipality.public_id))
    with pytest.raises(Refused):
        drafting.start_portrait(by=acting_for(village.yusuf, village.association.public_id))
    with pytest.raises(NotAllowed):
        drafting.start_portrait(by=acting_for(village.rut, village.municipality.public_id))


def test_published_example_is_indexed_with_what_is_told(together: Together) -> None:
    page = told.published(together)
    assert "torsdagar" in page.search_text
