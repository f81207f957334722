"""Changes to a draft. Each keeps what the draft said before, so that it can be undone, and leaves an audit row.

Two people may write at once: a change is made to the draft as it is now, and only where the same thing has been changed
by another is it refused, with both (`Conflict`). `mark` is the fingerprint of the thing as it was shown (`mark_of`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict

from .. import editing, texts
from ..definition import ChoiceList, Definition, Item, Language, Section, Texts
from ..document import from_document, to_document
from ..enums import EditKind
from ..marks import head_mark, mark_of
from ..models import EarlierState, Version
from .checks import locked_draft, refused_edits
from .publishing import fingerprint

#: So many changes back can be undone.
MOST_UNDONE = 50


@transaction.atomic
def add_item(*, by: Any, draft: Version, item: Item, into: str = "", lists: tuple[ChoiceList, ...] = ()) -> None:
    """Put a question or a section last in a section, with new lists of choices that it needs. Raises Refused."""
    definition = _now(draft)
    with refused_edits():
        for found in lists:
            definition = editing.put_list(definition, "", found)
        definition = editing.add_item(definition, item, into=into)
    _keep(by, draft, definition, EditKind.ADDED, item.code)


@transaction.atomic
def change_item(
    *, by: Any, draft: Version, code: str, item: Item, mark: str, lists: tuple[ChoiceList, ...] = ()
) -> None:
    """Let a question or section be as `item` says; what is in a section stays. Raises Refused, Conflict."""
    definition = _now(draft)
    with refused_edits():
        theirs = editing.item_of(definition, code)
        if mark != mark_of(theirs):
            raise Conflict(_("Någon annan har ändrat detta medan du skrev."), theirs=theirs, yours=item)
        for found in lists:
            definition = editing.put_list(definition, "", found)
        if isinstance(item, Section):
            item = replace(item, items=editing.siblings(definition, code))
        definition = editing.replace_item(definition, code, item)
    _keep(by, draft, definition, EditKind.CHANGED, item.code)


@transaction.atomic
def shift_item(*, by: Any, draft: Version, code: str, steps: int) -> None:
    """Move a question or section up (-1) or down (1) where it stands. Raises Refused."""
    with refused_edits():
        definition = editing.shift_item(_now(draft), code, steps)
    _keep(by, draft, definition, EditKind.MOVED, code)


@transaction.atomic
def move_item(*, by: Any, draft: Version, code: str, into: str, after: str = "") -> None:
    """Move a question or section to a section: right after the item `after`, or first. Raises Refused."""
    with refused_edits():
        definition = _now(draft)
        there = [item.code for item in editing.siblings(definition, into) if item.code != code]
        place = there.index(after) + 1 if after in there else 0
        definition = editing.move_item(definition, code, into=into, place=place)
    _keep(by, draft, definition, EditKind.MOVED, code)


@transaction.atomic
def copy_item(*, by: Any, draft: Version, code: str) -> str:
    """Put a copy right after a question or section; return the code of the copy. Raises Refused."""
    with refused_edits():
        definition = _now(draft)
        new = editing.copied_codes(definition, code)[code]
        definition = editing.copy_item(definition, code)
    _keep(by, draft, definition, EditKind.COPIED, code)
    return new


@transaction.atomic
def remove_item(*, by: Any, draft: Version, code: str) -> list[Item]:
    """Take away a question or section; return what speaks of it and so has to be mended. Raises Refused."""
    with refused_edits():
        definition = _now(draft)
        speaking = editing.speaking_of(definition, code)
        definition = editing.remove_item(definition, code)
    _keep(by, draft, definition, EditKind.REMOVED, code)
    return speaking


@transaction.atomic
def change_list(*, by: Any, draft: Version, name: str, found: ChoiceList, mark: str) -> None:
    """Let the list called `name` ("" for a new one) be as `found` says. Raises Refused, Conflict."""
    definition = _now(draft)
    theirs = next((one for one in definition.lists if one.name == name), None)
    if name and mark != (mark_of(theirs) if theirs else ""):
        raise Conflict(_("Någon annan har ändrat listan medan du skrev."), theirs=theirs, yours=found)
    with refused_edits():
        definition = editing.put_list(definition, name, found)
    _keep(by, draft, definition, EditKind.LIST, found.name)


@transaction.atomic
def remove_list(*, by: Any, draft: Version, name: str) -> None:
    """Take away a list that no question uses. Raises Refused."""
    with refused_edits():
        definition = editing.remove_list(_now(draft), name)
    _keep(by, draft, definition, EditKind.LIST, name)


@transaction.atomic
def change_head(*, by: Any, draft: Version, title: Texts, languages: tuple[Language, ...], mark: str) -> None:
    """Set the title and the languages, the one that is read first at the front. Raises Conflict."""
    definition = _now(draft)
    if mark != head_mark(definition):
        raise Conflict(
            _("Någon annan har ändrat rubriken eller språken medan du skrev."),
            theirs=definition, yours=replace(definition, title=title, languages=languages),
        )  # fmt: skip
    _keep(by, draft, replace(definition, title=title, languages=languages), EditKind.HEAD, "")


@transaction.atomic
def translate(*, by: Any, draft: Version, given: Mapping[tuple[str, str], str]) -> int:
    """Set texts that miss a language: {(key of a TextPlace, language): text}; return how many were set.

    What somebody else has filled in meanwhile stays.
    """
    definition = _now(draft)
    missing = sum(len(codes) for _place, _texts, codes in texts.untranslated(definition))
    filled = texts.fill_in(definition, {key: text.strip() for key, text in given.items()})
    done = missing - sum(len(codes) for _place, _texts, codes in texts.untranslated(filled))
    if done:
        _keep(by, draft, filled, EditKind.TEXTS, "")
    return done


def _now(draft: Version) -> Definition:
    return from_document(locked_draft(draft).document)


def _keep(by: Any, draft: Version, definition: Definition, kind: EditKind, about: str) -> None:
    """Write the draft, and what it said before. A change that changes nothing leaves no trace."""
    draft = locked_draft(draft)
    document = to_document(definition)
    mark = fingerprint(document)
    if mark == draft.fingerprint:
        return
    EarlierState.objects.create(draft=draft, kind=kind, about=about[:200], document=draft.document)
    old = draft.earlier_states.values_list("pk", flat=True)[MOST_UNDONE:]
    draft.earlier_states.filter(pk__in=list(old)).delete()
    draft.document, draft.fingerprint, draft.changed_at = document, mark, timezone.now()
    draft.save(update_fields=["document", "fingerprint", "changed_at"])
    audit.record(
        "questionnaire.draft_changed", by=by, kind="questionnaire", object_id=draft.questionnaire.slug,
        label=draft.questionnaire.title, changes={str(kind): [None, about]},
    )  # fmt: skip
