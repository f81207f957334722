"""Every table that holds something about persons says what, why and how long (the privacy notice is made from it)."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import EmailField, Model

from samverka.kernel.purge import Controller, declarations

#: Names of fields that speak of a person, whatever table they are in.
TELLING = {"phone", "email", "reply_email", "to_address", "to_addresses", "actor_label", "actor_id", "owner_id",
           "created_by_id", "ip", "answered_name", "person_role"}  # fmt: skip
#: Tables where such a field stands, and why nothing is declared.
EXEMPT = {
    "auth_user_groups": "Django's own, not in use",
    "procrastinate_events": "times of jobs, removed with the job",
    "collaborations_entryversion": "declared with collaborations_entry: the same texts, the same time",
    "collaborations_outcomeversion": "declared with collaborations_outcome",
    "collaborations_commitmentchange": "declared with collaborations_commitment",
}


def _speaks_of_persons(model: type[Model]) -> list[str]:
    user = get_user_model()
    return [
        field.name
        for field in model._meta.fields
        if field.related_model is user or isinstance(field, EmailField) or field.attname in TELLING
    ]


def test_tables_about_persons_are_declared() -> None:
    declared = {declaration.table for declaration in declarations()}
    missing = {
        model._meta.db_table: fields
        for model in apps.get_models(include_auto_created=True)
        if (fields := _speaks_of_persons(model))
        and model._meta.managed
        and model._meta.db_table not in declared | EXEMPT.keys()
    }
    assert not missing, f"declare in personal_data.py: {missing}"


def test_declarations_speak_of_tables_that_exist() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert not {declaration.table for declaration in declarations()} - tables


def test_declarations_are_whole() -> None:
    for declaration in declarations():
        for said in (declaration.what, declaration.purpose, declaration.kept, declaration.legal_basis):
            assert str(said).strip(), declaration.table


def test_what_parties_write_is_theirs_to_answer_for() -> None:
    """/om/for-it-och-jurist/ says so: the provider only stores what is written in collaborations."""
    wrong = {
        declaration.table
        for declaration in declarations()
        if declaration.table.startswith("collaborations_") and declaration.controller != Controller.WRITER
    }
    assert not wrong, f"declare with controller=Controller.WRITER: {wrong}"
