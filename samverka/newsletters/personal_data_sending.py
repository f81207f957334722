"""What the tables of sending hold about persons, why, and when it is removed."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

from .enums import SubscriberState
from .models import Bounce, Delivery, ListedAddress, Subscriber, Suppression

_PUBLIC_INTEREST = _("Uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen)")
_CONSENT = _("Samtycke (artikel 6.1 a i dataskyddsförordningen)")

#: Subscriptions that were never confirmed, or have ended.
SUBSCRIBER_KEPT = timedelta(days=30)
BOUNCE_KEPT = timedelta(days=90)
#: An address that gets no more must be known for as long as it might be written to.
SUPPRESSION_KEPT = timedelta(days=5 * 365)


def purge_deliveries() -> int:
    """Take the address out of rows whose day has come; the organisation and what became of the mail stay."""
    rows = Delivery.objects.filter(purge_on__lte=timezone.localdate()).exclude(address__endswith="@borttagen.invalid")
    done = 0
    for row in rows.only("public_id")[:50_000]:
        Delivery.objects.filter(pk=row.pk).update(
            address=f"{row.public_id}@borttagen.invalid", domain="", last_answer="", merged={}
        )
        done += 1
    return done


def purge_subscribers() -> int:
    """Remove those who never confirmed, and those who have ended; return how many."""
    before = timezone.now() - SUBSCRIBER_KEPT
    waiting = Q(state=SubscriberState.WAITING, asked_at__lt=before)
    return Subscriber.objects.filter(waiting | Q(state=SubscriberState.ENDED, ended_at__lt=before)).delete()[0]


def purge_bounces() -> int:
    """Remove what came back longer ago than BOUNCE_KEPT; return how many."""
    return Bounce.objects.filter(at__lt=timezone.now() - BOUNCE_KEPT).delete()[0]


def purge_suppressions() -> int:
    """Remove what has been lifted, or is older than SUPPRESSION_KEPT; return how many."""
    now = timezone.now()
    over = Q(since__lt=now - SUPPRESSION_KEPT) | Q(lifted_at__lt=now - SUBSCRIBER_KEPT)
    return Suppression.objects.filter(over).delete()[0]


def purge_lists() -> int:
    """Remove the addresses of lists that were taken away longer ago than SUBSCRIBER_KEPT; return how many."""
    before = timezone.now() - SUBSCRIBER_KEPT
    return ListedAddress.objects.filter(list__removed_at__lt=before).delete()[0]


declare(PersonalData(
    table="newsletters_delivery", what=_("Adressen som ett utskick gick till, och hur det gick"),
    purpose=_("Så att varje mottagare får ett mejl, och den som skickar ser om det kom fram"),
    kept=_("Adressen ett år efter utskicket. Organisationen och hur det gick finns kvar med utskicket"),
    legal_basis=_PUBLIC_INTEREST, purge=purge_deliveries,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_subscriber", what=_("Den som prenumererar: adress, ämnen, plats och språk"),
    purpose=_("Så att var och en får det som den har valt"),
    kept=_("Så länge prenumerationen gäller, och 30 dagar efteråt. Den som inte bekräftar tas bort efter 30 dagar"),
    legal_basis=_CONSENT, purge=purge_subscribers,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_bounce", what=_("Mejl som kommit tillbaka: adressen och vad servern svarade"),
    purpose=_("Så att adresser som inte tar emot får vara i fred"), kept=_("90 dagar"),
    legal_basis=_PUBLIC_INTEREST, purge=purge_bounces,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_suppression", what=_("Adresser som inte ska få mer, och varför"),
    purpose=_("Så att den som sagt nej inte får fler mejl"), kept=_("Fem år, eller tills det hävs"),
    legal_basis=_PUBLIC_INTEREST, purge=purge_suppressions,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_listedaddress", what=_("Adresser i en avsändares egen lista"),
    purpose=_("Så att en kommun kan skriva till sina föreningar"),
    kept=_("Så länge listan används, och 30 dagar efter att den tagits bort"),
    legal_basis=_PUBLIC_INTEREST, purge=purge_lists,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_receipt", what=_("Vad en mottagare har svarat om ett utskick; inga namn"),
    purpose=_("Så att avsändaren vet att det kom fram och vart det gick"), kept=_("Så länge utskicket finns"),
    legal_basis=_PUBLIC_INTEREST,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_route", what=_("Funktionsadresser som en myndighet vill ha utskick till"),
    purpose=_("Så att det kommer till rätt funktion"), kept=_("Så länge valet gäller, och som historik"),
    legal_basis=_PUBLIC_INTEREST,
))  # fmt: skip
declare(PersonalData(
    table="newsletters_routing", what=_("Vem som har sagt vart en myndighets utskick ska"),
    purpose=_("Så att myndigheten ser vem som ändrade"), kept=_("Tills någon ändrar det"), legal_basis=_PUBLIC_INTEREST,
))  # fmt: skip
