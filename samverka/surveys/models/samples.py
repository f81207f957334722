"""A random sample of the register that was put in a panel, so that it can be told and drawn again."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..enums import SampledBy
from .rounds import Round


class Sample(models.Model):
    """One draw. With the same seed the same organisations are drawn from the same register.

    `strata` is {stratum: {"population": how many there were, "drawn": how many were drawn}}, which gives the weights;
    without strata its one key is "".
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="samples")
    size = models.PositiveIntegerField()
    stratified_by = models.CharField(max_length=8, choices=SampledBy, default=SampledBy.NONE, blank=True)
    seed = models.PositiveBigIntegerField()
    strata = models.JSONField(default=dict)
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(stratified_by__in=SampledBy.values), name="sample_stratum_known"),
            models.CheckConstraint(condition=Q(size__gte=1), name="sample_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.size} ({self.seed})"
