"""The kinds of things in a round."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    OPEN = "open", _("Öppen")
    CLOSED = "closed", _("Stängd")
