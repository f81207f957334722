"""What is kept about persons, why and how long; the purge job removes the rest."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.models import RateCount
from samverka.kernel.purge import PersonalData, declare

from .queries import never_signed_in

TASK = _("Uppgift av allmänt intresse: att förvalta tjänsten för den som loggar in")


def remove_never_signed_in() -> int:
    """Remove persons who were added but never signed in; return how many."""
    return never_signed_in().delete()[0]


def clear_sessions() -> int:
    """Remove sessions that have passed their time; return how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def clear_session_notes() -> int:
    """Remove the notes of sessions that are gone; return how many."""
    living = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=living).delete()[0]


def clear_counts() -> int:
    """Remove counts of tries that are over a day old; return how many."""
    return RateCount.objects.filter(window_start__lt=timezone.now() - timedelta(days=1)).delete()[0]


declare(PersonalData(
    table="accounts_user", what=_("Namn, e-postadress, telefon, språk och roller hos värden"),
    purpose=_("Att kunna logga in och se vem som har gjort vad"),
    kept=_("Tills personen avslutar sitt konto; ett konto som aldrig använts tas bort efter sex månader"),
    legal_basis=TASK, purge=remove_never_signed_in,
))  # fmt: skip
declare(PersonalData(
    table="account_emailaddress", what=_("E-postadresser som personen har bekräftat"),
    purpose=_("Att kunna logga in och få mejl"), kept=_("Tills personen tar bort adressen eller avslutar sitt konto"),
    legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="mfa_authenticator", what=_("Passnycklars öppna del, hemlighet för tvåstegsinloggning och reservkoder"),
    purpose=_("Att skydda inloggningen"), kept=_("Tills personen tar bort dem eller avslutar sitt konto"),
    legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="django_session", what=_("Pågående inloggningar"), purpose=_("Att den som är inloggad förblir det"),
    kept=_("Högst tolv timmar, eller 90 dagar för den som har valt det"), legal_basis=TASK, purge=clear_sessions,
))  # fmt: skip
declare(PersonalData(
    table="usersessions_usersession", what=_("IP-adress, webbläsare och tid för varje pågående inloggning"),
    purpose=_("Att personen ska kunna se var hen är inloggad och logga ut där"),
    kept=_("Lika länge som inloggningen"), legal_basis=TASK, purge=clear_session_notes,
))  # fmt: skip
declare(PersonalData(
    table="kernel_ratecount", what=_("Antal försök per IP-adress och, förvanskat, per e-postadress"),
    purpose=_("Att hindra att någon gissar koder"), kept=_("Ett dygn"), legal_basis=TASK, purge=clear_counts,
))  # fmt: skip
