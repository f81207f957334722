"""What whoever provides this installation has stated about it, for those who must say yes before they use it."""

from dataclasses import dataclass

from django.conf import settings

#: What SAMVERKA_SUBPROCESSORS says where there are none.
NONE = frozenset({"none", "inga", "inget"})


@dataclass(frozen=True)
class Subprocessor:
    """Somebody the provider lets handle personal data: the name, what for, and in which country."""

    name: str
    task: str
    place: str


def subprocessors() -> list[Subprocessor] | None:
    """Return those that are stated; an empty list when there are none, None when nothing is stated."""
    stated = settings.SUBPROCESSORS.strip()
    if not stated:
        return None
    if stated.lower() in NONE:
        return []
    return [Subprocessor(*_parts(one)) for one in stated.split(";") if one.strip()]


def malformed_subprocessors() -> list[str]:
    """Return the stated ones that lack the name, what for, or where."""
    stated = settings.SUBPROCESSORS.strip()
    if stated.lower() in NONE:
        return []
    told = [one.strip() for one in stated.split(";") if one.strip()]
    return [one for one in told if one.count("|") != 2 or not all(_parts(one))]


def _parts(one: str) -> list[str]:
    parts = [part.strip() for part in one.split("|")]
    return [*parts, "", ""][:3]
