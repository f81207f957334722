"""Writing an import: rows are staged as they are read, and put in place at the end, all in one transaction.

Staging tables are the connection's own (TEMP), so a reader of the register sees all of an import or none of it, and
an import
that is killed leaves nothing.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from samverka.kernel.audit import SYSTEM
from samverka.kernel.ids import public_id
from samverka.kernel.logs import current_request_id
from samverka.kernel.search import vector_text
from samverka.kernel.text import swedish_sort_key
from samverka.organisations.indexing import search_texts
from samverka.organisations.models import ActivityField, Organisation, RegisterSource
from samverka.organisations.revision import touch_register

from .plan import Planned, marks, merge, new_row, protected_reason

#: staged column -> type; all but the first eight are columns of Organisation
_COLUMNS = {
    "new": "boolean",
    "silent": "boolean",
    "changes": "jsonb",
    "own_fields": "integer[]",
    "earlier_name": "text",
    "version": "integer",
    "source_name": "text",
    "system": "text",
    "public_id": "text",
    "source_key": "text",
    "source_hash": "text",
    "source_marks": "text",
    "name": "text",
    "sort_key": "text",
    "kind": "text",
    "org_number": "text",
    "org_number_stated": "text",
    "org_number_status": "text",
    "municipality_id": "text",
    "county_id": "text",
    "postal_code": "text",
    "postal_town": "text",
    "web_address": "text",
    "email": "text",
    "phone": "text",
    "founded_year": "smallint",
    "umbrella_stated": "text",
    "labels_stated": "jsonb",
    "protected": "boolean",
    "protected_reason": "text",
    "search_vector": "tsvector",
    "field_ids": "integer[]",
}
_STORED = tuple(_COLUMNS)[8:]
_LOCK = 7_262_001  # any number, the same for all imports: one at a time

_INSERT = f"""
INSERT INTO organisations_organisation ({", ".join(_STORED)}, source_id, source_date, also_region, email_public,
genitive, description, language,
    state, state_reason, invented, confirmed, created_at, changed_at, version)
SELECT {", ".join(f"staged.{name}" for name in _STORED)}, source.id, %(today)s, false, false, '', '', 'sv', 'active',
'', false, true, %(now)s, %(now)s, 1
FROM import_staged staged JOIN organisations_registersource source ON source.name = staged.source_name
WHERE staged.new ORDER BY staged.sort_key
"""  # noqa: S608  (column names of our own)
_UPDATE = f"""
UPDATE organisations_organisation organisation SET {
    ", ".join(f"{name} = staged.{name}" for name in _STORED if name != "public_id")
},
    source_date = %(today)s,
    changed_at = CASE WHEN staged.silent THEN organisation.changed_at ELSE %(now)s END,
    version = organisation.version + CASE WHEN staged.silent THEN 0 ELSE 1 END
FROM import_staged staged
WHERE NOT staged.new AND organisation.public_id = staged.public_id AND organisation.version = staged.version
RETURNING organisation.public_id
"""  # noqa: S608
_FIELDS_OUT = """
DELETE FROM organisations_organisationfield link USING import_staged staged, organisations_organisation organisation
WHERE NOT staged.new AND NOT staged.silent AND organisation.public_id = staged.public_id AND link.organisation_id =
organisation.id
  AND NOT link.field_id = ANY(staged.own_fields)
"""
_FIELDS_IN = """
INSERT INTO organisations_organisationfield (organisation_id, field_id)
SELECT organisation.id, unnest(staged.own_fields) FROM import_staged staged JOIN organisations_organisation
organisation USING (public_id)
WHERE NOT staged.silent ON CONFLICT DO NOTHING
"""
_EARLIER_NAMES = """
INSERT INTO organisations_earliername (organisation_id, name, until)
SELECT organisation.id, staged.earlier_name, %(today)s FROM import_staged staged JOIN organisations_organisation
organisation USING (public_id)
WHERE staged.earlier_name <> ''
"""
_AUDIT = """
INSERT INTO kernel_auditentry (at, actor_id, actor_label, organisation_id, action, object_kind, object_id,
object_label, changes, request_id)
SELECT %(now)s, %(actor_id)s, %(actor)s, public_id, CASE WHEN new THEN 'organisation.imported' ELSE
'organisation.changed_by_import' END,
    'organisation', public_id, name, changes, %(request_id)s
