"""What an import will do with each row: compare with what the source stated before, and with what people have
changed since.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.utils.translation import gettext_lazy as _

from samverka.kernel.audit import changed_fields
from samverka.kernel.text import swedish_sort_key
from samverka.organisations.enums import BODIES
from samverka.organisations.models import Organisation
from samverka.places.names import municipality_code

from .normalise import PROTECTED_REASON, Facts, name_key

#: Facts that only make sense together: a number with its status, a municipality with its county.
GROUPS = (
    ("name",),
    ("kind",),
    ("org_number", "org_number_stated", "org_number_status"),
    ("municipality_id", "county_id"),
    ("postal_code",),
    ("postal_town",),
    ("web_address",),
    ("email",),
    ("phone",),
    ("founded_year",),
    ("umbrella_stated",),
    ("labels_stated",),
    ("field_codes",),
    ("protected",),
)
COLUMNS = tuple(name for group in GROUPS for name in group)
_ALREADY_A_BODY = _("Finns redan som offentlig aktör.")
_SOURCE_WON = _("Ändrat här tidigare, men källan har en nyare uppgift: %(what)s.")
_KEY_LENGTH = 190
_MARK = 8  # characters, 32 bits


@dataclass(slots=True)
class Known:
    """An organisation that the source has stated before."""

    public_id: str
    hash: str
    number: str
    taken: bool = False


@dataclass(slots=True)
class Planned:
    """A row to write. `public_id` is of the organisation it changes, "" for a new one; `values` are by COLUMNS,
    `stated` what the source says.

    `silent`: nothing of the organisation changes, only what the source stated is noted.
    """

    line: int
    source: str
    system: str
    key: str
    hash: str
    values: dict[str, Any]
    stated: dict[str, Any]
    notes: tuple[Any, ...]
    public_id: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)
    silent: bool = False


class Planner:
    """Tells new rows from known ones, for every source that the file names."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Known]] = {}
        self._times: dict[tuple[str, str], int] = {}
        bodies = Organisation.objects.filter(source__name=BODIES)
        self._bodies = set(bodies.values_list("sort_key", flat=True))

    def known(self, source: str) -> dict[str, Known]:
        """Return what `source` has stated before, by key."""
        if source not in self._known:
            rows = Organisation.objects.filter(source__name=source).exclude(source_key="")
            self._known[source] = {
                key: Known(public_id, digest, number)
                for key, public_id, digest, number in rows.values_list(
                    "source_key", "public_id", "source_hash", "org_number"
                ).iterator()
            }
        return self._known[source]

    def is_body(self, facts: Facts) -> bool:
        """Return whether the row names a municipality or region, which the product already has."""
        name = facts.values["name"]
        if not name.casefold().endswith((" kommun", " stad")) and not name.casefold().startswith("region "):
            return False
        return swedish_sort_key(name) in self._bodies or municipality_code(name) is not None

    def plan(self, line: int, facts: Facts) -> Planned | None:
        """Return what to write for a row, or None when the source states just what it did before."""
        known = self.known(facts.source)
        key, found = self._find(known, facts)
        digest = _digest(facts.values)
        if found is not None:
            found.taken = True
            if found.hash == digest:
                return None
        planned = Planned(line, facts.source, facts.system, key, digest, facts.values, facts.values, facts.notes)
        if found is not None:
            planned.public_id = found.public_id
        return planned

    def _find(self, known: dict[str, Known], facts: Facts) -> tuple[str, Known | None]:
        """Return the row's key and who it is. A row that now has a number is known by its name if that one had none."""
        keys = _keys(facts)
        key = self._numbered(facts.source, keys[0])
        if key in known:
            return key, known[key]
        for other in keys[1:]:
            candidate = known.get(other)
            if candidate and not candidate.taken and not candidate.number:
                return key, candidate
        return key, None

    def _numbered(self, source: str, key: str) -> str:
        """Return `key`, with #2, #3 … for a row that the file has again."""
        times = self._times[source, key] = self._times.get((source, key), 0) + 1
        return key if times == 1 else f"{key}#{times}"


def _keys(facts: Facts) -> list[str]:
    """Return how a row may be known again, the best first: the register's own id, the number, the name in its
    municipality.
    """
    keys = [f"namn:{name_key(facts.values)}"]
    if facts.values["org_number"]:
        keys.insert(0, f"nr:{facts.values['org_number']}")
    if facts.external_id:
        keys.insert(0, f"id:{facts.external_id}")
    return [key if len(key) <= _KEY_LENGTH else f"h:{hashlib.sha256(key.encode()).hexdigest()}" for key in keys]


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(values, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def new_row(planned: Planned) -> None:
    """Fill in what a new organisation's audit row says."""
    planned.changes = {
        name: [None, value] for name, value in planned.values.items() if value not in (None, "", [], False)
    }


def marks(values: Mapping[str, Any]) -> str:
    """Return a mark of eight characters for each of GROUPS, in order: enough to tell whether one has changed."""
    return "".join(f"{crc32(repr([values[name] for name in group]).encode()):08x}" for group in GROUPS)


def merge(planned: Planned, current: Organisation) -> None:
    """Settle a known organisation's values: the source's where its statement is new, people's where only they have
    changed something. No source takes protection away: that is for people to do.
    """
    before = current_values(current)
    stated, mine = marks(planned.stated), marks(before)
    after, notes = dict(before), list(planned.notes)
    for number, group in enumerate(GROUPS):
        place = slice(number * _MARK, (number + 1) * _MARK)
        earlier, now = current.source_marks[place], stated[place]
        if earlier == now:
            continue
        if earlier and mine[place] not in {earlier, now}:
            notes.append(_SOURCE_WON % {"what": _label(group[0])})
        after |= {name: planned.stated[name] for name in group}
    after["protected"] = after["protected"] or before["protected"]
    planned.values = after
    planned.notes = tuple(notes)
    planned.changes = changed_fields(before, after)
    planned.silent = not planned.changes


def _label(name: str) -> str:
    if name == "field_codes":
        return str(_("områden"))
    field = Organisation._meta.get_field(name.removesuffix("_id"))
    return str(getattr(field, "verbose_name", name)).lower()


def current_values(organisation: Organisation) -> dict[str, Any]:
    """Return an organisation's values by COLUMNS. Its fields must be prefetched."""
    codes = sorted(f.code for f in organisation.fields.all() if f.scheme == "icnpo")
    values = {name: getattr(organisation, name) for name in COLUMNS if name != "field_codes"}
    return values | {"field_codes": codes}


def protected_reason(planned: Planned, *, before: str = "") -> str:
    """Return why the row is protected: the reason that stood, or that the import suggested it."""
    return (before or PROTECTED_REASON) if planned.values["protected"] else before


def already_a_body() -> str:
    """Return why a row that names a municipality changes nothing."""
    return str(_ALREADY_A_BODY)


def reason(notes: Iterable[Any]) -> str:
    """Return the remarks on a row as one text."""
    return " ".join(str(note) for note in notes)
