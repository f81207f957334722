"""What has happened with one who is asked, as the desk tells it: never what is answered."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samverka.kernel.models import AuditEntry

from ..models import Asked

#: What the trail says of one who is asked -> what it is called.
SAID: dict[str, Any] = {
    "round.called": gettext_lazy("Ringt"),
    "round.noted": gettext_lazy("Anteckning ändrad"),
    "round.address_changed": gettext_lazy("Adress eller telefon ändrad"),
    "round.link_sent_again": gettext_lazy("Länken skickad igen"),
    "round.link_renewed": gettext_lazy("Ny länk skickad, den gamla gäller inte längre"),
    "round.declined": gettext_lazy("Avstår"),
    "round.decline_taken_back": gettext_lazy("Avstår inte längre"),
    "asked.reopened": gettext_lazy("Svaret öppnat igen"),
}
#: What of a change is told with it.
_WORDS = ("note", "reopened_why", "declined_why", "why")


@dataclass(frozen=True)
class Happened:
    """One thing: when (a moment, or a day), what, and by whom or why."""

    when: datetime.datetime | datetime.date
    text: str
    by: str = ""
    side: str = "shared"


def history_of(asked: Asked) -> list[Happened]:
    """Return what has happened, oldest first; three queries."""
    found = [*_times(asked), *_reminders(asked), *_passed(asked), *_trail(asked)]
    return sorted(found, key=lambda one: (_day(one.when), isinstance(one.when, datetime.datetime), str(one.when)))


def called_days(asked: Iterable[Asked]) -> dict[str, datetime.datetime]:
    """Return when each was last rung, by public id; one query."""
    ids = [one.public_id for one in asked]
    calls = AuditEntry.objects.filter(object_kind="asked", object_id__in=ids, action="round.called").order_by("id")
    return dict(calls.values_list("object_id", "at"))


def _times(asked: Asked) -> Iterator[Happened]:
    said = (
        (asked.invited_at, _("Inbjuden"), ""),
        (asked.opened_at, _("Öppnade formuläret första gången"), ""),
        (asked.begun_at, _("Började svara"), ""),
        (asked.handed_over_at, _("Lämnade in"), asked.handed_over_by),
        (asked.signed_at, _("Undertecknade"), ", ".join(filter(None, [asked.signed_by, asked.signed_role]))),
    )
    yield from (Happened(when, text, by) for when, text, by in said if when)


def _reminders(asked: Asked) -> Iterator[Happened]:
    for reminder in asked.reminders.all():
        yield Happened(reminder.sent_on, _("Påminnelse %(number)s skickad") % {"number": reminder.number})


def _passed(asked: Asked) -> Iterator[Happened]:
    """Blocks that went to a colleague: how many, not to whom, which is the body's own matter."""
    for passed in asked.passed.all():
        count = len(passed.blocks)
        yield Happened(passed.passed_at, ngettext("%(n)s block skickat vidare", "%(n)s block skickade vidare", count)
                       % {"n": count})  # fmt: skip
        if passed.done_at:
            yield Happened(passed.done_at, _("Ett skickat block är klart"))


def _trail(asked: Asked) -> Iterator[Happened]:
    rows = AuditEntry.objects.filter(object_kind="asked", object_id=asked.public_id, action__in=SAID).order_by("id")
    for row in rows:
        before_after = next((row.changes[name] for name in _WORDS if row.changes.get(name)), None)
        said = str(before_after[1]) if before_after and before_after[1] else ""
        yield Happened(row.at, str(SAID[row.action]) + (f": {said}" if said else ""), row.actor_label)


def _day(when: datetime.datetime | datetime.date) -> datetime.date:
    return timezone.localdate(when) if isinstance(when, datetime.datetime) else when
