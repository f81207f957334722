"""How a sending goes: counts, the log of each recipient, and what receivers have said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx

from .clicks import targets_of
from .enums import DeliveryState, IssueState, ReceiptChoice
from .models import Delivery, Issue, LinkCount, Receipt

FORMATS = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE}
_OPEN = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.DEFERRED)
_LOG = (
    Column("organisation", _("Organisation"), width=40),
    Column("address", _("Adress"), width=36),
    Column("state", _("Läge"), width=20),
    Column("sent_at", _("Skickat"), kind="datetime"),
    Column("attempts", _("Försök"), kind="int"),
    Column("last_answer", _("Servern svarade"), width=50),
    Column("receipt", _("Kvittens"), width=40),
    Column("purge_on", _("Adressen tas bort"), kind="date"),
)
#: What receivers choose, as the sender reads it.
_SAID = {
    ReceiptChoice.REGISTERED: _("Diariefört hos mottagaren"), ReceiptChoice.NOT_REGISTERED: _("Inte diariefört"),
    ReceiptChoice.PASSED_ON: _("Vidarebefordrat"),
}  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How far a sending has come. `states`: (code, label, how many), those that there are."""

    total: int
    done: int
    states: tuple[tuple[str, Any, int], ...]
    running: bool

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        return next((count for code, _label, count in self.states if code == state), 0)

    @property
    def uncertain(self) -> int:
        """How many nobody knows of."""
        return self.count(DeliveryState.UNCERTAIN)


def progress_of(issue: Issue) -> Progress:
    """Return how far the sending of `issue` has come; one query."""
    counted = dict(Delivery.objects.filter(issue=issue).values_list("state").annotate(Count("id")).order_by())
    states = tuple((state.value, state.label, counted[state]) for state in DeliveryState if state in counted)
    total, open_ones = sum(counted.values()), sum(counted.get(state, 0) for state in _OPEN)
    return Progress(total, total - open_ones, states, issue.state == IssueState.SENDING)


def log_of(issue: Issue, state: str = "") -> QuerySet[Delivery]:
    """Return the log: a row for each recipient, of one state or all."""
    rows = Delivery.objects.filter(issue=issue).select_related("organisation").order_by("pk")
    return rows.filter(state=state) if state in DeliveryState.values else rows


def export_log(issue: Issue, *, format: str, file: BinaryIO) -> int:
    """Write the log to the open binary `file`; return how many rows."""
    said = receipts_for(Delivery.objects.filter(issue=issue, receipts__isnull=False).distinct())
    rows = (_row(one, said.get(one.pk, "")) for one in log_of(issue).iterator(chunk_size=2000))
    if format == "csv":
        return write_csv(_LOG, rows, file)
    return write_xlsx(_LOG, rows, file, title=issue.title or "Logg")


def _row(one: Delivery, receipt: str) -> dict[str, Any]:
    return {
        "organisation": str(one.organisation or ""), "address": one.address, "state": DeliveryState(one.state).label,
        "sent_at": one.sent_at, "attempts": one.attempts, "last_answer": one.last_answer, "receipt": receipt,
        "purge_on": one.purge_on,
    }  # fmt: skip


def passed_on_by(issue: Issue) -> list[tuple[str, list[str]]]:
    """Return the bodies that have passed it on and where to, by name: it is no list of who has not."""
    found: dict[str, list[str]] = {}
    for row in _receipts(issue).filter(choice=ReceiptChoice.PASSED_ON):
        if row.delivery.organisation is not None:
            found.setdefault(row.delivery.organisation.name, []).append(row.passed_to)
    return sorted(found.items())


def receipt_counts(issue: Issue) -> list[tuple[Any, int]]:
    """Return how many have said what; of each only what it said last of the diary, and of passing it on."""
    said = [row.choice for row in _newest(_receipts(issue))]
    return [(_SAID[choice], said.count(choice)) for choice in ReceiptChoice if choice in said]


def receipts_for(rows: Iterable[Delivery]) -> dict[int, str]:
    """Return what the receivers of these mails have said last, by the mail's key, in words for the sender."""
    found: dict[int, str] = {}
    for row in _newest(Receipt.objects.filter(delivery__in=[one.pk for one in rows])):
        parts = (str(_SAID[ReceiptChoice(row.choice)]), row.diary_number, row.passed_to)
        said = ", ".join(part for part in parts if part)
        found[row.delivery_id] = f"{found[row.delivery_id]}; {said}" if row.delivery_id in found else said
    return found


def _newest(receipts: QuerySet[Receipt]) -> list[Receipt]:
    """Return of each mail the newest word of the diary, and the newest of passing it on: one may do both."""
    newest: dict[tuple[int, bool], Receipt] = {}
    for row in receipts.order_by("pk"):
        newest[row.delivery_id, row.choice == ReceiptChoice.PASSED_ON] = row
    return sorted(newest.values(), key=lambda row: row.pk)


def what_holds(delivery: Delivery) -> Receipt | None:
    """Return what the receiver said last: that colleagues have been mailed takes no diary number away."""
    return max(Receipt.objects.filter(delivery=delivery), key=_weight, default=None)


def _weight(row: Receipt) -> tuple[bool, int]:
    return (row.sent_to == 0, row.pk)


def _receipts(issue: Issue) -> QuerySet[Receipt]:
    return Receipt.objects.filter(delivery__issue=issue).select_related("delivery__organisation")


def openings_of(issue: Issue) -> list[tuple[str, int]]:
    """Return each counted link of a magazine and how often it was opened, up to yesterday."""
    counted: dict[int, int] = {}
    for number, opened in _numbers(LinkCount.objects.filter(issue=issue)):
        counted[number] = counted.get(number, 0) + opened
    return [(target, counted.get(number, 0)) for number, target in enumerate(targets_of(issue))]


def _numbers(rows: QuerySet[LinkCount]) -> Iterable[tuple[int, int]]:
    return rows.values_list("number", "opened")
