"""What says yes to what a form offers, or sets it aside to be changed."""

from collections.abc import Collection

from django.db import transaction

from samverka.kernel.errors import NotVisible

from ..blocks import blocks_of
from ..holders import Holder
from ..offers import Offer, offers_of
from ..sheet import Sheet, sheet_of
from .answering import Change, save_answers


@transaction.atomic
def take_over(*, by: Holder, codes: Collection[str]) -> list[str]:
    """Say yes to what is offered for these questions and groups; return which became answers. What somebody else has
    answered meanwhile stays. Raises Refused when the form takes no answers, NotVisible for a question that the link
    does not open.
    """
    return _write(by, codes, confirmed=True)


@transaction.atomic
def set_aside(*, by: Holder, codes: Collection[str]) -> list[str]:
    """Keep what is offered for these in the form, to be changed there; it does not count until somebody has said yes to
    it or written something else. Raises Refused, NotVisible.
    """
    return _write(by, codes, confirmed=False)


def _write(by: Holder, codes: Collection[str], *, confirmed: bool) -> list[str]:
    sheet = sheet_of(by.asked)
    found = [offer for code, offer in offers_of(by.asked, sheet).by_code.items() if code in codes]
    mine = _codes_of(by, sheet)
    if any(offer.code not in mine for offer in found):
        raise NotVisible
    changes = [change for offer in found for change in _changes(sheet, offer, confirmed=confirmed)]
    save_answers(by=by, changes=changes)
    return [offer.code for offer in found]


def _codes_of(by: Holder, sheet: Sheet) -> set[str]:
    blocks = by.of(blocks_of(sheet.definition))
    questions = {question.code for block in blocks for question in block.questions()}
    return questions | {group.code for block in blocks for group in block.groups()}


def _changes(sheet: Sheet, offer: Offer, *, confirmed: bool) -> list[Change]:
    """Return what is to be written; what was set aside before stays as it is until it is said yes to."""
    return [
        Change(place, sheet.version(place), value, offer.origin, confirmed)
        for place, value in offer.values.items()
        if confirmed or not sheet.version(place)
    ]
