"""Reads of the register. Every one starts from `visible_to(user)`."""

from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samverka.kernel.search import ts_query
from samverka.kernel.text import swedish_sort_key


class OrganisationQuerySet(models.QuerySet[Any]):
    """Organisations."""

    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """Those this person may find: all but withdrawn ones, which only their own members still see."""
        if getattr(user, "is_authenticated", False):
            own = Q(memberships__user=user, memberships__until__isnull=True)
            return self.filter(~Q(state="withdrawn") | Q(pk__in=self.model.objects.filter(own).values("pk")))
        return self.exclude(state="withdrawn")

    def in_municipality(self, code: str) -> "OrganisationQuerySet":
        """Those placed in a municipality; protected ones are placed only in their county (users.md R10)."""
        return self.filter(municipality=code, protected=False)

    def matching(self, text: str) -> "OrganisationQuerySet":
        """Those that `text` finds by stem; an empty text finds all."""
        query = ts_query(text)
        if not query:
            return self
        return self.filter(search_vector=SearchQuery(query, config="simple", search_type="raw"))

    def name_like(self, text: str) -> "OrganisationQuerySet":
        """Those whose name is close to `text` (typing errors), by trigrams."""
        return self.filter(sort_key__trigram_similar=swedish_sort_key(text))


class UnitQuerySet(models.QuerySet[Any]):
    """Units of public bodies."""

    def current(self, today: date | None = None) -> "UnitQuerySet":
        """Those that exist today, or on another day."""
        today = today or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=today)
        )
