"""The one file of roles, and what is made from it."""

import pytest

from samverka.accounts import roles
from samverka.accounts.models import User
from samverka.accounts.reference import role_tables, roles_markdown
from samverka.accounts.roles import Permission
from samverka.accounts.rules import (
    can_edit_register,
    can_import_register,
    can_manage_host_roles,
    can_manage_installation,
    is_host_staff,
)

RULES = {
    can_manage_installation: {"host_administrator"},
    can_manage_host_roles: {"host_administrator"},
    can_edit_register: {"host_administrator", "editor"},
    can_import_register: {"host_administrator", "editor"},
    is_host_staff: {"host_administrator", "editor", "analyst"},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("role", [*roles.HOST_ROLES, None])
def test_rule_holds_for_the_roles_that_give_it(rule: object, role: str | None) -> None:
    user = User(host_roles=[role] if role else [])
    assert rule(user) is (role in RULES[rule])  # type: ignore[operator, index]
    user.is_active = False
    assert rule(user) is False  # type: ignore[operator]


def test_no_host_role_reads_collaborations() -> None:
    reading = {Permission.TAKE_PART, Permission.READ_SHARED_ALL, Permission.READ_LOG, Permission.CONFIRM}
    assert not any(reading & role.may for role in roles.ROLES.values() if role.scope == roles.HOST)


def test_every_host_role_needs_a_second_factor_and_no_other() -> None:
    for role in roles.ROLES.values():
        assert role.second_factor is (role.scope == roles.HOST)


def test_every_permission_has_words_and_someone_who_holds_it() -> None:
    assert set(roles.PERMISSION_LABELS) == set(Permission)
    assert {p for role in roles.ROLES.values() for p in role.may} == set(Permission)


def test_reference_names_every_role_and_permission() -> None:
    text = roles_markdown()
    for role in roles.ROLES.values():
        assert f"(`{role.code}`)" in text
    for table in role_tables():
        for row in table.rows:
            assert str(row.label) in text
            assert len(row.allowed) == len(table.roles)
