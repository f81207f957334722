"""What search finds of the knowledge bank."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .enums import PageKind
from .models import Page

_SHORT = 200
LABELS = {PageKind.PUBLICATION: _("Publikationer"), PageKind.ARTICLE: _("Artiklar")}


def _present(rows: list[Page]) -> list[tuple[str, str]]:
    return [(row.title, row.summary[:_SHORT]) for row in rows]


def _published(kind: str) -> Any:
    return lambda user: Page.objects.published().filter(kind=kind)


for _kind, _label in LABELS.items():
    register_source(Source(str(_kind), _label, _published(_kind), _present))
