import hashlib

import pytest
from django.db import transaction

from samverka.kernel import audit
from samverka.kernel.models import AuditEntry


def test_hidden_text_holds_length_and_hash_and_nothing_of_the_text():
    said = audit.hidden_text("hemligt utkast")
    assert said == {"length": 14, "sha256": hashlib.sha256(b"hemligt utkast").hexdigest()}


def test_changed_fields_names_only_what_differs():
    assert audit.changed_fields({"name": "A", "size": 1}, {"name": "B", "size": 1}) == {"name": ["A", "B"]}


def test_changed_fields_makes_values_that_json_can_hold():
    changed = audit.changed_fields({}, {"when": object})
    assert changed["when"][0] is None
    assert isinstance(changed["when"][1], str)


@pytest.mark.django_db
def test_record_by_nobody_is_by_the_system():
    row = audit.record("thing.made", by=None, kind="thing", object_id="x", label="L" * 400)
    row.refresh_from_db()
    assert (row.actor_label, row.actor_id) == (audit.SYSTEM, None)
    assert len(row.object_label) == 300


@pytest.mark.django_db
def test_record_by_a_person_keeps_name_and_organisation(village):
    audit.record("thing.made", by=village.karin, kind="thing", object_id="x", organisation="bcdfg23456")
    row = AuditEntry.objects.get(object_kind="thing")
    assert (row.actor_id, row.actor_label) == (village.karin.pk, "Karin Provsson")
    assert row.organisation_id == "bcdfg23456"


@pytest.mark.django_db
def test_record_is_undone_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("thing.made", by=None, kind="thing", object_id="undone")
        raise ZeroDivisionError
    assert not AuditEntry.objects.filter(object_id="undone").exists()


@pytest.mark.django_db
def test_record_many_writes_all():
    rows = [audit.entry("thing.made", by=None, kind="many", object_id=str(n)) for n in range(3)]
    audit.record_many(rows)
    assert AuditEntry.objects.filter(object_kind="many").count() == 3
