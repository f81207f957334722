"""Who at a public body should have what: said once by the body, and followed from then on (users.md E1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.ids import PublicIdField


class Routing(models.Model):
    """What a body has said of its mail: a copy to the first address or not, and who said it."""

    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.CASCADE, related_name="routing")
    copy = models.BooleanField(_("Skicka en kopia till registratorn också"), default=False)
    said_by = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Route(models.Model):
    """An office address that gets what is about one field, or about all when there is none."""

    public_id = PublicIdField()
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="routes")
    field = models.ForeignKey(
        "organisations.ActivityField", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("Funktion"), max_length=120, blank=True)
    email = models.EmailField(_("E-postadress"))
    since = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["field__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "field", "email"],
                name="route_once",
                nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
