"""What site search finds here: collaborations, by those who take part or follow."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext_lazy as _

from samverka.kernel.search import Source, register_source

from .models import Collaboration


def _present(collaborations: list[Any]) -> list[tuple[str, str]]:
    return [(collaboration.title, collaboration.purpose[:200]) for collaboration in collaborations]


COLUMNS = {
    "title": F("title"),
    "forms": F("forms"),
    "field_ids": ArraySubquery(
        Collaboration.fields.through.objects.filter(collaboration=OuterRef("pk")).values("activityfield_id")
    ),
    "county": F("county_id"),
    "found_from": F("created_at"),
    "municipality": F("municipality_id"),
    "year": Cast(ExtractYear("starts_on"), TextField()),
}

register_source(Source("collaboration", _("Samverkan"), Collaboration.objects.visible_to, _present, columns=COLUMNS))
