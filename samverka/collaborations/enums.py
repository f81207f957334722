"""States and circles of a collaboration."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CollaborationState(TextChoices):
    INVITED = "invited", _("Inbjudan skickad")
    ACTIVE = "active", _("Pågår")
    DECLINED = "declined", _("Blev inte av")
    ENDED = "ended", _("Avslutad")


class PartyState(TextChoices):
    INVITED = "invited", _("Inbjuden")
    ACTIVE = "active", _("Med")
    DECLINED = "declined", _("Tackade nej")
    WITHDRAWN = "withdrawn", _("Inbjudan återtagen")


class Circle(TextChoices):
    """Who may read an entry (users.md R1): chosen before writing, widened only by an act of its own."""

    AUTHOR = "me", _("Bara jag (utkast)")
    PARTY = "party", _("Bara vi")
    ALL = "all", _("Alla parter")

    @property
    def width(self) -> int:
        """How wide the circle is: 0, 1 or 2."""
        return list(Circle).index(self)


class InvitationState(TextChoices):
    WAITING = "waiting", _("Väntar på svar")
    ACCEPTED = "accepted", _("Tackade ja")
    DECLINED = "declined", _("Tackade nej")
    CALL_ME = "call_me", _("Vill bli uppringd")
    WITHDRAWN = "withdrawn", _("Återtagen")
