"""What the knowledge bank holds of persons, why and how long."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

from .models import Feedback

TASK = _("Uppgift av allmänt intresse")


def purge_feedback() -> int:
    """Remove what visitors have said when its day has come; return how many."""
    return Feedback.objects.filter(purge_on__lte=timezone.localdate()).delete()[0]


declare(PersonalData(
    table="knowledge_page",
    what=_("Den man frågar om en sida: namn, roll, e-postadress och telefon. Vem som skrev den"),
    purpose=_("Att den som läser ska kunna nå någon"), kept=_("Så länge sidan finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_pageedition", what=_("Den man frågade om en sida när den publicerades, och vem som publicerade"),
    purpose=_("Att det ska gå att se vad som stod och vad som är ändrat"), kept=_("Så länge sidan finns"),
    legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_publication",
    what=_("Fler som man kan fråga om en publikation: namn, roll, e-postadress, telefon"),
    purpose=_("Att den som läser ska kunna nå någon"), kept=_("Så länge sidan finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_publicationfile", what=_("Den som lade in en PDF"),
    purpose=_("Att veta vem man frågar om filen"), kept=_("Så länge sidan finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="knowledge_feedback",
    what=_("Det som en besökare skriver om en sida, och e-postadressen till den som vill ha svar"),
    purpose=_("Att göra sidan bättre och svara den som vill ha svar"),
    kept=_("Ett år. Adressen tas bort när svaret är skickat"), legal_basis=TASK, purge=purge_feedback,
))  # fmt: skip
