"""Two who answer the same question: what was changed, what somebody else has saved meanwhile, and the choice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from samverka.surveys.actions import Change, Saved
from samverka.surveys.kept import Place
from samverka.surveys.models import Answer, Asked
from samverka.surveys.sheet import Sheet
from samverka.web.components.answer_words import AnswerWords

from .answer_form import Sent


@dataclass(frozen=True)
class Clash:
    """What was sent for a place, and what somebody else has saved there since the form was drawn."""

    mine: Sent
    theirs: Answer

    def told(self, words: AnswerWords) -> dict[str, Any]:
        """Return both texts as the page shows them."""
        question = self.mine.question
        is_other = self.mine.place[0] != question.code
        return {
            "name": self.mine.name,
            "label": words.text(question.label),
            "theirs": str(self.theirs.value or "") if is_other else words.said(question, self.theirs.value),
            "mine": str(self.mine.value or "") if is_other else words.said(question, self.mine.value),
            "author": self.theirs.author,
            "at": self.theirs.saved_at,
            "version": self.theirs.version,
        }


@dataclass
class Merged:
    """What a form changed, and what clashes with what stands there now."""

    changed: list[Sent] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    @staticmethod
    def change(one: Sent) -> Change:
        """Return what is to be saved: on top of the other text where that was the choice."""
        return Change(one.place, one.over if one.keep == "mine" else one.base, one.value)


def changes_among(asked: Asked, sheet: Sheet, found: Sequence[Sent]) -> Merged:
    """Return which of what was sent is a change of what the form was drawn with, and which has been overtaken."""
    merged, earlier = Merged(), _earlier(asked, sheet, found)
    for one in found:
        newest = sheet.newest.get(one.place)
        if one.keep == "theirs" or one.value == sheet.value(one.place):
            continue
        if one.keep == "mine" or newest is None or newest.version <= one.base:
            merged.changed.append(one)
        elif one.value != earlier.get((one.place, one.base)):
            merged.clashes.append(Clash(one, newest))
    return merged


def _earlier(asked: Asked, sheet: Sheet, found: Sequence[Sent]) -> dict[tuple[Place, int], Any]:
    """Return the values that forms drawn a while ago were drawn with."""
    old = {(one.place, one.base) for one in found if one.base < sheet.version(one.place)}
    if not old:
        return {}
    rows = Answer.objects.filter(asked=asked, code__in={place[0] for place, _base in old})
    return {((row.code, row.row), row.version): row.value for row in rows}


def clashes(changed: Sequence[Sent], overtaken: Sequence[Saved]) -> list[Clash]:
    """Return the clashes that the database found: somebody saved between our reading and our writing."""
    by_place = {one.place: one for one in changed}
    return [Clash(by_place[saved.change.place], saved.theirs) for saved in overtaken if saved.theirs is not None]
