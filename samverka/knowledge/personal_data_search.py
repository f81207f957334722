"""What saved searches hold of persons, why and how long."""

from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

declare(PersonalData(
    table="knowledge_savedsearch",
    what=_("De sökningar som en person har sparat, hur ofta personen vill få mejl, och vad mejlen har berättat om"),
    purpose=_("Att personen får veta när det kommer något nytt"),
    kept=_("Tills personen tar bort sökningen eller avslutar sitt konto"),
    legal_basis=_("Samtycke, som kan tas tillbaka när som helst"),
))  # fmt: skip
