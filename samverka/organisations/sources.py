"""What site search finds here: organisations, by everyone. It says no more of them than may show."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .models import Organisation
from .shown import shown_rows


def _present(organisations: list[Any]) -> list[tuple[str, str]]:
    return [
        (row.name, f"{row.kind_label} · {row.place.label}" if row.place.label else str(row.kind_label))
        for row in shown_rows(organisations)
    ]


register_source(Source("organisation", _("Organisationer"), Organisation.objects.visible_to, _present))
