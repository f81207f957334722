"""Whether a page helped, why, and the answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.knowledge.actions.feedback import MOST_AN_HOUR, handle_feedback, say_if_helped, say_why
from samverka.knowledge.models import Feedback
from samverka.knowledge.personal_data import purge_feedback
from tests.people import Village

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
