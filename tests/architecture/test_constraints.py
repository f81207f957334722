"""The database refuses impossible rows: a column with choices has a constraint that knows them."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Field, Model


def _columns_with_choices() -> list[tuple[type[Model], Field]]:
    return [
        (model, field)
        for config in apps.get_app_configs()
        if config.name.startswith("samverka.")
        for model in config.get_models()
        for field in model._meta.concrete_fields
        if field.choices
    ]


@pytest.mark.django_db
def test_columns_with_choices_are_constrained() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'"
        )
        checks = cursor.fetchall()
    unchecked = []
    for model, field in _columns_with_choices():
        table, column = model._meta.db_table, field.column
        values = [value for value, _label in field.flatchoices if value not in {None, ""}]
        told = [check for where, check in checks if where == table and column in check]
        if not any(all(f"'{value}'" in check for value in values) for check in told):
            unchecked.append(f"{table}.{column}")
    assert not unchecked, f"columns that take any value: {unchecked}"


@pytest.mark.django_db
def test_every_foreign_key_is_kept_by_the_database() -> None:
    loose = [
        f"{model.__name__}.{field.name}"
        for config in apps.get_app_configs()
        if config.name.startswith("samverka.")
        for model in config.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and not field.db_constraint
    ]
    assert not loose
