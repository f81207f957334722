"""What a person puts aside for themselves: pages, with a note, in collections of their own."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible, Refused

from ..models import Bookmark, Collection, Page

MOST_SAVED, MOST_COLLECTIONS = 1000, 100


@transaction.atomic
def save_page(*, by: Any, page: Page) -> Bookmark:
    """Put a page aside; again changes nothing."""
    if Bookmark.objects.filter(user=by).count() >= MOST_SAVED:
        raise Refused(_("Du har sparat så många sidor som går. Ta bort någon först."))
    saved, _made = Bookmark.objects.get_or_create(user=by, page=page)
    return saved


@transaction.atomic
def drop_page(*, by: Any, page_id: str) -> None:
    """Take a page out of what one has put aside."""
    Bookmark.objects.filter(user=by, page__public_id=page_id).delete()


@transaction.atomic
def place_page(*, by: Any, page_id: str, collection_id: str, note: str = "") -> Bookmark:
    """Lay a saved page in a collection ("" for none), with a note to oneself. Raises NotVisible for another's."""
    found: Bookmark | None = Bookmark.objects.filter(user=by, page__public_id=page_id).first()
    if found is None:
        raise NotVisible
    found.collection = _own(by, collection_id) if collection_id else None
    found.note = note
    found.save(update_fields=["collection", "note"])
    return found


@transaction.atomic
def make_collection(*, by: Any, name: str) -> Collection:
    """Begin a collection. Raises Refused for a name that one has used."""
    own = Collection.objects.filter(user=by)
    if own.count() >= MOST_COLLECTIONS:
        raise Refused(_("Du har så många samlingar som går. Ta bort någon först."))
    if own.filter(name=name).exists():
        raise Refused(_("Du har redan en samling som heter så."), field="name")
    made: Collection = Collection.objects.create(user=by, name=name)
    return made


@transaction.atomic
def remove_collection(*, by: Any, collection_id: str) -> None:
    """Take a collection away; its pages stay saved."""
    _own(by, collection_id).delete()


def _own(by: Any, collection_id: str) -> Collection:
    found: Collection | None = Collection.objects.filter(user=by, public_id=collection_id).first()
    if found is None:
        raise NotVisible
    return found
