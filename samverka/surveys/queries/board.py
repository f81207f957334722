"""Who has answered and who has not, as it comes in: counts by group, and the list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from samverka.kernel.text import swedish_sort_key
from samverka.organisations.enums import Kind
from samverka.organisations.place_names import counties

from ..enums import AskedState
from ..models import Asked, Round
from ..querysets import AskedQuerySet
from .classes import municipal_group_of, municipal_groups, population_class_of, population_classes

#: How far: each holds those before it.
_WAY = (
    AskedState.WAITING, AskedState.INVITED, AskedState.OPENED, AskedState.BEGUN, AskedState.HANDED_OVER,
    AskedState.SIGNED,
)  # fmt: skip
_RANK = {state.value: rank for rank, state in enumerate(_WAY)}


@dataclass
class Counts:
    """How many have come how far; who has come further has come so far too. `declined` are among the invited."""

    asked: int = 0
    invited: int = 0
    opened: int = 0
    begun: int = 0
    handed_over: int = 0
    signed: int = 0
    declined: int = 0

    def add(self, state: str) -> None:
        """Count one who is asked."""
        self.asked += 1
        self.declined += state == AskedState.DECLINED
        rank = 1 if state == AskedState.DECLINED else _RANK[state]
        self.invited += rank >= 1
        self.opened += rank >= 2
        self.begun += rank >= 3
        self.handed_over += rank >= 4
        self.signed += rank >= 5

    @property
    def rate(self) -> float | None:
        """The share of the invited that have handed over; None while nobody is invited."""
        return self.handed_over / self.invited if self.invited else None


@dataclass(frozen=True)
class Group:
    """A row of the board: those in a county, a class …; `value` is what the list is filtered by."""

    label: str
    value: str
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True)
class Board:
    """All counts of a round: together, and under each heading (parameter of the list, heading, groups)."""

    total: Counts
    groupings: tuple[tuple[str, str, tuple[Group, ...]], ...]


#: What the counts read of one who is asked.
_Row = tuple[str, str, str | None, str | None]


def board(found: Round) -> Board:
    """Return how far those who are asked have come. The same few queries however many they are."""
    columns = ("state", "organisation__kind", "organisation__county", "organisation__municipality")
    rows: list[_Row] = list(Asked.objects.filter(round=found).values_list(*columns))
    total = Counts()
    for row in rows:
        total.add(row[0])
    return Board(total, tuple(_groupings(rows)))


def _groupings(rows: list[_Row]) -> Iterable[tuple[str, str, tuple[Group, ...]]]:
    sizes, groups = population_class_of(), municipal_group_of()
    names = {code: county.name for code, county in counties().items()}
    kinds = {kind.value: str(kind.label) for kind in Kind}
    yield "slag", _("Slag av organisation"), _grouped(rows, lambda row: row[1], kinds)
    yield "lan", _("Län"), _grouped(rows, lambda row: row[2] or "", names)
    yield "klass", _("Befolkning"), _grouped(rows, lambda row: _class(row, sizes), population_classes())
    if groups:
        yield "grupp", _("Kommungrupp"), _grouped(rows, lambda row: _class(row, groups), municipal_groups())


def _class(row: _Row, members: Mapping[str, str]) -> str:
    """The class of a municipality; a region has none."""
    return members.get(row[3] or "", "") if row[1] == Kind.MUNICIPALITY else ""


def _grouped(rows: list[_Row], of: Callable[[_Row], str], labels: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the groups that have somebody in them, in the order of `labels`; those of no group last."""
    found = {value: Group(label, value) for value, label in labels.items()}
    found[""] = Group(_("Uppgift saknas"), "")
    for row in rows:
        found.get(of(row), found[""]).counts.add(row[0])
    return tuple(group for group in found.values() if group.counts.asked)


# The list

#: What `lage` may be: those who have not handed over, or one state.
SILENT = "tysta"
ORDERS = ("namn", "lage", "senast")


@dataclass(frozen=True)
class BoardFilters:
    """What is asked of the list, to and from an address. Values that are not known are dropped."""

    q: str = ""
    state: str = ""
    kind: str = ""
    county: str = ""
    population: str = ""
    group: str = ""
    order: str = "namn"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read an address's parameters."""

        def known(name: str, values: Iterable[str]) -> str:
            value = query.get(name, "")
            return value if value in set(values) else ""

        return cls(
            q=query.get("q", "").replace("\0", "").strip()[:200],
            state=known("lage", [SILENT, *AskedState.values]),
            kind=known("slag", Kind.values),
            county=known("lan", counties()),
            population=known("klass", population_classes()),
            group=known("grupp", municipal_groups()),
            order=known("ordning", ORDERS) or "namn",
        )

    def query_string(self, **changes: str) -> str:
        """Return the parameters of the filters, some of them changed."""
        now = replace(self, **changes)
        said = {
            "q": now.q, "lage": now.state, "slag": now.kind, "lan": now.county, "klass": now.population,
            "grupp": now.group, "ordning": "" if now.order == "namn" else now.order,
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})


def listed(found: Round, filters: BoardFilters) -> AskedQuerySet:
    """Return those who are asked and match, in order, with what a row shows."""
    rows = Asked.objects.filter(_wanted(filters), round=found).select_related("round", "organisation", "unit")
    name = ("organisation__sort_key", "unit__sort_key", "pk")
    orders = {"namn": name, "lage": ("state", *name), "senast": ("-handed_over_at", *name)}
    ordered: AskedQuerySet = rows.defer("organisation__search_vector").order_by(*orders[filters.order])
    return ordered


def _wanted(filters: BoardFilters) -> Q:
    wanted = Q(organisation__sort_key__contains=swedish_sort_key(filters.q)) if filters.q else Q()
    if filters.state == SILENT:
        wanted &= Q(state__in=[AskedState.WAITING, AskedState.INVITED, AskedState.OPENED, AskedState.BEGUN])
    elif filters.state:
        wanted &= Q(state=filters.state)
    if filters.kind:
        wanted &= Q(organisation__kind=filters.kind)
    if filters.county:
        wanted &= Q(organisation__county=filters.county)
    if filters.population:
        wanted &= _in_class(population_class_of(), filters.population)
    if filters.group:
        wanted &= _in_class(municipal_group_of(), filters.group)
    return wanted


def _in_class(members: Mapping[str, str], code: str) -> Q:
    municipalities = [place for place, found in members.items() if found == code]
    return Q(organisation__kind=Kind.MUNICIPALITY, organisation__municipality__in=municipalities)
