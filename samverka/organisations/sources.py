"""What site search finds here: organisations, by everyone. It says no more of them than may show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, When
from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .models import Organisation
from .shown import shown_rows


def _present(organisations: list[Any]) -> list[tuple[str, str]]:
    return [
        (row.name, f"{row.kind_label} · {row.place.label}" if row.place.label else str(row.kind_label))
        for row in shown_rows(organisations)
    ]


def _names() -> Iterable[str]:
    names: Iterable[str] = Organisation.objects.visible_to(None).values_list("name", flat=True).iterator()
    return names


#: A protected organisation is counted in its county only (users.md R10).
COLUMNS = {
    "title": F("name"),
    "field_ids": F("field_ids"),
    "county": F("county_id"),
    "found_from": F("created_at"),
    "municipality": Case(When(protected=False, then=F("municipality_id"))),
}

register_source(
    Source(
        "organisation", _("Organisation"), Organisation.objects.visible_to, _present, columns=COLUMNS,
        open_words=_names,
    )
)  # fmt: skip
