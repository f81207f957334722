"""The population that a sample was drawn from, by strata."""

from django.db import models
from django.db.models import Q

from .rounds import Round


class Stratum(models.Model):
    """How many of the population gave, or would give, one answer to the variable that a round is weighted by."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="strata")
    variable = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    population = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "value"], name="stratum_once"),
            models.CheckConstraint(condition=Q(population__gte=1), name="stratum_has_population"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.value}"
