"""What rounds hold of persons, why and how long."""

from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

TASK = _("Uppgift av allmänt intresse")
KEPT = _("Så länge omgången finns. Av tiden sparas bara dagen")

declare(PersonalData(
    table="surveys_response",
    what=_("Det som svarades i en kartläggning, och det som den svarande kallas i en inläst fil"),
    purpose=_("Att sammanställa svaren"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_columnblock", what=_("Svaren i en kartläggning, ordnade för att räknas; inte vem som svarade"),
    purpose=_("Att räkna fort"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
