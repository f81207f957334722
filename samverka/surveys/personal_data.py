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
declare(PersonalData(
    table="surveys_asked",
    what=_(
        "Den som frågas i en kartläggning: funktionens adress och telefon, namnet på den som lämnar in svaret, "
        "och det som antecknats efter ett samtal"
    ),
    purpose=_("Att fråga, påminna och veta vem som svarar för organisationen"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_passed", what=_("Kollegan som fått några av frågorna: e-postadress och namn"),
    purpose=_("Att den som vet kan svara"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_answer", what=_("Svar på vägen, med tid och namnet som den svarande skrev"),
    purpose=_("Att inget som skrivits går förlorat och att det syns vem som svarat"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_round", what=_("Den som svarar på frågor om en kartläggning: namn, e-postadress och telefon"),
    purpose=_("Att den som frågas ska kunna nå någon"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
