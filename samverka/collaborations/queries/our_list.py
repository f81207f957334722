"""An organisation's collaborations as a list: searched, filtered, in an order, a page of rows with what each shows.

Made for thousands: what a row shows is read for the rows of one page only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Collate, Lower
from django.utils import timezone

from samverka.kernel.compiled import compiled
from samverka.kernel.search import ts_query
from samverka.organisations.enums import Kind
from samverka.organisations.queries import Acting
from samverka.processes.reading import ModelView, model_version

from ..enums import CollaborationState, Form
from ..models import Collaboration, Commitment, NamedParty, Party
from ..querysets import FOLLOWING
from .commitments import OPEN
from .days import days_of, next_day
from .phases import PhaseStanding
from .progress import Progress, progress_of_many

ORDERS = ("ny", "namn", "datum")
#: What a row shows of the collaboration itself.
_COLUMNS = (
    "public_id",
    "title",
    "state",
    "forms",
    "changed_at",
    "starts_on",
    "ends_on",
    "recorded_later",
    "model_version",
)


@dataclass(frozen=True)
class ListFilters:
    """What is asked for. `units` are public ids; `mine` those where the person is contact or deputy."""

    q: str = ""
    states: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    mine: bool = False
    late: bool = False
    recorded: bool = False
    order: str = "ny"

    @classmethod
    def from_query(cls, query: Any) -> "ListFilters":
        """Return the filters of an address (a QueryDict); what is unknown is dropped."""
        order = query.get("ordning", "")
        return cls(
            q=" ".join(query.get("q", "").replace("\x00", " ").split())[:200],
            states=tuple(value for value in query.getlist("lage") if value in CollaborationState.values),
            forms=tuple(value for value in query.getlist("form") if value in Form.values),
            units=tuple(query.getlist("enhet")),
            mine=query.get("mina") == "ja",
            late=query.get("sena") == "ja",
            recorded=query.get("efterhand") == "ja",
            order=order if order in ORDERS else "ny",
        )


def reached_parties(acting: Acting, roles: Collection[str] = FOLLOWING) -> QuerySet[Party]:
    """Return the organisation's parties that the person reaches by one of `roles` there: may follow, or write for.

    The same as `of_person`, for one organisation: its roles are at hand, so that nothing is asked for each party.
    """
    parties: QuerySet[Party] = Party.objects.filter(organisation=acting.organisation, state="active")
    if _reaches_all(acting, roles):
        return parties
    return parties.filter(unit__in=[held.unit_id for held in acting.memberships if held.role in roles])


def _reaches_all(acting: Acting, roles: Collection[str]) -> bool:
    return any(held.unit_id is None and held.role in roles for held in acting.memberships)


def our_list(acting: Acting, filters: ListFilters) -> QuerySet[Collaboration]:
    """Return the collaborations of the selection in their order."""
    found = Collaboration.objects.filter(_selected(filters), pk__in=_ours(acting, filters).values("collaboration"))
    query = ts_query(filters.q)
    if query:
        found = found.filter(search_vector=SearchQuery(query, config="simple", search_type="raw"))
    if filters.order == "datum":
        found = found.annotate(next_on=next_day())
    shown: QuerySet[Collaboration] = found.only(*_COLUMNS).order_by(*_ORDER_BY[filters.order])
    return shown


def shown(keys: Iterable[int]) -> list[Collaboration]:
    """Return what a list shows of those with these keys, in their order. The keys of `our_list` are asked for by
    themselves, since they are in the indexes: a late page would else read all that comes before it.
    """
    wanted = list(keys)
    by_key = {row.pk: row for row in _shown.all(keys=wanted)}
    return [by_key[key] for key in wanted if key in by_key]


@compiled
def _shown(keys: list[int]) -> Any:
    return Collaboration.objects.filter(pk__any_of=keys).only(*_COLUMNS)


def our_count(acting: Acting, filters: ListFilters) -> int:
    """Return how many collaborations `our_list` has. Nothing of them is looked at where only parties are chosen by."""
    if _selected(filters) or ts_query(filters.q):
        return our_list(acting, filters).count()
    if not (filters.units or filters.mine) and _reaches_all(acting, FOLLOWING):
        return _count_of.first(organisation=acting.organisation.pk) or 0
    return _ours(acting, filters).order_by().values("collaboration").distinct().count()


@compiled
def _count_of(organisation: int) -> Any:
    ours = Party.objects.filter(organisation=organisation, state="active").order_by().values("organisation")
    return ours.annotate(n=Count("collaboration", distinct=True)).values_list("n", flat=True)


def _ours(acting: Acting, filters: ListFilters) -> QuerySet[Party]:
    parties = reached_parties(acting)
    if filters.units:
        parties = parties.filter(unit__public_id__in=filters.units)
    if filters.mine:
        parties = parties.filter(Q(contact=acting.user.pk) | Q(deputy=acting.user.pk))
    return parties


def _selected(filters: ListFilters) -> Q:
    asked = Q()
    if filters.states:
        asked &= Q(state__in=filters.states)
    if filters.forms:
        asked &= Q(forms__overlap=list(filters.forms))
    if filters.recorded:
        asked &= Q(recorded_later=True)
    if filters.late:
        asked &= Q(Exists(_late().filter(collaboration=OuterRef("pk"))))
    return asked


def _late() -> QuerySet[Commitment]:
    return Commitment.objects.filter(OPEN, due_on__lt=timezone.localdate())


#: å ä ö come last, as Swedish has them, whatever collations the database was built with.
_LETTERS, _AS = "ÅåÄäÖöÆæØøÜüÉé", "{{||}}||}}yyee"
_SWEDISH = Collate(Func(Lower("title"), Value(_LETTERS), Value(_AS), function="translate"), "C")
_ORDER_BY: Mapping[str, tuple[Any, ...]] = {
    "ny": ("-changed_at", "-pk"),
    "namn": (_SWEDISH, "pk"),
    "datum": (F("next_on").asc(nulls_last=True), "-changed_at", "-pk"),
}


class PartyInList(NamedTuple):
    """A party as the list needs it: who it is, whether it has joined, its own diary number."""

    collaboration_id: int
    pk: int
    state: str
    joined_at: datetime | None
    diary_number: str
    organisation_id: int
    unit_name: str | None
    organisation_name: str
    kind: str

    @property
    def name(self) -> str:
        """The party's name as it stands on the page."""
        return f"{self.unit_name}, {self.organisation_name}" if self.unit_name else self.organisation_name

    @property
    def side(self) -> str:
        """The ring that the party stands in: public or civil."""
        return str(Kind(self.kind).side.value)


