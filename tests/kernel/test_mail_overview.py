import pytest
from django.utils import timezone

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.mail import overview
from samverka.kernel.models import AuditEntry, OutboxMessage, OutboxState

pytestmark = pytest.mark.django_db


def message(**fields):
    return OutboxMessage.objects.create(
        **{
            "kind": "note",
            "to_address": "karin.provsson@exempelby.example",
            "subject": "Din kod är 4711",
            "text": "4711",
            "purge_on": timezone.localdate(),
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("address", "shown"), [("karin@example.se", "k…@example.se"), ("k@example.se", "k…@example.se"), ("", "…")]
)
def test_masked_leaves_first_letter_and_domain(address, shown):
    assert overview.masked(address) == shown


def test_rows_show_neither_text_nor_subject_nor_whole_address():
    message(last_error="SMTPRecipientsRefused: {'karin.provsson@exempelby.example': (550, b'no')}")
    (row,) = overview.rows(list(overview.messages()))
    assert "4711" not in repr(row)
    assert "karin.provsson" not in repr(row)
    assert (row.to, row.state) == ("k…@exempelby.example", OutboxState.QUEUED)
    assert "k…@exempelby.example" in row.last_error


def test_messages_in_one_state():
    message()
    failed = message(state=OutboxState.FAILED)
    assert [one.pk for one in overview.messages("failed")] == [failed.pk]
    assert overview.messages("no such state").count() == 2


def test_send_again_puts_a_failed_message_back(village):
    failed = message(state=OutboxState.FAILED)
    overview.send_again(failed.public_id, by=village.hanna)
    failed.refresh_from_db()
    assert failed.state == OutboxState.QUEUED
    assert AuditEntry.objects.get(action="message.retried").object_id == failed.public_id


def test_send_again_refuses_what_has_not_failed(village):
    with pytest.raises(Refused):
        overview.send_again(message().public_id, by=village.hanna)


def test_send_again_of_nothing_is_not_visible(village):
    with pytest.raises(NotVisible):
        overview.send_again("bcdfg23456", by=village.hanna)
