"""A page is sent in, returned, scheduled, published, withdrawn and reviewed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.search import ts_query
from samverka.knowledge.actions.publishing import (
    note_review,
    publish_due,
    publish_page,
    return_page,
    schedule_page,
    submit_page,
    unschedule_page,
    withdraw_page,
)
from samverka.knowledge.enums import PageState
from samverka.knowledge.models import Page
from tests.people import Village

from .pages import draft, plain_kind, state_of  # noqa: F401

pytestmark = pytest.mark.usefixtures("plain_kind")


def test_writer_sends_in_and_editor_returns_with_reason_by_mail(village: Village) -> None:
    page = draft(village)
    submit_page(by=village.yusuf, page_id=page.public_id)
    assert state_of(page) == PageState.SUBMITTED
    return_page(by=village.eva, page_id=page.public_id, reason="Vad kostade det?")
    page.refresh_from_db()
    assert (page.state, page.returned_reason) == (PageState.RETURNED, "Vad kostade det?")
    mail = OutboxMessage.objects.get(kind="page_returned")
    assert mail.to_address == village.yusuf.email
    assert "Vad kostade det?" in mail.text


@pytest.mark.parametrize("name", ["karin", "vera", "hanna", "anna"])
def test_others_neither_send_in_nor_publish(village: Village, name: str) -> None:
    page = draft(village)
    with pytest.raises(NotAllowed):
        submit_page(by=village.people[name], page_id=page.public_id)
    with pytest.raises(NotAllowed):
        publish_page(by=village.people[name], page_id=page.public_id)


def test_writer_does_not_publish(village: Village) -> None:
    with pytest.raises(NotAllowed):
        publish_page(by=village.yusuf, page_id=draft(village).public_id)


def test_page_without_contact_is_not_published(village: Village) -> None:
    page = draft(village, contact_email="")
    with pytest.raises(Refused, match="hur man når"):
        publish_page(by=village.eva, page_id=page.public_id)
    assert not page.editions.exists()


def test_published_page_is_an_edition_in_the_index_and_the_writer_is_told(village: Village) -> None:
    page = draft(village)
    edition = publish_page(by=village.eva, page_id=page.public_id)
    assert edition.number == 1
    assert edition.document["title"] == "Läxhjälp på tre språk"
    assert edition.document["owner"]["name"] == "Exempelby kommun"
    found = Page.objects.published().extra(where=["search_vector @@ %s::tsquery"], params=[ts_query("dammsugarna")])
    assert list(found) == [page]
    assert OutboxMessage.objects.get(kind="page_published").to_address == village.yusuf.email
    assert AuditEntry.objects.filter(action="page.published", object_id=page.public_id).count() == 1


def test_second_edition_keeps_first_date_and_says_what_changed(village: Village) -> None:
    page = draft(village)
    publish_page(by=village.eva, page_id=page.public_id, at=timezone.now() - timedelta(days=400))
    first = Page.objects.get(pk=page.pk).published_at
    edition = publish_page(by=village.eva, page_id=page.public_id, what_changed="Ny kontakt")
    page.refresh_from_db()
    assert (edition.number, edition.what_changed) == (2, "Ny kontakt")
    assert page.published_at == first
    assert page.editions.count() == 2


def test_stale_page_is_not_published(village: Village) -> None:
    page = draft(village)
    submit_page(by=village.yusuf, page_id=page.public_id)
    with pytest.raises(Conflict):
        publish_page(by=village.eva, page_id=page.public_id, version=page.version)


def test_scheduled_page_is_published_when_its_time_has_come(village: Village) -> None:
    page = draft(village)
    schedule_page(by=village.eva, page_id=page.public_id, publish_at=timezone.now() + timedelta(hours=1))
    assert publish_due() == 0
    Page.objects.filter(pk=page.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    assert publish_due() == 1
    assert publish_due() == 0
    assert state_of(page) == PageState.PUBLISHED
    assert page.editions.count() == 1


def test_scheduled_page_that_lacks_something_goes_back_to_the_editor(village: Village) -> None:
    page = draft(village)
    schedule_page(by=village.eva, page_id=page.public_id, publish_at=timezone.now() + timedelta(hours=1))
    Page.objects.filter(pk=page.pk).update(publish_at=timezone.now() - timedelta(minutes=1), contact_email="")
    assert publish_due() == 0
    page.refresh_from_db()
    assert page.state == PageState.SUBMITTED
    assert "hur man når" in page.returned_reason


def test_time_in_the_past_is_refused(village: Village) -> None:
    with pytest.raises(Refused, match="inte har varit"):
        schedule_page(by=village.eva, page_id=draft(village).public_id, publish_at=timezone.now())


def test_time_is_taken_back(village: Village) -> None:
    page = draft(village)
    publish_page(by=village.eva, page_id=page.public_id)
    schedule_page(by=village.eva, page_id=page.public_id, publish_at=timezone.now() + timedelta(hours=1))
    unschedule_page(by=village.eva, page_id=page.public_id)
    assert state_of(page) == PageState.PUBLISHED


def test_withdrawn_page_is_in_no_list_and_can_come_back(village: Village) -> None:
    page = draft(village)
    publish_page(by=village.eva, page_id=page.public_id)
    with pytest.raises(Refused):
        withdraw_page(by=village.eva, page_id=page.public_id, reason=" ")
    withdraw_page(by=village.eva, page_id=page.public_id, reason="Uppgifterna stämmer inte längre.")
    assert not Page.objects.published().exists()
    publish_page(by=village.eva, page_id=page.public_id)
    assert list(Page.objects.published()) == [page]


def test_draft_is_not_withdrawn(village: Village) -> None:
    with pytest.raises(Refused):
        withdraw_page(by=village.eva, page_id=draft(village).public_id, reason="Fel")


def test_review_is_noted_with_its_day(village: Village) -> None:
    page = draft(village)
    with pytest.raises(Refused):
        note_review(by=village.eva, page_id=page.public_id)
    publish_page(by=village.eva, page_id=page.public_id, at=timezone.now() - timedelta(days=700))
    assert note_review(by=village.eva, page_id=page.public_id).reviewed_on == timezone.localdate()
