"""What keeps what somebody is typing in the form of a page, and throws it away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import drafts
from samverka.kernel.drafts import SavedDraft
from samverka.kernel.errors import NotAllowed

from ..models import Page, PageDraft
from ..queries import page_called
from ..rules import can_edit_knowledge, can_tell
from ..writing import TOLD, page_to_write

#: A publication's form has some forty fields, and its text may be a whole report.
MOST_FIELDS, MOST_LENGTH = 60, 1_000_000


@transaction.atomic
def keep_typed(
    *, by: Any, kind: str, page_id: str = "", values: Mapping[str, str], base_version: int, revision: int
) -> SavedDraft:
    """Keep `values` ({field: text}) of a page's form, of a new page's when there is no `page_id`; `revision` is the one
    that the device knew last, 0 for none. Raises NotAllowed, NotVisible, Refused for what is too much.
    """
    page = _page(by, kind, page_id)
    too_long = _("Texten är för lång för att sparas medan du skriver. Spara den med knappen.")
    drafts.check(values, too_long=too_long, most_fields=MOST_FIELDS, most_length=MOST_LENGTH)
    return drafts.keep(
        PageDraft.objects, {"user": by, "page": page, "kind": kind}, values=values, base_version=base_version,
        revision=revision, now=page.saves if page else None,
    )  # fmt: skip


@transaction.atomic
def drop_typed(*, by: Any, kind: str, page_id: str = "", revision: int) -> None:
    """Throw away what was typed: it has been saved, or its author wants it gone. What came later stays."""
    mine = PageDraft.objects.filter(user=by, kind=kind)
    drafts.drop(mine.filter(page__public_id=page_id) if page_id else mine.filter(page=None), revision)


def _page(by: Any, kind: str, page_id: str) -> Page | None:
    """Return the page whose form it is, None for a new one's, for one who may write there now."""
    if kind in TOLD:
        page = page_to_write(by, page_id)
        if not can_tell(by, page):
            raise NotAllowed
        return page
    if not can_edit_knowledge(by):
        raise NotAllowed
    return page_called(page_id, kind) if page_id else None
