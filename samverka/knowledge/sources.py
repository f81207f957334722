"""What search finds of the knowledge bank."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .enums import PageKind
from .finding import as_read
from .models import Page
from .queries import with_published_heads

_SHORT = 200
LABELS = {PageKind.PUBLICATION: _("Publikationer"), PageKind.ARTICLE: _("Artiklar")}


def _present(rows: list[Page]) -> list[tuple[str, str]]:
    return [(row.title, row.summary[:_SHORT]) for row in with_published_heads(rows)]


def _published(kind: str) -> Any:
    return lambda user: Page.objects.published().filter(kind=kind)


for _kind, _label in LABELS.items():
    register_source(Source(str(_kind), _label, _published(_kind), _present))


def _present_told(rows: list[Page]) -> list[tuple[str, str]]:
    """Return title and summary as they were published, whatever the draft says; one query."""
    read = {page.pk: page for page in as_read(Page.objects.filter(pk__in=[row.pk for row in rows]))}
    return [(read[row.pk].shown_title, read[row.pk].shown_summary[:_SHORT]) for row in rows]


for _kind, _label in ((PageKind.EXAMPLE, _("Exempel")), (PageKind.PORTRAIT, _("Porträtt"))):
    register_source(Source(str(_kind), _label, _published(_kind), _present_told))
