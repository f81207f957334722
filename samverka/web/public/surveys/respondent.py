"""Who answers: whoever holds the link, under the name that they gave in this browser."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse

from samverka.kernel.ids import public_id
from samverka.surveys.enums import AskedState, RoundSide
from samverka.surveys.holders import Holder
from samverka.surveys.links import asked_by_key, passed_by_key

COOKIE, SALT = "svarande", "surveys.respondent"
KEPT = 30 * 24 * 3600  # seconds
LONGEST_NAME = 150
#: The answer is handed over.
DONE = {AskedState.HANDED_OVER, AskedState.SIGNED}


@dataclass(frozen=True)
class Link:
    """A link that somebody has opened: its holder, and the addresses that it reaches. `window` tells browsers apart."""

    key: str
    holder: Holder
    window: str = ""

    @property
    def is_passed(self) -> bool:
        """Whether it opens some blocks only."""
        return self.holder.passed is not None

    @property
    def form_url(self) -> str:
        """The first page."""
        return self.to("survey_passed" if self.is_passed else "survey_form")

    def block_url(self, code: str) -> str:
        """Return the page of a block."""
        return self.to("survey_passed_block" if self.is_passed else "survey_block", code)

    def answer_url(self, code: str) -> str:
        """Return where one answer of a block is saved."""
        return self.to("survey_passed_answer" if self.is_passed else "survey_answer", code)

    def file_block_url(self, code: str) -> str:
        """Return where a block that asks for a file is sent."""
        return self.to("survey_passed_block_file" if self.is_passed else "survey_block_file", code)

    @property
    def files_url(self) -> str:
        """The address below which files are fetched."""
        return f"{self.form_url}bilaga/"

    def presence_url(self, code: str) -> str:
        """Return where it is noted who is there."""
        return self.to("survey_passed_presence" if self.is_passed else "survey_presence", code)

    def to(self, route: str, *args: str) -> str:
        """Return another address of the same link."""
        return reverse(route, args=[self.key, *args])

    def own_url(self) -> str:
        """Return the page of one's own answers beside others'; "" for an association, whose answers are never shown."""
        asked = self.holder.asked
        is_public = asked.round.side == RoundSide.PUBLIC and asked.organisation.is_public_body
        return self.to("survey_own") if is_public and not self.is_passed else ""


def open_form(request: HttpRequest, key: str, *, to_save: bool = False) -> Link:
    """Return the link to a whole form, with no more than saving reads if `to_save`. Raises NotVisible."""
    who = _who(request)
    return Link(key, Holder(asked_by_key(key, to_save=to_save), name=who["name"]), who["window"])


def open_passed(request: HttpRequest, key: str, *, to_save: bool = False) -> Link:
    """Return the link to some blocks. Raises NotVisible."""
    who, passed = _who(request), passed_by_key(key, to_save=to_save)
    return Link(key, Holder(passed.asked, passed, who["name"]), who["window"])


def _who(request: HttpRequest) -> dict[str, Any]:
    try:
        read = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
        return {"name": str(read["name"])[:LONGEST_NAME], "window": str(read["window"])[:32]}
    except (signing.BadSignature, KeyError, TypeError, json.JSONDecodeError):
        return {"name": "", "window": ""}


def remember(response: HttpResponseBase, link: Link, name: str) -> None:
    """Remember the name in this browser, signed, so that it is asked for once."""
    value = signing.dumps({"name": name[:LONGEST_NAME], "window": link.window or public_id()}, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent for a form to read; None on a page that is only opened. A form sent empty is a form too."""
    return request.POST if request.method == "POST" else None
