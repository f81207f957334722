"""What changes answers on the way. Whoever holds the link may: there is no account (users.md D.3)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible, Refused
from samverka.questionnaires.definition import Section
from samverka.questionnaires.reading import definition_of

from ..blocks import blocks_of
from ..enums import ANSWERING, AnswerOrigin, AskedState, RoundState
from ..holders import Holder
from ..kept import MOST_ROWS, OUTSIDE, Place
from ..models import Answer, Asked
from ..sheet import sheet_of
from .trail import closed_words, record

#: One statement, so that a save is one journey to the database. It waits for a handing over that is under way and
#: then finds the form closed; of two who save on top of the same version one is let through.
_SAVE = """
INSERT INTO surveys_answer (asked_id, code, "row", version, value, origin, is_confirmed, author, passed_id, saved_at)
SELECT a.id, %(code)s, %(row)s, %(base)s + 1, %(value)s::jsonb, %(origin)s, %(confirmed)s, %(author)s, %(passed)s,
  %(now)s
FROM surveys_asked a
JOIN surveys_round r ON r.id = a.round_id
LEFT JOIN LATERAL (
  SELECT version, value, is_confirmed FROM surveys_answer
  WHERE asked_id = a.id AND code = %(code)s AND "row" = %(row)s ORDER BY version DESC LIMIT 1
) newest ON TRUE
WHERE a.id = %(asked)s AND r.state = 'open' AND a.state = ANY(%(states)s)
  AND coalesce(newest.version, 0) = %(base)s
  AND (newest.value IS DISTINCT FROM %(value)s::jsonb OR NOT newest.is_confirmed)
FOR KEY SHARE OF a
ON CONFLICT (asked_id, code, "row", version) DO NOTHING
RETURNING version
"""


@dataclass(frozen=True)
class Change:
    """A new value for a place, made on top of the version that the form was drawn with. Not confirmed: a suggestion
    that is kept to be changed, and does not count.
    """

    place: Place
    base: int
    value: Any
    origin: AnswerOrigin = AnswerOrigin.TYPED
    confirmed: bool = True


@dataclass(frozen=True)
class Saved:
    """What came of a change: the version that now stands there; `theirs` when somebody else has saved meanwhile, and
    then nothing was written.
    """

    change: Change
    version: int
    theirs: Answer | None = None


def begin(*, by: Holder) -> None:
    """Note that somebody has begun to look at the form, by a press of a button: a link that is followed is no sign of
    a person. Raises Refused when the round takes no answers.
    """
    with transaction.atomic():
        asked = Asked.objects.select_for_update().select_related("round").get(pk=by.asked.pk)
        if asked.round.state != RoundState.OPEN or asked.state in {AskedState.HANDED_OVER, AskedState.SIGNED}:
            raise Refused(closed_words(asked))
        if asked.state not in {AskedState.WAITING, AskedState.INVITED, AskedState.DECLINED}:
            return
        declined = asked.state == AskedState.DECLINED
        asked.state, asked.opened_at = AskedState.OPENED, asked.opened_at or timezone.now()
        asked.declined_why, asked.row_version = "", asked.row_version + 1
        asked.save(update_fields=["state", "opened_at", "declined_why", "row_version"])
        if declined:
            record("asked.takes_part_after_all", asked, by=by)


def save_answers(*, by: Holder, changes: Sequence[Change]) -> list[Saved]:
    """Save each change on top of the version that it was made from, as a row of its own. One that somebody else has
    overtaken is not written but comes back with what stands there. Raises Refused when the form takes no answers.
    """
    done = [_saved(by, change) for change in changes]
    if by.asked.state != AskedState.BEGUN and any(saved.theirs is None for saved in done):
        _note_begun(by)
    return done


def _saved(by: Holder, change: Change) -> Saved:
    code, row = change.place
    said: dict[str, Any] = {
        "asked": by.asked.pk, "code": code, "row": row, "base": change.base, "author": by.name,
        "value": None if change.value is None else json.dumps(change.value, ensure_ascii=False),
        "passed": by.passed.pk if by.passed else None, "now": timezone.now(), "states": [str(one) for one in ANSWERING],
        "origin": str(change.origin), "confirmed": change.confirmed,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, said)
        found = cursor.fetchone()
    return Saved(change, found[0]) if found else _why_not(by, change)


def _why_not(by: Holder, change: Change) -> Saved:
    code, row = change.place
    asked = Asked.objects.select_related("round").get(pk=by.asked.pk)
    if asked.round.state != RoundState.OPEN or asked.state not in ANSWERING:
        raise Refused(closed_words(asked))
    newest = Answer.objects.filter(asked=asked, code=code, row=row).newest().first()
    # Nothing there and nothing to put there; or the same was saved already, by this person or somebody else.
    if newest is None or (newest.value == change.value and newest.is_confirmed):
        return Saved(change, newest.version if newest else 0)
    return Saved(change, newest.version, theirs=newest)


def _note_begun(by: Holder) -> None:
    now = timezone.now()
    waiting = Asked.objects.filter(pk=by.asked.pk, state__in=ANSWERING).exclude(state=AskedState.BEGUN)
    waiting.update(state=AskedState.BEGUN, row_version=F("row_version") + 1)
    Asked.objects.filter(pk=by.asked.pk, begun_at=None).update(begun_at=now)
    Asked.objects.filter(pk=by.asked.pk, opened_at=None).update(opened_at=now)


def confirm_answers(*, by: Holder, places: Sequence[Place]) -> int:
    """Say yes to suggestions as they stand; return how many. Raises Refused when the form takes no answers."""
    sheet = sheet_of(by.asked)
    there = [kept for place in places if (kept := sheet.newest.get(place)) and not kept.is_confirmed]
    changes = [Change((kept.code, kept.row), kept.version, kept.value, AnswerOrigin(kept.origin)) for kept in there]
    return len(save_answers(by=by, changes=changes))


def add_row(*, by: Holder, group: str) -> None:
    """Add an empty row to a repeated group. Raises Refused, NotVisible."""
    _change_rows(by, group, lambda numbers, used: [*numbers, used + 1] if len(numbers) < MOST_ROWS else numbers)


def remove_row(*, by: Holder, group: str, number: int) -> None:
    """Take a row of a repeated group away. What stood there is kept but does not count. Raises Refused, NotVisible."""
    _change_rows(by, group, lambda numbers, _used: [one for one in numbers if one != number])


def _change_rows(by: Holder, group: str, change: Any) -> None:
    definition = definition_of(by.asked.round.version)
    mine = {section.code for block in by.of(blocks_of(definition)) for section in block.groups()}
    placed = definition.by_code.get(group)
    if group not in mine or placed is None or not isinstance(placed.item, Section) or placed.item.count:
        raise NotVisible
    # Somebody else may add a row at the same moment: then it is done once more on top of theirs.
    for _attempt in range(5):
        sheet = sheet_of(by.asked)
        numbers = sheet.row_numbers(placed.item)
        place = (group, OUTSIDE)
        wanted = change(numbers, _highest(by.asked, group, numbers))
        saved = save_answers(by=by, changes=[Change(place, sheet.version(place), wanted)])
        if saved[0].theirs is None:
            return
    raise Refused(_("Flera ändrade raderna samtidigt. Försök igen."))


def _highest(asked: Asked, group: str, numbers: Sequence[int]) -> int:
    """Return the highest number that a row of the group has ever had."""
    lists = Answer.objects.filter(asked=asked, code=group, row=OUTSIDE).values_list("value", flat=True)
    used = [int(number) for value in lists if isinstance(value, list) for number in value]
    return max([-1, *numbers, *used])
