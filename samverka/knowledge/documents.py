"""What each kind of page holds besides its head: a list that the kinds fill, so that any page is published alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .models import Page


def _nothing(page: Page) -> list[str]:
    return []


@dataclass(frozen=True)
class Kind:
    """A kind of page. `body(page)` returns what it holds as JSON-safe data, to stand in the edition under "body";
    `words(page)` the plain texts that are indexed besides title and summary; `faults(page)` what must be mended before
    it is published, in words; `published(page)` is told when it has happened; `needs_contact(page)` whether somebody to
    ask must be named; `still_shown(page, body)` what of a published body may show today (a consent can be taken back).
    """

    body: Callable[[Page], dict[str, Any]]
    words: Callable[[Page], Iterable[str]] = _nothing
    faults: Callable[[Page], list[str]] = _nothing
    published: Callable[[Page], Any] = _nothing
    needs_contact: Callable[[Page], bool] = lambda page: True
    still_shown: Callable[[Page, dict[str, Any]], dict[str, Any]] = lambda page, body: body


_kinds: dict[str, Kind] = {}


def register_kind(code: str, kind: Kind) -> None:
    """Say how pages of a kind (PageKind) are published; from the app's ready()."""
    _kinds[code] = kind


def document_of(page: Page) -> dict[str, Any]:
    """Return the page as an edition keeps it: every text that shows, and names as they are today."""
    place = page.municipality or page.county
    return {
        "kind": page.kind,
        "title": page.title,
        "summary": page.summary,
        "language": page.language,
        "year": page.year,
        "licence": page.licence,
        "owner": {"id": page.owner.public_id, "name": page.owner.name} if page.owner else None,
        "place": {"code": place.code, "name": place.display_name} if place else None,
        "fields": [[field.code, field.name_sv, field.name_en] for field in page.fields.all()],
        "forms": list(page.forms),
        "contact": {name: getattr(page, f"contact_{name}") for name in ("name", "role", "email", "phone")},
        "body": _kinds[page.kind].body(page),
    }


def words_of(page: Page) -> str:
    """Return what is indexed besides title and summary."""
    return "\n".join(word for word in _kinds[page.kind].words(page) if word)


def faults_of(page: Page) -> list[str]:
    """Return what must be mended before the page is published; nothing when it is ready."""
    kind = _kinds[page.kind]
    found = [] if page.title.strip() else [_("Sidan har ingen rubrik.")]
    found += _faults_of_contact(page) if kind.needs_contact(page) else []
    return found + kind.faults(page)


def _faults_of_contact(page: Page) -> list[str]:
    found = []
    if not (page.contact_name.strip() or page.contact_role.strip()):
        found.append(_("Skriv vem man frågar om sidan: ett namn eller en funktion."))
    if not (page.contact_email or page.contact_phone):
        found.append(_("Skriv hur man når den som svarar för sidan: e-postadress eller telefon."))
    return found


def tell_published(page: Page) -> None:
    """Let the kind do what belongs to being published."""
    _kinds[page.kind].published(page)


def still_shown(page: Page, body: dict[str, Any]) -> dict[str, Any]:
    """Return a published body without what may not show any more."""
    return _kinds[page.kind].still_shown(page, body)
