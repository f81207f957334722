"""What site search finds here: organisations, by everyone. It says no more of them than may show."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .models import Organisation
from .shown import shown_rows


def _present(organisation: Any) -> tuple[str, str]:
    (row,) = shown_rows([organisation])
    return row.name, f"{row.kind_label} · {row.place.label}" if row.place.label else str(row.kind_label)


register_source(Source("organisation", _("Organisationer"), Organisation.objects.visible_to, _present))
