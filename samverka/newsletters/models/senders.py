"""Who sends: what stands in every issue of an organisation, and its series of diary numbers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Sender(models.Model):
    """An organisation that sends issues. `is_host`: it provides the installation, and its editors write for it.

    `diary_pattern` is how its numbers look ("{number:04}/{year:2}"); empty where numbers come from another system.
    """

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="sender", primary_key=True
    )
    is_host = models.BooleanField(default=False)
    from_name = models.CharField(_("Avsändarens namn"), max_length=120)
    from_address = models.EmailField(_("Adress som utskicken kommer från"), blank=True)
    reply_to = models.EmailField(_("Adress som svar går till"))
    postal_address = models.CharField(_("Postadress"), max_length=200, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    web_address = models.URLField(_("Webbplats"), max_length=300, blank=True)
    privacy_url = models.URLField(_("Så behandlar ni personuppgifter"), max_length=300, blank=True)
    about = models.TextField(_("Vilka ni är"), max_length=400, blank=True)
    diary_pattern = models.CharField(_("Så ser era diarienummer ut"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_host"], condition=Q(is_host=True), name="sender_one_host"),
            models.CheckConstraint(condition=~Q(from_name=""), name="sender_has_name"),
        ]

    def __str__(self) -> str:
        return self.from_name


class DiarySeries(models.Model):
    """The last number that a sender has drawn in a year: the next is one more, and none is left out."""

    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="series")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "year"], name="diary_series_once")]

    def __str__(self) -> str:
        return f"{self.sender_id} {self.year}: {self.last}"


class DomainCheck(models.Model):
    """What the name system said of a From domain when it was last asked: a list of {what, state, said, record_name,
    record}.
    """

    domain = models.CharField(max_length=255, unique=True)
    found = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.domain
