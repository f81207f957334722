"""Quotes and pictures of a page: written, asked about, noted, taken away."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.files import JPEG, PNG, open_stored, remove_stored, store_upload
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow

from ..emails_examples import QuoteConsentAsked
from ..enums import Consent
from ..models import Page, Picture, Quote
from .steps import page_to_change, touch
from .trail import note_page

MOST_QUOTES = MOST_PICTURES = 20
MOST_PICTURE_BYTES = 8 * 1024 * 1024
#: Mails to those who are quoted, from one page and day.
MOST_ASKED_A_DAY = 30


@transaction.atomic
def add_quote(*, by: Any, page_id: str, values: Mapping[str, Any]) -> Quote:
    """Add somebody's words; they show when that person has said yes."""
    page = page_to_change(by, page_id)
    if page.quotes.count() >= MOST_QUOTES:
        raise Refused(_("Det finns redan många citat. Ta bort något först."))
    quote: Quote = Quote.objects.create(page=page, added_by=by, **values)
    touch(page)
    note_page("page.quote_added", page, by=by, changes={"quote": ["", quote.public_id]})
    return quote


@transaction.atomic
def change_quote(*, by: Any, page_id: str, quote_id: str, values: Mapping[str, Any]) -> Quote:
    """Change a quote. With other words, another name or another role the person has to be asked anew."""
    page = page_to_change(by, page_id)
    quote = _quote(page, quote_id)
    said_otherwise = any(getattr(quote, name) != values.get(name, "") for name in ("text", "name", "role"))
    for name, value in values.items():
        setattr(quote, name, value)
    if said_otherwise:
        quote.state, quote.how, quote.comment, quote.answered_at = Consent.NOT_ASKED, "", "", None
        quote.link_number += 1
    quote.save()
    touch(page)
    note_page("page.quote_changed", page, by=by, changes={"quote": [quote_id, quote_id]})
    return quote


@transaction.atomic
def remove_quote(*, by: Any, page_id: str, quote_id: str) -> None:
    """Take a quote away; it leaves the published page at once too."""
    page = page_to_change(by, page_id)
    _quote(page, quote_id).delete()
    touch(page)
    note_page("page.quote_removed", page, by=by, changes={"quote": [quote_id, None]})


@transaction.atomic
def ask_quoted(*, by: Any, page_id: str, quote_id: str) -> Quote:
    """Ask the quoted person by mail, with a link that needs no account. Raises Refused without an address."""
    page = page_to_change(by, page_id)
    quote = _quote(page, quote_id)
    if not quote.email:
        raise Refused(_("Skriv in personens e-postadress först, eller anteckna hur hen har sagt ja."))
    allow(f"quotes:{page.public_id}", most=MOST_ASKED_A_DAY, within=timedelta(days=1))
    quote.state, quote.asked_at, quote.answered_at = Consent.ASKED, timezone.now(), None
    quote.save(update_fields=["state", "asked_at", "answered_at"])
    mail = QuoteConsentAsked(quote.public_id, quote.link_number, page.title)
    outbox.send(mail, to=quote.email, language=page.language, reply_to=by.email)
    note_page("page.quote_asked", page, by=by, changes={"quote": [quote_id, quote_id]})
    return quote


@transaction.atomic
def note_consent(*, by: Any, page_id: str, quote_id: str, how: str) -> Quote:
    """Note a yes that came some other way: who heard it, when. It stands in the trail with who noted it."""
    page = page_to_change(by, page_id)
    quote = _quote(page, quote_id)
    if quote.state == Consent.REFUSED:
        raise Refused(_("Personen har sagt nej. Ta bort citatet, eller skriv om det och fråga igen."))
    quote.state, quote.how, quote.answered_at = Consent.GIVEN, how, timezone.now()
    quote.save(update_fields=["state", "how", "answered_at"])
    note_page("page.quote_consent_noted", page, by=by, changes={"quote": [quote_id, how]})
    return quote


@transaction.atomic
def answer_quote(*, by: Quote, agrees: bool, comment: str = "") -> Quote:
    """Take the quoted person's own answer, by the link; it can be given anew, and a no takes the words off the page at
    once.
    """
    quote: Quote = Quote.objects.select_for_update(of=("self",)).select_related("page__owner").get(pk=by.pk)
    quote.state = Consent.GIVEN if agrees else Consent.REFUSED
    quote.comment, quote.how, quote.answered_at = comment, "", timezone.now()
    quote.save(update_fields=["state", "comment", "how", "answered_at"])
    note_page("page.quote_answered", quote.page, by=None, changes={"quote": [quote.public_id, quote.state]})
    return quote


@transaction.atomic
def add_picture(*, by: Any, page_id: str, upload: "File[bytes]", values: Mapping[str, Any]) -> Picture:
    """Add a picture, drawn anew. Raises Refused when it is no PNG or JPEG, too large, or without its words."""
    page = page_to_change(by, page_id)
    if page.pictures.count() >= MOST_PICTURES:
        raise Refused(_("Det finns redan många bilder. Ta bort någon först."))
    stored = store_upload(
        upload, by=by, owner_kind="page", owner_id=page.public_id, allowed=(JPEG, PNG), most_bytes=MOST_PICTURE_BYTES
    )
    with open_stored(stored) as file, Image.open(file) as drawn:
        width, height = drawn.size
    picture: Picture = Picture.objects.create(page=page, file=stored, width=width, height=height, added_by=by, **values)
    touch(page)
    note_page("page.picture_added", page, by=by, changes={"picture": ["", picture.public_id]})
    return picture


@transaction.atomic
def change_picture(*, by: Any, page_id: str, picture_id: str, values: Mapping[str, Any]) -> Picture:
    """Change what is said of a picture."""
    page = page_to_change(by, page_id)
    picture = _picture(page, picture_id)
    for name, value in values.items():
        setattr(picture, name, value)
    picture.save()
    touch(page)
    note_page("page.picture_changed", page, by=by, changes={"picture": [picture_id, picture_id]})
    return picture


@transaction.atomic
def remove_picture(*, by: Any, page_id: str, picture_id: str) -> None:
    """Take a picture away for good; it leaves the published page at once too."""
    page = page_to_change(by, page_id)
    picture = _picture(page, picture_id)
    stored = picture.file
    picture.delete()
    remove_stored(stored)
    touch(page)
    note_page("page.picture_removed", page, by=by, changes={"picture": [picture_id, None]})


def _quote(page: Page, quote_id: str) -> Quote:
    found: Quote | None = page.quotes.filter(public_id=quote_id).first()
    if found is None:
        raise NotVisible
    return found


def _picture(page: Page, picture_id: str) -> Picture:
    found: Picture | None = page.pictures.filter(public_id=picture_id).select_related("file").first()
    if found is None:
        raise NotVisible
    return found
