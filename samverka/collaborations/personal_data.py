"""What collaborations hold of persons, why and how long."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import Controller, PersonalData, declare

from .models import Invitation

#: How long the name and address of somebody who never answered, or said no, are kept after the link died.
KEEP_UNANSWERED = timedelta(days=90)


def purge_invitations() -> int:
    """Remove persons' details from invitations that led nowhere; that somebody was asked stays. Returns rows."""
    old = timezone.now() - KEEP_UNANSWERED
    led_nowhere = Invitation.objects.filter(expires_at__lt=old).exclude(state="accepted").exclude(email="")
    return led_nowhere.update(
        email="", message="", answered_name="", answered_role="", answered_email="", answered_phone="", reason=""
    )


declare(
    PersonalData(
        table="collaborations_invitation",
        what=_("E-postadress dit inbjudan skickades; namn, roll, telefon och svar från den som svarade"),
        purpose=_("Bjuda in till samverkan och visa vem som svarat för organisationen"),
        kept=_("90 dagar efter att länken slutat gälla; ett ja sparas så länge samverkan finns"),
        legal_basis=_("Uppgift av allmänt intresse"),
        purge=purge_invitations,
        controller=Controller.WRITER,
    )
)
for table, what in (
    ("collaborations_collaboration", _("Vem som startade samverkan")),
    ("collaborations_party", _("Vem som är kontakt för en part")),
):
    declare(
        PersonalData(
            table=table,
            what=what,
            purpose=_("Visa för parterna vem de ska vända sig till"),
            kept=_("Så länge samverkan finns"),
            legal_basis=_("Uppgift av allmänt intresse"),
            controller=Controller.WRITER,
        )
    )
declare(
    PersonalData(
        table="collaborations_entry",
        what=_("Vem som skrivit, ändrat och delat en anteckning, och när"),
        purpose=_("Visa för parterna vem som sagt vad, och för vem"),
        kept=_("Så länge samverkan finns"),
        legal_basis=_("Uppgift av allmänt intresse"),
        controller=Controller.WRITER,
    )
)
