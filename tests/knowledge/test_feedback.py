"""Whether a page helped, why, and the answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.collaborations.models import Party
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.knowledge.actions.feedback import (
    MOST_AN_HOUR,
    handle_feedback,
    handle_own_feedback,
    say_if_helped,
    say_why,
)
from samverka.knowledge.models import Feedback, Page
from samverka.knowledge.personal_data import purge_feedback
from samverka.knowledge.waiting import visitors_to_answer
from samverka.knowledge.writing import feedback_to
from samverka.organisations.queries import acting_for
from tests.people import Together, Village

from . import told
from .pages import draft


def test_answer_is_mailed_and_the_address_forgotten(village: Village) -> None:
    said = say_if_helped(page=draft(village), helped=False)
    say_why(feedback_id=said.public_id, text="När är sista dagen?", reply_email="nils@example.se")
    handle_feedback(by=village.eva, feedback_id=said.public_id, answer="31 mars.", led_to_change=True)
    said.refresh_from_db()
    assert (said.reply_email, said.wants_answer, said.led_to_change) == ("", True, True)
    mail = OutboxMessage.objects.get(kind="feedback_answered")
    assert mail.to_address == "nils@example.se"
    assert "31 mars." in mail.text
    assert "31 mars." in mail.html


def test_what_a_visitor_says_is_in_no_log(village: Village) -> None:
    said = say_if_helped(page=draft(village), helped=True)
    say_why(feedback_id=said.public_id, text="Marsvinsmat", reply_email="nils@example.se")
    trail = str(list(AuditEntry.objects.values()))
    assert "Marsvinsmat" not in trail
    assert "nils@" not in trail


def test_one_who_wants_an_answer_is_not_closed_without(village: Village) -> None:
    said = say_if_helped(page=draft(village), helped=False)
    say_why(feedback_id=said.public_id, text="När?", reply_email="nils@example.se")
    with pytest.raises(Refused):
        handle_feedback(by=village.eva, feedback_id=said.public_id)


def test_why_is_said_once_and_soon(village: Village) -> None:
    said = say_if_helped(page=draft(village), helped=True)
    say_why(feedback_id=said.public_id, text="Bra")
    with pytest.raises(Refused):
        say_why(feedback_id=said.public_id, text="Dåligt")
    Feedback.objects.update(created_at=timezone.now() - timedelta(hours=3))
    with pytest.raises(NotVisible):
        say_why(feedback_id=said.public_id, text="Dåligt")


@pytest.mark.parametrize("address", ["nils", "nils@", "a b@example.se"])
def test_address_that_is_none_is_refused(village: Village, address: str) -> None:
    said = say_if_helped(page=draft(village), helped=True)
    with pytest.raises(Refused):
        say_why(feedback_id=said.public_id, text="Bra", reply_email=address)


@pytest.mark.parametrize("name", ["yusuf", "karin", "hanna", "anna"])
def test_only_editors_handle_what_is_said(village: Village, name: str) -> None:
    said = say_if_helped(page=draft(village), helped=True)
    with pytest.raises(NotAllowed):
        handle_feedback(by=village.people[name], feedback_id=said.public_id)
    assert not Feedback.objects.visible_to(village.people[name]).exists()


def test_sender_who_says_too_much_is_stopped(village: Village) -> None:
    page = draft(village)
    for _turn in range(MOST_AN_HOUR):
        say_if_helped(page=page, helped=True, sender="192.0.2.1")
    with pytest.raises(TooMany):
        say_if_helped(page=page, helped=True, sender="192.0.2.1")


def test_old_feedback_is_purged(village: Village) -> None:
    say_if_helped(page=draft(village), helped=True)
    assert purge_feedback() == 0
    Feedback.objects.update(purge_on=timezone.localdate())
    assert purge_feedback() == 1


def said_of(page: Page, text: str = "Vad kostade det?", address: str = "nils@example.se") -> Feedback:
    return say_why(feedback_id=say_if_helped(page=page, helped=False).public_id, text=text, reply_email=address)


def test_owner_sees_and_answers_what_is_said_of_its_own_pages(together: Together) -> None:
    village = together.village
    page = told.published(together)
    said = said_of(page)
    karin = acting_for(village.karin, village.municipality.public_id)
    assert [one.public_id for one in feedback_to(karin)] == [said.public_id]
    (waits,) = visitors_to_answer(karin)
    assert waits.about == page.title
    handle_own_feedback(by=karin, feedback_id=said.public_id, answer="20 000 kronor.", led_to_change=True)
    said.refresh_from_db()
    assert (said.reply_email, said.handled_by, said.led_to_change) == ("", village.karin, True)
    mail = OutboxMessage.objects.get(kind="feedback_answered")
    assert mail.to_address == "nils@example.se"
    for text in (mail.text, mail.html):
        assert "20 000 kronor." in text
        assert "Svaret kommer från Exempelby kommun" in text
    assert visitors_to_answer(karin) == []


@pytest.mark.parametrize(("name", "body"), [("yusuf", "association"), ("olle", "neighbour"), ("rut", "municipality")])
def test_nobody_sees_what_is_said_of_pages_of_others(together: Together, name: str, body: str) -> None:
    """Yusuf's association is a party, and does not answer for the page; Rut reads and does not take part."""
    village = together.village
    said = said_of(told.published(together))
    acting = acting_for(village.people[name], getattr(village, body).public_id)
    assert not feedback_to(acting).exists()
    with pytest.raises(NotVisible):
        handle_own_feedback(by=acting, feedback_id=said.public_id, answer="Nej")


def test_one_who_acts_for_a_unit_sees_what_concerns_its_own_texts(together: Together) -> None:
    village = together.village
    said = said_of(told.published(together))
    said_of(told.portrait(village), "Fin text")
    kim = acting_for(village.kim, village.municipality.public_id)
    assert not feedback_to(kim).exists()
    Party.objects.filter(pk=together.public_party.pk).update(unit=village.committee)
    assert [one.public_id for one in feedback_to(kim)] == [said.public_id]


def test_owner_does_not_say_that_a_text_of_the_editors_is_changed(village: Village) -> None:
    said = said_of(draft(village), address="")
    karin = acting_for(village.karin, village.municipality.public_id)
    handle_own_feedback(by=karin, feedback_id=said.public_id, answer="Vi ringer redaktionen.", led_to_change=True)
    said.refresh_from_db()
    assert not said.led_to_change


def test_what_the_editor_has_answered_is_not_answered_again(village: Village) -> None:
    said = said_of(draft(village))
    handle_feedback(by=village.eva, feedback_id=said.public_id, answer="31 mars.")
    karin = acting_for(village.karin, village.municipality.public_id)
    with pytest.raises(Refused):
        handle_own_feedback(by=karin, feedback_id=said.public_id, answer="1 april.")
    assert OutboxMessage.objects.filter(kind="feedback_answered").count() == 1
