"""What the list of commitments shows around its rows: what was asked for, the filters, how many."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.queries import Seat, commitment_counts
from samverka.collaborations.queries.commitments import ORDERS, STATES
from samverka.web.components.lists import Chip, without
from samverka.web.components.words import count_sentence, number_in_words

STATE_LABELS = {"oppna": _("Öppna"), "forsenade": _("Försenade"), "klara": _("Avslutade"), "alla": _("Alla")}
ORDER_LABELS = {"dag": _("Dag"), "vem": _("Vem"), "vad": _("Vad")}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know is left out."""

    state: str
    party: str
    order: str

    @classmethod
    def from_query(cls, query: QueryDict) -> "Asked":
        """Read it from an address; open ones by day unless it says otherwise."""
        state, order = query.get("lage", ""), query.get("ordning", "")
        party = query.get("part", "")
        return cls(state if state in STATES else "oppna", party, order if order in ORDERS else "dag")


@dataclass(frozen=True)
class Choice:
    """A filter or an order: its label, how many there are (None: not counted), its address, whether it is on."""

    label: Any
    count: int | None
    url: str
    current: bool


@dataclass(frozen=True)
class CommitmentList:
    """The filters of the list, and how many it holds, in words."""

    said: str
    late: str
    states: list[Choice]
    orders: list[Choice]
    parties: list[Choice]
    chips: list[Chip]
    query: str
    any: bool


def commitment_list(seat: Seat, query: QueryDict, asked: Asked, found: int) -> CommitmentList:
    """Return what stands around the rows; one query, for the counts."""
    counts = commitment_counts(seat)
    names = {party.public_id: party.name for party in seat.active}
    return CommitmentList(
        said=_said(asked.state, found),
        late=_late(counts["forsenade"]) if asked.state in {"oppna", "alla"} and not asked.party else "",
        states=[
            Choice(STATE_LABELS[state], counts[state], _with(query, "lage", state), state == asked.state)
            for state in STATES
        ],
        orders=[
            Choice(ORDER_LABELS[order], None, _with(query, "ordning", order), order == asked.order) for order in ORDERS
        ],
        parties=[Choice(name, None, _with(query, "part", key), key == asked.party) for key, name in names.items()],
        chips=[Chip(gettext("Part"), names.get(asked.party, asked.party), without(query, "part"))]
        if asked.party
        else [],
        query=query.urlencode(),
        any=bool(counts["alla"]),
    )


def _with(query: QueryDict, key: str, value: str) -> str:
    changed = query.copy()
    changed[key] = value
    changed.pop("sida", None)
    return f"?{changed.urlencode()}"


def _said(state: str, found: int) -> str:
    one, many, none = {
        "oppna": (gettext("ett öppet åtagande"), gettext("{n} öppna åtaganden"), gettext("inga öppna åtaganden")),
        "forsenade": (
            gettext("ett försenat åtagande"),
            gettext("{n} försenade åtaganden"),
            gettext("inga försenade åtaganden"),
        ),
        "klara": (
            gettext("ett avslutat åtagande"),
            gettext("{n} avslutade åtaganden"),
            gettext("inga avslutade åtaganden"),
        ),
        "alla": (gettext("ett åtagande"), gettext("{n} åtaganden"), gettext("inga åtaganden")),
    }[state]
    return count_sentence(found, one, many, none)


def _late(late: int) -> str:
    if not late:
        return ""
    said = ngettext("Ett av dem är försenat.", "{n} av dem är försenade.", late)
    words = said.format(n=number_in_words(late))
    return words[:1].upper() + words[1:]
