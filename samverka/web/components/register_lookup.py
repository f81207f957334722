"""A look-up in the register within a questionnaire: what is suggested, and what was typed and chosen read from a form.

Beside the text stands under the same name what was chosen: `id:<public id>:<the name it stands for>`, which holds while
the text is that name; `pick:<public id>` takes the name from the register, and `none:` says that it is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samverka.kernel.text import swedish_sort_key
from samverka.organisations.models import Organisation
from samverka.organisations.shown import shown_rows
from samverka.questionnaires.values import CHOSEN

PICK, NOT_THERE = "pick:", "none:"
#: So much has to be typed before anything is suggested.
SHORTEST = 2
MOST = 8


@dataclass(frozen=True)
class RegisterChoice:
    """An organisation that may be the one that is meant."""

    public_id: str
    name: str
    about: str

    @property
    def chosen(self) -> str:
        """What stands beside the name when it is chosen."""
        return chosen_value(self.public_id, self.name)

    @property
    def picked(self) -> str:
        """The same for a choice that brings the name with it."""
        return f"{PICK}{self.public_id}"


def chosen_value(public_id: str, name: str) -> str:
    """Return what a form says beside a name that was chosen in the register."""
    return f"{CHOSEN}{public_id}:{name}"


def suggested(text: str) -> list[RegisterChoice]:
    """Return organisations whose names hold the text, those that begin with it first; else names that are like it.
    Protected ones are never among them.
    """
    key = swedish_sort_key(text[:200].strip())
    if len(key) < SHORTEST:
        return []
    there = Organisation.objects.visible_to(None).filter(protected=False).defer("search_vector")
    begins = list(there.filter(sort_key__startswith=key).order_by("sort_key", "id")[:MOST])
    within = there.filter(sort_key__contains=key).exclude(pk__in=[one.pk for one in begins])
    found = [*begins, *within.order_by("sort_key", "id")[: MOST - len(begins)]]
    return [
        RegisterChoice(
            row.public_id, row.name, ", ".join(part for part in (str(row.kind_label), row.place.label) if part)
        )
        for row in shown_rows(found or list(there.name_like(text).order_by("sort_key", "id")[:MOST]))
    ]


def resolved(texts: Sequence[str]) -> list[str]:
    """Return what was typed and chosen as answers are read: the name, and beside it `id:<public id>` where it is that
    of an organisation that anybody may see.
    """
    choices = [text for text in texts if text.startswith((CHOSEN, PICK, NOT_THERE))]
    name = next((text for text in texts if text not in choices), "").strip()
    if not choices or choices[0].startswith(NOT_THERE):
        return [name] if name else []
    how, _sign, rest = choices[0].partition(":")
    key, _sign, stands_for = rest.partition(":")
    known = Organisation.objects.visible_to(None).filter(public_id=key, protected=False)
    now = known.values_list("name", flat=True).first()
    if now is None or (stands_for and stands_for != name):
        return [name] if name else []
    name = now if f"{how}:" == PICK else name
    return [name, f"{CHOSEN}{key}"] if name else []