FROM import_staged WHERE NOT silent
"""


class Writer:
    """Stages batches, then writes them. Use as a context manager: the staging table and the lock end with it."""

    def __init__(self, *, by: Any) -> None:
        self._by = by
        self._fields = {
            field.code: field for field in ActivityField.objects.filter(scheme="icnpo").select_related("parent")
        }
        self._sources: dict[str, tuple[str, str | None]] = {}

    def __enter__(self) -> "Writer":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            cursor.execute("DROP TABLE IF EXISTS import_staged")
            cursor.execute(
                f"CREATE TEMP TABLE import_staged ({', '.join(f'{name} {kind}' for name, kind in _COLUMNS.items())})"
            )
        return self

    def __exit__(self, *error: object) -> None:
        if connection.connection is None or connection.connection.closed:
            return
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS import_staged")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])

    def stage(self, batch: Sequence[Planned]) -> None:
        """Settle the values of a batch and stage it. `silent` and `notes` of its rows are set here."""
        ids = [planned.public_id for planned in batch if planned.public_id]
        known = (
            Organisation.objects.prefetch_related("fields", "earlier_names").in_bulk(ids, field_name="public_id")
            if ids
            else {}
        )
        columns = ", ".join(_COLUMNS)
        with connection.cursor() as cursor, cursor.copy(f"COPY import_staged ({columns}) FROM STDIN") as copy:
            for planned in batch:
                self._sources.setdefault(planned.source, (planned.system, planned.stated["municipality_id"]))
                copy.write_row(self._staged(planned, known.get(planned.public_id)))

    def _staged(self, planned: Planned, current: Organisation | None) -> tuple[Any, ...]:
        if current is None:
            new_row(planned)
        else:
            merge(planned, current)
        values = planned.values
        own = [self._fields[code].pk for code in values["field_codes"] if code in self._fields]
        kept = [field for field in current.fields.all() if field.scheme != "icnpo"] if current else []
        counted = {
            pk for code in values["field_codes"] if (f := self._fields.get(code)) for pk in (f.pk, f.parent_id) if pk
        }
        counted |= {pk for field in kept for pk in (field.pk, field.parent_id) if pk}
        renamed = current is not None and current.name != values["name"]
        return (
            current is None,
            planned.silent,
            _json(planned.changes),
            _array([*own, *(field.pk for field in kept)]),
            current.name if current and renamed else "",
            current.version if current else 1,
            planned.source,
            planned.system,
            current.public_id if current else public_id(),
            planned.key,
            planned.hash,
            marks(planned.stated),
            values["name"],
            swedish_sort_key(values["name"]),
            values["kind"],
            values["org_number"],
            values["org_number_stated"],
            values["org_number_status"],
            values["municipality_id"],
            values["county_id"],
            values["postal_code"],
            values["postal_town"],
            values["web_address"],
            values["email"],
            values["phone"],
            values["founded_year"],
            values["umbrella_stated"],
            _json(values["labels_stated"]),
            values["protected"],
            protected_reason(planned, before=current.protected_reason if current else ""),
            self._vector(values, kept, current, renamed=renamed),
            _array(sorted(counted)),
        )

    def _vector(
        self, values: dict[str, Any], kept: list[ActivityField], current: Organisation | None, *, renamed: bool
    ) -> str:
        fields = [*kept, *(self._fields[code] for code in values["field_codes"] if code in self._fields)]
        fields.sort(key=lambda field: (field.scheme, field.order))
        earlier = [n.name for n in sorted(current.earlier_names.all(), key=lambda n: n.pk)] if current else []
        return vector_text(
            search_texts(
                name=values["name"],
                number=values["org_number"],
                town=values["postal_town"],
                municipality=values["municipality_id"] or "",
                county=values["county_id"] or "",
                labels=values["labels_stated"],
                umbrella=values["umbrella_stated"],
                description=current.description if current else "",
                earlier_names=[*earlier, current.name] if current and renamed else earlier,
                field_names=[field.name_sv for field in fields],
                protected=values["protected"],
            )
        )

    def write(self) -> set[str]:
        """Put what is staged in place, in one transaction; return the public ids of known organisations that were
        written.

        One that somebody changed meanwhile is left as it is, and is not among them.
        """
        details = {
            "now": timezone.now(),
            "today": timezone.localdate(),
            "actor_id": getattr(self._by, "pk", None),
            "actor": str(self._by)[:200] if self._by is not None else SYSTEM,
            "request_id": current_request_id(),
        }
        with transaction.atomic(), connection.cursor() as cursor:
            self._write_sources()
            cursor.execute("ANALYZE import_staged")
            cursor.execute(_INSERT, details)
            cursor.execute(_UPDATE, details)
            written = {public for (public,) in cursor.fetchall()}
            cursor.execute("DELETE FROM import_staged WHERE NOT new AND NOT public_id = ANY(%s)", [list(written)])
            for statement in (_FIELDS_OUT, _FIELDS_IN, _EARLIER_NAMES, _AUDIT):
                cursor.execute(statement, details)
            touch_register()
        return written

    def _write_sources(self) -> None:
        today = timezone.localdate()
        RegisterSource.objects.bulk_create(
            [
                RegisterSource(name=name, system=system, municipality_id=municipality, fetched_on=today)
                for name, (system, municipality) in self._sources.items()
            ],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["fetched_on"],
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _array(keys: Sequence[int]) -> str:
    return "{" + ",".join(map(str, keys)) + "}"
