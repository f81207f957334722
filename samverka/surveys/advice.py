"""What the desk warns of before a round opens or closes. It stops nothing: the analyst decides."""

from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import RoundAccess, RoundMode, RoundSide, RoundState
from .models import Round
from .working_days import QUIET_MONTHS, is_working_day, working_days_after

#: Working days that those who are asked should have.
SHORTEST = 15


def warnings_of(found: Round) -> list[str]:
    """Return what to think about, in the reader's language; nothing for a round that is closed."""
    if found.state == RoundState.CLOSED:
        return []
    return [*_of_the_day(found), *_of_the_rest(found)]


def _of_the_day(found: Round) -> list[str]:
    last, today, said = found.closes_on, timezone.localdate(), []
    if last is None:
        return [_("Ingen sista svarsdag är satt. Utan den går inga påminnelser iväg.")]
    if found.state == RoundState.PREPARED:
        quiet = QUIET_MONTHS.get(today.month)
        if quiet and today.month != last.month:
            said.append(_("Det är %(month)s. Få är på plats och svarar då.") % {"month": quiet})
        if last < working_days_after(today, SHORTEST):
            said.append(_("Det är mindre än tre veckor till sista svarsdag. Det räcker sällan."))
    if last.month in QUIET_MONTHS:
        said.append(_("Sista svarsdag är i %(month)s. Få svarar då.") % {"month": QUIET_MONTHS[last.month]})
    if not is_working_day(last):
        said.append(_("Sista svarsdag är ingen vanlig arbetsdag. Välj hellre en dag då någon är på plats."))
    return said


def _of_the_rest(found: Round) -> list[str]:
    said = []
    public = found.side == RoundSide.PUBLIC
    if public and found.mode == RoundMode.REAL and not found.consulted_with:
        said.append(
            _("Inget samråd är ifyllt. En statlig myndighet ska samråda innan den frågar kommuner (1982:668, 3 §).")
        )
    piloted = Round.objects.filter(version=found.version, mode=RoundMode.PILOT).exists()
    if found.mode == RoundMode.REAL and found.state == RoundState.PREPARED and not piloted:
        said.append(_("Frågeformuläret är inte provat i någon pilot. Fem som svarar på prov visar vad som är oklart."))
    if public and found.access == RoundAccess.OPEN:
        said.append(_("Med öppen länk går det inte att se vilka kommuner och regioner som har svarat."))
    if not public and found.access == RoundAccess.INVITED:
        said.append(
            _(
                "Med var sin länk syns vilka föreningar som har svarat, och hos en myndighet kan svaren bli offentliga "
                "med namn. Frågorna till föreningar är tänkta för en öppen länk, där ingen kan se det."
            )
        )
    return said
