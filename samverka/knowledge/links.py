"""Links that open one question without an account: a consent, whether a page still holds, an answer.

A key is a public id and a code made with the installation's own secret, so that it stands in no table.
"""

import base64
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from samverka.kernel.errors import NotVisible

from .models import Page, PageQuestion, Quote, told_of

_LENGTH = 16


def quote_key(quote: Quote) -> str:
    """Return the key by which the quoted person answers."""
    return _key("quote", quote.public_id, str(quote.link_number))


def holds_key(page: Page) -> str:
    """Return the key by which the contact says whether the page holds; a new asking makes a new one."""
    return _key("holds", page.public_id, str(told_of(page).asked_on))


def question_key(question: PageQuestion) -> str:
    """Return the key by which the office answers."""
    return _key("question", question.public_id, "1")


def quote_by_key(key: str) -> Quote:
    """Return the quote of that key. Raises NotVisible for any other."""
    found: Any = Quote.objects.filter(public_id=_id(key)).select_related("page__owner", "organisation").first()
    _check(found, key, quote_key)
    quote: Quote = found
    return quote


def page_by_holds_key(key: str) -> Page:
    """Return the page of that key. Raises NotVisible for any other, and for a page that nobody reads any more."""
    rows = Page.objects.published().filter(public_id=_id(key), kind__in=["example", "portrait"])
    found: Any = rows.select_related("example", "portrait", "owner").first()
    _check(found, key, holds_key)
    page: Page = found
    return page


def question_by_key(key: str) -> PageQuestion:
    """Return the question of that key. Raises NotVisible for any other."""
    rows = PageQuestion.objects.select_related("page", "organisation")
    found: Any = rows.filter(public_id=_id(key)).first()
    _check(found, key, question_key)
    question: PageQuestion = found
    return question


def _id(key: str) -> str:
    return key.partition("-")[0]


def _check(found: Any, key: str, right: Any) -> None:
    if found is None or not constant_time_compare(key, right(found)):
        raise NotVisible


def _key(kind: str, public_id: str, number: str) -> str:
    digest = salted_hmac(f"knowledge.links.{kind}", f"{public_id}:{number}", algorithm="sha256").digest()
    return f"{public_id}-{base64.b32encode(digest).decode().lower()[:_LENGTH]}"
