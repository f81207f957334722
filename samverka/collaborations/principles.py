"""The six principles that public bodies and civil society agreed on in 2008 (prop. 2009/10:55), as statements to
answer: one claim each, in our own words, mirrored so that both sides answer the same thing about the same matter.

The answers are put beside each other to be talked about. They are never added up, and grade nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """How well a statement fits, and that one does not know."""

    NOT_AT_ALL = "1", _("Stämmer inte alls")
    POORLY = "2", _("Stämmer dåligt")
    PARTLY = "3", _("Stämmer delvis")
    WELL = "4", _("Stämmer bra")
    FULLY = "5", _("Stämmer helt")
    UNKNOWN = "0", _("Vet inte")


@dataclass(frozen=True)
class Principle:
    """A principle with its statement as the public side and as the civil side answers it."""

    key: str
    name: Any
    public: Any
    civil: Any

    def statement(self, side: str) -> Any:
        """Return the statement as a party of that side answers it."""
        return self.public if side == "public" else self.civil


PRINCIPLES = (
    Principle(
        "independence",
        _("Självständighet och oberoende"),
        _("Föreningen kan kritisera oss utan att riskera sitt stöd."),
        _("Vi kan kritisera den offentliga parten utan att riskera vårt stöd."),
    ),
    Principle(
        "dialogue",
        _("Dialog"),
        _("Vi berättar för föreningen vad som hände med det den sa."),
        _("Vi får veta vad som hände med det vi sa."),
    ),
    Principle(
        "quality",
        _("Kvalitet"),
        _("Vi har bestämt tillsammans med föreningen vad som är bra nog."),
        _("Vi har varit med och bestämt vad som är bra nog."),
    ),
    Principle(
        "long_term",
        _("Långsiktighet"),
        _("Föreningen vet minst ett år i förväg vad vi bidrar med."),
        _("Vi vet minst ett år i förväg vad den offentliga parten bidrar med."),
    ),
    Principle(
        "openness",
        _("Öppenhet och insyn"),
        _("Föreningen kan se hur våra beslut om samverkan kom till."),
        _("Vi kan se hur den offentliga partens beslut om samverkan kom till."),
    ),
    Principle(
        "diversity",
        _("Mångfald"),
        _("Små och nya grupper kan vara med på samma villkor som föreningen."),
        _("Små och nya grupper kan vara med på samma villkor som vi."),
    ),
)
KEYS = tuple(principle.key for principle in PRINCIPLES)


def distance(answers: Sequence[Mapping[str, Any]]) -> int:
    """Return how many steps lie between the answers furthest apart; those who do not know are left out."""
    steps = [int(given["answer"]) for given in answers if given.get("answer") in Answer.values]
    known = [step for step in steps if step]
    return max(known) - min(known) if len(known) > 1 else 0


def widest(by_principle: Mapping[str, Sequence[Mapping[str, Any]]]) -> frozenset[str]:
    """Return the principles where the answers lie furthest apart: one, several alike, or none when all agree."""
    distances = {key: distance(answers) for key, answers in by_principle.items()}
    most = max(distances.values(), default=0)
    return frozenset(key for key, found in distances.items() if found == most and most > 0)
