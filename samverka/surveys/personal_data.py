"""What rounds hold of persons, why and how long."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

from .files import purge_files
from .models import BlockDraft, Passed, Presence

TASK = _("Uppgift av allmänt intresse")
KEPT = _("Så länge omgången finns. Av tiden sparas bara dagen")

#: The address of a colleague is needed while the round takes answers, and some time after for questions.
ADDRESS_KEPT = timedelta(days=90)
PRESENCE_KEPT = timedelta(days=1)


def purge_presence() -> int:
    """Remove the notes of who had a form open; return how many."""
    return Presence.objects.filter(seen_at__lt=timezone.now() - PRESENCE_KEPT).delete()[0]


def purge_passed() -> int:
    """Empty addresses and messages of what was passed on when nobody needs them any more; return how many."""
    before = timezone.now() - ADDRESS_KEPT
    over = Q(asked__round__closed_at__lt=before) | Q(withdrawn_at__lt=before)
    there = Passed.objects.filter(over).exclude(email="", message="")
    return Passed.objects.filter(pk__in=there.values("pk")).update(email="", message="")


#: What was typed in a report and never saved.
DRAFT_KEPT = timedelta(days=90)


def purge_block_drafts() -> int:
    """Remove what was typed in a report and never saved; return how many."""
    return BlockDraft.objects.filter(saved_at__lt=timezone.now() - DRAFT_KEPT).delete()[0]


declare(PersonalData(
    table="surveys_response",
    what=_("Det som svarades i en kartläggning, och det som den svarande kallas i en inläst fil"),
    purpose=_("Att sammanställa svaren"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_heldresponse",
    what=_("Det som svarades i dag genom en öppen länk, utan namn och utan klockslag"),
    purpose=_("Att ingen ska kunna se när ett svar kom"), kept=_("Till natten, då svaren räknas"), legal_basis=TASK,
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
    purpose=_("Att den som vet kan svara"),
    kept=_("Adressen 90 dagar efter att omgången stängt eller frågorna tagits tillbaka. Namnet som omgången"),
    legal_basis=TASK, purge=purge_passed,
))  # fmt: skip
declare(PersonalData(
    table="surveys_presence", what=_("Vem som har ett formulär öppet just nu: namnet som den svarande skrev"),
    purpose=_("Att två som svarar samtidigt ser varandra"), kept=_("Högst två dygn"), legal_basis=TASK,
    purge=purge_presence,
))  # fmt: skip
declare(PersonalData(
    table="surveys_answer", what=_("Svar på vägen, med tid och namnet som den svarande skrev, och filer som skickats"),
    purpose=_("Att inget som skrivits går förlorat och att det syns vem som svarat"),
    kept=_(
        "Så länge omgången finns. En fil som bytts ut eller tagits bort sparas 90 dagar. "
        "En fil som aldrig lämnades in sparas 90 dagar efter att omgången stängt"
    ),
    legal_basis=TASK, purge=purge_files,
))  # fmt: skip
declare(PersonalData(
    table="surveys_round", what=_("Den som svarar på frågor om en kartläggning: namn, e-postadress och telefon"),
    purpose=_("Att den som frågas ska kunna nå någon"), kept=KEPT, legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_report", what=_("Den som började en rapport, och de som citeras med namn"),
    purpose=_("Att veta vem man frågar om rapporten"), kept=_("Så länge rapporten finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_edition",
    what=_("Den som publicerade en rapport, och de som citeras i den och har sagt ja till det"),
    purpose=_("Att rapporten ska gå att läsa och hänvisa till"), kept=_("Så länge rapporten finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="surveys_blockdraft", what=_("Det som den som skriver en rapport har skrivit men inte sparat"),
    purpose=_("Att inget som skrivits går förlorat"), kept=_("90 dagar efter att något skrevs"), legal_basis=TASK,
    purge=purge_block_drafts,
))  # fmt: skip
