"""Pages for the tests, of a kind that holds one text."""

import pytest

from samverka.knowledge import documents
from samverka.knowledge.documents import Kind
from samverka.knowledge.enums import PageKind, PageState
from samverka.knowledge.models import Page
from tests.people import Village


def draft(village: Village, **values: object) -> Page:
    """Return a draft that lacks nothing, sent in by Yusuf."""
    facts = {
        "kind": PageKind.ARTICLE, "title": "Läxhjälp på tre språk", "summary": "Barn får hjälp på biblioteket.",
        "contact_role": "Registrator", "contact_email": "registrator@exempelby.example", "owner": village.municipality,
        "sent_in_by": village.yusuf, **values,
    }  # fmt: skip
    return Page.objects.create(**facts)


def state_of(page: Page) -> str:
    """Return the page's state as it is in the database."""
    return Page.objects.values_list("state", flat=True).get(pk=page.pk)


@pytest.fixture
def plain_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that hold nothing besides their head."""
    kind = Kind(body=lambda page: {}, words=lambda page: ["dammsugare"])
    monkeypatch.setitem(documents._kinds, PageKind.ARTICLE, kind)


SUBMITTED = PageState.SUBMITTED
