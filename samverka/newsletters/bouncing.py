"""When an address gets no more: the rules, which the page /redaktion/utskick/studsar/ shows as they stand here."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

#: So many failures that may pass, within so many days, with no mail taken in between.
SOFT_MOST, SOFT_WITHIN = 5, timedelta(days=30)

RULES = (
    (_("Adressen eller domänen finns inte"), _("Adressen får inget mer från den dagen.")),
    (_("Annat fel, till exempel full brevlåda"), _("Adressen får inget mer efter fem fel på 30 dagar.")),
    (_("Anmält som skräppost"), _("Den som själv valt utskicken får inga fler. Prenumerationen avslutas.")),
    (
        _("Funktioner hos myndigheter"),
        _("Stoppas bara när adressen inte finns, och då får värdens redaktör mejl och kan rätta adressen. En anmälan"
          " som skräppost stoppar inte brev till en myndighet, men redaktören får veta det."),
    ),
)  # fmt: skip
