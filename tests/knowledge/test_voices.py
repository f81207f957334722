"""Quotes, pictures, what contacts confirm, questions, and what one saves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.files import open_stored
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage, StoredFile
from samverka.kernel.ratelimit import TooMany
from samverka.knowledge.actions import lasting, questions, saving, voices
from samverka.knowledge.actions.publishing import publish_page
from samverka.knowledge.actions.sending_in import send_in
from samverka.knowledge.enums import Consent, Holds
from samverka.knowledge.finding import Filters, examples_fitting, listed, similar_to, told_at
from samverka.knowledge.links import (
    holds_key,
    page_by_holds_key,
    question_by_key,
    question_key,
    quote_by_key,
    quote_key,
)
from samverka.knowledge.models import Bookmark, Page, PageQuestion, Quote
from samverka.knowledge.personal_data import purge_questions, purge_quotes
from samverka.knowledge.telling import body_of, still_shown
from samverka.organisations.models import ActivityField
from samverka.organisations.queries import acting_for
from samverka.places.models import Municipality
from tests.knowledge import told
from tests.people import Together


def _quoted(together: Together) -> Quote:
    page = told.whole(together)
    return told.quote(page, together.village.karin)


def _body(quote: Quote) -> dict[str, Any]:
    return body_of(Page.objects.get(pk=quote.page_id))


def test_quote_shows_when_the_person_has_said_yes(together: Together) -> None:
    quote = _quoted(together)
    assert _body(quote)["quotes"] == []
    voices.ask_quoted(by=together.village.karin, page_id=quote.page.public_id, quote_id=quote.public_id)
    voices.answer_quote(by=quote_by_key(quote_key(quote)), agrees=True)
    assert [one["name"] for one in _body(quote)["quotes"]] == ["Mona Läxdahl"]


def test_quoted_person_is_asked_with_the_words_and_a_link(together: Together) -> None:
    quote = _quoted(together)
    voices.ask_quoted(by=together.village.karin, page_id=quote.page.public_id, quote_id=quote.public_id)
    sent = OutboxMessage.objects.get(kind="quote_consent")
    assert "Barnen" not in f"{sent.text} {sent.arguments} {sent.subject}"
    rendered = outbox._rendered(sent)
    assert rendered is not None
    assert quote.text in rendered.text
    assert quote_key(quote) in rendered.text


def test_other_words_ask_anew_and_kill_the_old_link(together: Together) -> None:
    quote = _quoted(together)
    key = quote_key(quote)
    voices.answer_quote(by=quote, agrees=True)
    values = {"text": "Något annat.", "name": quote.name, "email": quote.email}
    voices.change_quote(
        by=together.village.karin, page_id=quote.page.public_id, quote_id=quote.public_id, values=values
    )
    assert _body(quote)["quotes"] == []
    with pytest.raises(NotVisible):
        quote_by_key(key)


def test_a_yes_taken_back_leaves_the_published_page_at_once(together: Together) -> None:
    quote = _quoted(together)
    voices.answer_quote(by=quote, agrees=True)
    send_in(by=together.village.karin, page_id=quote.page.public_id)
    edition = publish_page(by=together.village.eva, page_id=quote.page.public_id)
    page = Page.objects.get(pk=quote.page_id)
    assert len(still_shown(page, edition.document["body"])["quotes"]) == 1
    voices.answer_quote(by=quote, agrees=False)
    assert still_shown(page, edition.document["body"])["quotes"] == []


def test_a_yes_had_otherwise_is_noted_but_never_against_a_no(together: Together) -> None:
    quote = _quoted(together)
    here: dict[str, Any] = {"by": together.village.karin, "page_id": quote.page.public_id, "quote_id": quote.public_id}
    voices.note_consent(**here, how="I telefon 12 mars")
    assert len(_body(quote)["quotes"]) == 1
    voices.answer_quote(by=quote, agrees=False)
    with pytest.raises(Refused):
        voices.note_consent(**here, how="Ändrade sig")


def test_picture_is_drawn_anew_and_goes_with_its_party(together: Together) -> None:
    page = told.whole(together)
    ours = told.picture(page, together.village.karin)
    told.picture(page, together.village.karin, organisation=together.village.association)
    with open_stored(ours.file) as file, Image.open(file) as drawn:
        assert not drawn.getexif()
    assert (ours.width, ours.height) == (60, 40)
    assert [one["id"] for one in body_of(page)["pictures"]] == [ours.public_id]


def test_picture_that_is_taken_away_is_gone(together: Together) -> None:
    page = told.whole(together)
    picture = told.picture(page, together.village.karin)
    voices.remove_picture(by=together.village.yusuf, page_id=page.public_id, picture_id=picture.public_id)
    assert not StoredFile.objects.filter(owner_id=page.public_id).exists()


def _grown_old(page: Page, days: int) -> None:
    type(page.example).objects.filter(page=page).update(confirmed_on=timezone.localdate() - timedelta(days=days))


def test_contact_is_asked_after_two_years_and_not_before(together: Together) -> None:
    page = told.published(together)
    _grown_old(page, 729)
    assert lasting.ask_if_they_hold() == 0
    _grown_old(page, 731)
    assert lasting.ask_if_they_hold() == 1
    assert lasting.ask_if_they_hold() == 0
    assert OutboxMessage.objects.get(kind="page_still_holds").to_address == "karin@exempelby.example"


def test_contact_confirms_by_link(together: Together) -> None:
    page = told.published(together)
    _grown_old(page, 731)
    lasting.ask_if_they_hold()
    found = page_by_holds_key(holds_key(Page.objects.get(pk=page.pk)))
    lasting.say_if_it_holds(by=None, page=found, holds=Holds.YES)
    assert type(page.example).objects.get(page=page).confirmed_on == timezone.localdate()
    with pytest.raises(NotVisible):
        page_by_holds_key(f"{page.public_id}-aaaaaaaaaaaaaaaa")


def _ask(page: Page, *, sender: str = "1", may_show: bool = True) -> PageQuestion:
    return questions.ask_question(
        by=None, page=page, sender=sender, text="Hur hittade ni volontärer?", name="", place="Grannby",
        email="olle@grannby.example", may_show=may_show,
    )  # fmt: skip


def test_question_goes_to_the_office_and_its_answer_to_the_one_who_asked(together: Together) -> None:
    question = _ask(told.published(together))
    assert OutboxMessage.objects.get(kind="page_question").to_address == "registrator@exempelby.example"
    found = question_by_key(question_key(question))
    questions.answer_question(by=None, question=found, answer="Vi frågade runt.", show=True)
    assert OutboxMessage.objects.get(kind="page_question_answered").to_address == "olle@grannby.example"
    assert PageQuestion.objects.get().shown_at
    with pytest.raises(Refused):
        questions.answer_question(by=None, question=found, answer="Igen", show=True)


def test_question_shows_only_when_the_one_who_asked_has_said_yes(together: Together) -> None:
    question = _ask(told.published(together), may_show=False)
    questions.answer_question(by=None, question=question, answer="Vi frågade runt.", show=True)
    assert not PageQuestion.objects.get().shown_at


def test_questions_are_limited(together: Together) -> None:
    page = told.published(together)
    for _number in range(questions.MOST_OF_ONE):
        _ask(page)
    with pytest.raises(TooMany):
        _ask(page)


def test_only_the_organisation_that_is_asked_answers(together: Together) -> None:
    question, village = _ask(told.published(together)), together.village
    for name, body in (("yusuf", village.association), ("rut", village.municipality), ("olle", village.neighbour)):
        with pytest.raises(NotAllowed):
            acting = acting_for(village.people[name], body.public_id)
            questions.answer_question(by=acting, question=question, answer="Ja", show=False)


def test_addresses_are_purged_when_nobody_needs_them(together: Together) -> None:
    question, quote = _ask(told.published(together)), _quoted(together)
    voices.answer_quote(by=quote, agrees=True)
    questions.answer_question(by=None, question=question, answer="Vi frågade runt.", show=True)
    assert (purge_quotes(), purge_questions()) == (0, 0)
    Quote.objects.update(answered_at=timezone.now() - timedelta(days=91))
    PageQuestion.objects.update(purge_on=date(2020, 1, 1))
    assert (purge_quotes(), purge_questions()) == (1, 1)
    assert PageQuestion.objects.get().asker_email == ""
    PageQuestion.objects.update(shown_at=None)
    assert purge_questions() == 1


def test_what_one_saves_is_ones_own(together: Together) -> None:
    page, village = told.published(together), together.village
    saving.save_page(by=village.vera, page=page)
    saving.save_page(by=village.vera, page=page)
    own = saving.make_collection(by=village.vera, name="Att läsa")
    saving.place_page(by=village.vera, page_id=page.public_id, collection_id=own.public_id, note="Till tisdag")
    assert Bookmark.objects.get().collection == own
    saving.save_page(by=village.olle, page=page)
    with pytest.raises(NotVisible):
        saving.place_page(by=village.olle, page_id=page.public_id, collection_id=own.public_id)
    with pytest.raises(Refused):
        saving.make_collection(by=village.vera, name="Att läsa")
    saving.remove_collection(by=village.vera, collection_id=own.public_id)
    assert Bookmark.objects.filter(user=village.vera).count() == 1


def test_similar_examples_share_field_form_or_place(together: Together) -> None:
    page = told.published(together)
    others = [told.published(together) for _number in range(3)]
    area, place = ActivityField.objects.all()[0], Municipality.objects.all()[0]
    page.fields.add(area)
    others[0].fields.add(area)
    Page.objects.filter(pk__in=[page.pk, others[0].pk, others[1].pk]).update(municipality=place, county=place.county)
    found = similar_to(Page.objects.get(pk=page.pk))
    assert [one.pk for one in found] == [others[0].pk, others[1].pk]
    assert told_at(municipality=place.code)[1] == 3


def test_examples_that_fit_a_collaboration_are_not_its_own(together: Together) -> None:
    page = told.published(together)
    collaboration = together.collaboration
    area = ActivityField.objects.all()[0]
    page.fields.add(area)
    collaboration.fields.add(area)
    assert examples_fitting(collaboration) == []
    type(page.example).objects.update(collaboration=None)
    assert [one.pk for one in examples_fitting(collaboration)] == [page.pk]


def test_list_says_what_was_published_and_not_the_draft(together: Together) -> None:
    page = told.published(together)
    told.change(page, together.village.karin, title="Hemlig ny rubrik")
    (found,) = listed("example", Filters())
    assert found.shown_title == "Läxhjälp på tre språk"


def test_consent_states_are_settled() -> None:
    assert Consent.ASKED not in Consent.settled()