#: The columns of PartyInList, in its order.
_PARTY = (
    "collaboration_id", "pk", "state", "joined_at", "diary_number", "organisation_id",
    "unit__name", "organisation__name", "organisation__kind",
)  # fmt: skip


@dataclass(frozen=True)
class ListRow:
    """A collaboration in the list; `named` are parties that were only written down. `here` is None before a start."""

    collaboration: Collaboration
    parties: list[PartyInList]
    named: list[str]
    here: PhaseStanding | None
    next_on: date | None
    late: int
    diary_numbers: list[str]


def list_rows(acting: Acting, found: Iterable[Collaboration]) -> list[ListRow]:
    """Return the rows of one page: at most six queries, and one for each edition of the model."""
    rows: list[Any] = list(found)
    keys = [row.pk for row in rows]
    parties, named = _parties(keys), _named([row.pk for row in rows if row.recorded_later])
    progress = progress_of_many(rows, _models(rows), lambda row: _at_table(parties.get(row.pk, [])))
    days = days_of(rows)
    return [
        ListRow(
            collaboration=row,
            parties=(present := parties.get(row.pk, [])),
            named=named.get(row.pk, []),
            here=_here(progress.get(row.pk)),
            next_on=days[row.pk][0],
            late=days[row.pk][1],
            diary_numbers=_diary_numbers(acting, present),
        )
        for row in rows
    ]


def _parties(keys: list[int]) -> dict[int, list[PartyInList]]:
    found: dict[int, list[PartyInList]] = {}
    for values in _at_tables.all(keys=keys):
        found.setdefault(values[0], []).append(PartyInList(*values))
    return found


@compiled
def _at_tables(keys: list[int]) -> Any:
    shown = Party.objects.filter(collaboration__any_of=keys, state__in=["active", "invited"])
    return shown.order_by("pk").values_list(*_PARTY)


def _named(keys: list[int]) -> dict[int, list[str]]:
    """What was put in afterwards names parties that are not asked."""
    found: dict[int, list[str]] = {}
    if not keys:
        return found
    for key, name in NamedParty.objects.filter(collaboration__in=keys).values_list("collaboration_id", "name"):
        found.setdefault(key, []).append(name)
    return found


def _at_table(parties: list[PartyInList]) -> Any:
    return [party for party in parties if party.state == "active"]


def _models(rows: list[Any]) -> dict[int, ModelView | None]:
    return {key: model_version(key) for key in {row.model_version_id for row in rows if row.model_version_id}}


def _here(progress: Progress | None) -> PhaseStanding | None:
    return progress.here if progress and progress.changes else None


def _diary_numbers(acting: Acting, parties: list[PartyInList]) -> list[str]:
    ours = (party for party in parties if party.organisation_id == acting.organisation.pk)
    return [party.diary_number for party in ours if party.diary_number]
