"""Every role, and what it may do: the one file that says so.

The page /om/roller/ and docs/reference/roles.md are made from it, and the rules ask it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What can be done. Rules ask for these, never for a role by name."""

    MANAGE_INSTALLATION = "manage_installation"
    MANAGE_HOST_ROLES = "manage_host_roles"
    EDIT_REGISTER = "edit_register"
    IMPORT_REGISTER = "import_register"
    READ_STATISTICS = "read_statistics"
    RUN_SURVEYS = "run_surveys"
    EDIT_KNOWLEDGE = "edit_knowledge"
    SEND_FOR_HOST = "send_for_host"
    EDIT_FACTS = "edit_facts"
    MANAGE_MEMBERS = "manage_members"
    READ_LOG = "read_log"
    TAKE_PART = "take_part"
    START_COLLABORATION = "start_collaboration"
    CONFIRM = "confirm"
    READ_SHARED_ALL = "read_shared_all"
    SET_DIARY_NUMBER = "set_diary_number"
    SEND_DISPATCHES = "send_dispatches"


PERMISSION_LABELS: dict[Permission, Any] = {
    Permission.MANAGE_INSTALLATION: _("Se hur installationen mår och försöka jobb igen"),
    Permission.MANAGE_HOST_ROLES: _("Ge och ta bort värdens roller"),
    Permission.EDIT_REGISTER: _("Lägga till och rätta organisationer i registret"),
    Permission.IMPORT_REGISTER: _("Läsa in register från fil"),
    Permission.READ_STATISTICS: _("Läsa statistik över det som är öppet"),
    Permission.RUN_SURVEYS: _("Göra frågeformulär och kartläggningar och läsa svaren"),
    Permission.EDIT_KNOWLEDGE: _("Granska och publicera exempel, publikationer och artiklar"),
    Permission.SEND_FOR_HOST: _("Skicka utskick för värden"),
    Permission.EDIT_FACTS: _("Ändra organisationens uppgifter, enheter och kontakter"),
    Permission.MANAGE_MEMBERS: _("Ge och ta bort roller i organisationen"),
    Permission.READ_LOG: _("Läsa organisationens logg"),
    Permission.TAKE_PART: _("Läsa och skriva i organisationens samverkan"),
    Permission.START_COLLABORATION: _("Starta samverkan och bjuda in"),
    Permission.CONFIRM: _("Bekräfta och besluta för organisationen"),
    Permission.READ_SHARED_ALL: _("Läsa allt som delats i organisationens samverkan, utan att delta"),
    Permission.SET_DIARY_NUMBER: _("Ange diarienummer"),
    Permission.SEND_DISPATCHES: _("Skriva till föreningar och skicka utskick för organisationen"),
}

HOST = "host"
ORGANISATION = "organisation"


@dataclass(frozen=True)
class Role:
    """A role: its code, Swedish name, where it holds (host or organisation), what it is for and what it may do."""

    code: str
    label: Any
    scope: str
    purpose: Any
    may: frozenset[Permission]
    second_factor: bool = False


def _role(code: str, label: Any, scope: str, purpose: Any, *may: Permission) -> Role:
    return Role(code, label, scope, purpose, frozenset(may), second_factor=scope == HOST)


P = Permission
ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "host_administrator", _("Värdens administratör"), HOST,
            _("Sköter installationen. Kan inte läsa anteckningar, utkast eller samverkan."),
            P.MANAGE_INSTALLATION, P.MANAGE_HOST_ROLES, P.EDIT_REGISTER, P.IMPORT_REGISTER, P.READ_STATISTICS,
        ),
        _role(
            "editor", _("Redaktör"), HOST, _("Sköter registret, det som är öppet att läsa och värdens utskick."),
            P.EDIT_REGISTER, P.IMPORT_REGISTER, P.READ_STATISTICS, P.EDIT_KNOWLEDGE, P.SEND_FOR_HOST,
        ),
        _role(
            "analyst", _("Analytiker"), HOST,
            _("Gör kartläggningar. Läser och sammanställer svaren och det som är öppet."),
            P.READ_STATISTICS, P.RUN_SURVEYS,
        ),
        _role(
            "administrator", _("Administratör"), ORGANISATION,
            _("Sköter organisationens uppgifter och vilka som får handla för den."),
            P.EDIT_FACTS, P.MANAGE_MEMBERS, P.READ_LOG, P.TAKE_PART, P.START_COLLABORATION, P.CONFIRM,
            P.SET_DIARY_NUMBER, P.SEND_DISPATCHES,
        ),
        _role(
            "member", _("Medarbetare"), ORGANISATION, _("Deltar i samverkan för organisationen."),
            P.TAKE_PART, P.START_COLLABORATION, P.SET_DIARY_NUMBER, P.SEND_DISPATCHES,
        ),
        _role(
            "deputy", _("Ersättare"), ORGANISATION,
            _("Tar vid när någon är borta. Får göra det som en medarbetare får."),
            P.TAKE_PART, P.START_COLLABORATION, P.SET_DIARY_NUMBER, P.SEND_DISPATCHES,
        ),
        _role(
            "decision_maker", _("Beslutsfattare"), ORGANISATION, _("Bekräftar och beslutar för organisationen."),
            P.TAKE_PART, P.CONFIRM,
        ),
        _role(
            "registrar", _("Registrator"), ORGANISATION,
            _("Diarieför och lämnar ut. Läser det som delats, aldrig utkast."),
            P.READ_SHARED_ALL, P.SET_DIARY_NUMBER, P.READ_LOG,
        ),
        _role(
            "reader", _("Läsare"), ORGANISATION,
            _("Läser det som delats i organisationens samverkan. Skriver inget och ser inga utkast."),
            P.READ_SHARED_ALL,
        ),
    )
}  # fmt: skip

HOST_ROLES = tuple(role.code for role in ROLES.values() if role.scope == HOST)
ORGANISATION_ROLES = tuple(role.code for role in ROLES.values() if role.scope == ORGANISATION)


def may(role_codes: Collection[str], permission: Permission) -> bool:
    """Return whether any of the roles gives `permission`."""
    return any(permission in ROLES[code].may for code in role_codes)


def choices(scope: str) -> list[tuple[str, Any]]:
    """Return (code, label) of the roles of `scope`, for forms and columns."""
    return [(role.code, role.label) for role in ROLES.values() if role.scope == scope]
