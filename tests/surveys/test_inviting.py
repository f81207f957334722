"""Invitations: once to each, with a link that works, in the language of the one who is asked."""

from typing import Any

import pytest

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.models import AuditEntry, JobProgress, OutboxMessage, SinkMail
from samverka.surveys.actions import following, inviting, panel, round_states
from samverka.surveys.addresses import form_address
from samverka.surveys.links import asked_by_key, asked_key
from samverka.surveys.models import Asked
from samverka.surveys.tasks import send_invitations
from tests.people import Village
from tests.surveys.desk import address, bodies, hand_over, invited, opened, send_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sink(settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"


def mails() -> list[SinkMail]:
    """Let what waits leave, and return all that has."""
    for message_id in outbox.waiting_ids():
        outbox.deliver(message_id)
    return list(SinkMail.objects.order_by("id"))


def test_each_gets_one_mail_with_the_link_and_what_the_round_says(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    mail = mails()[0]
    assert mail.subject == "[Svar önskas senast 30 april 2027] Så samverkar ni 2027"
    for said in (form_address(asked), "/kartlaggning/2027/formular.pdf", "30 april 2027", "- Budgeten", "frivilligt",
                 "0123-456 70, vardagar 9–12", "Exempelmyndigheten frågar Exempelby kommun"):  # fmt: skip
        assert said in mail.text
    assert b"Reply-To: kartlaggning@exempel.example" in bytes(mail.raw)
    asked.refresh_from_db()
    assert (asked.state, asked.invited_at is not None) == ("invited", True)
    assert AuditEntry.objects.get(action="round.invited").actor_id == village.anna.pk


def test_link_stands_in_no_table(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    key = asked_key(asked)
    row = OutboxMessage.objects.get()
    assert key.partition("-")[2] not in f"{row.text}{row.html}{row.arguments}{row.subject}{row.headers}"
    assert key in mails()[0].text


def test_duty_and_diary_number_stand_in_the_subject(village: Village) -> None:
    invited(village.anna, village.municipality, provision="lagen (2001:99) 7 §", diary_number="0531/27")
    mail = mails()[0]
    assert mail.subject == "[Svar krävs senast 30 april 2027] Så samverkar ni 2027, dnr 0531/27"
    assert "skyldiga att svara enligt lagen (2001:99) 7 §" in mail.text
    assert "frivilligt" not in mail.text


def test_mail_is_in_the_language_of_the_one_who_is_asked(village: Village) -> None:
    village.municipality.language = "en"
    village.municipality.save()
    asked = invited(village.anna, village.municipality)[0]
    mail = mails()[0]
    assert "/en/kartlaggning/svara/" in mail.text
    assert "30 April 2027" in mail.subject
    assert asked.language == "en"


def test_nobody_is_invited_twice_however_often_it_is_sent(village: Village) -> None:
    address(village.municipality)
    found = opened(village.anna, village.municipality)
    progress = inviting.invite(by=village.anna, slug=found.slug)
    assert inviting.invite(by=village.anna, slug=found.slug) == progress
    send_invitations(progress.pk)
    send_invitations(progress.pk)
    JobProgress.objects.update(state="running")
    send_invitations(progress.pk)
    assert len(mails()) == 1
    with pytest.raises(Refused):
        inviting.invite(by=village.anna, slug=found.slug)


def test_many_are_invited_in_batches_and_the_new_ones_later(village: Village) -> None:
    many = bodies(inviting.BATCH + 1, email="kommun@provby.example")
    found = opened(village.anna, *many)
    assert send_all(village.anna, found) == inviting.BATCH + 1
    new = bodies(1, email="ny@provby.example")
    panel.add_to_panel(by=village.anna, slug=found.slug, members=[panel.Member(new[0].pk)])
    assert send_all(village.anna, found) == 1
    assert OutboxMessage.objects.filter(to_address="ny@provby.example").count() == 1
    assert JobProgress.objects.filter(state="done").count() == 2


def test_who_has_no_address_is_not_invited(village: Village) -> None:
    found = opened(village.anna, village.neighbour)
    with pytest.raises(Refused):
        inviting.invite(by=village.anna, slug=found.slug)
    assert Asked.objects.get().invited_at is None


def test_prepared_and_closed_rounds_invite_nobody(village: Village) -> None:
    address(village.municipality)
    opened(village.anna, village.municipality)
    with pytest.raises(NotAllowed):
        inviting.invite(by=village.karin, slug="2027")
    progress = inviting.invite(by=village.anna, slug="2027")
    round_states.close_round(by=village.anna, slug="2027")
    send_invitations(progress.pk)
    assert mails() == []
    with pytest.raises(Refused):
        inviting.invite(by=village.anna, slug="2027")


def test_mail_that_should_not_leave_any_more_is_stopped(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    following.register_decline(by=village.anna, asked_id=asked.public_id, why="Hinner inte")
    assert mails() == []
    assert OutboxMessage.objects.get().state == "cancelled"


def test_renewed_link_makes_the_old_one_dead(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    old = asked_key(asked)
    mails()
    inviting.send_link_again(by=village.anna, asked_id=asked.public_id)
    assert old in mails()[-1].text
    inviting.renew_link(by=village.anna, asked_id=asked.public_id)
    new = mails()[-1]
    assert old not in new.text
    asked.refresh_from_db()
    assert asked_by_key(asked_key(asked)) == asked
    assert asked_key(asked) in new.text


def test_link_is_sent_only_to_who_is_invited_and_reachable(village: Village) -> None:
    opened(village.anna, village.municipality, village.neighbour)
    for one in Asked.objects.all():
        for action in (inviting.send_link_again, inviting.renew_link):
            with pytest.raises(Refused):
                action(by=village.anna, asked_id=one.public_id)


def test_anonymous_round_has_the_same_link_for_all(village: Village) -> None:
    village.association.email = "info@byalaget.example"
    village.association.save()
    asked = invited(village.anna, village.association, side="civil", access="open")[0]
    mail = mails()[0]
    assert "/kartlaggning/2027/svara/" in mail.text
    assert "anonymt" in mail.text
    assert asked.public_id not in mail.text + mail.html


def test_handing_over_does_not_stop_a_link_that_is_asked_for(village: Village) -> None:
    asked = invited(village.anna, village.municipality)[0]
    mails()
    hand_over(asked)
    inviting.send_link_again(by=village.anna, asked_id=asked.public_id)
    # The link shows what was handed over, and the receipt.
    assert len(mails()) == 2
