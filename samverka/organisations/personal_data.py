"""What the register holds of persons, why and how long; the purge job removes the rest."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import Controller, PersonalData, declare

from .enums import ClaimState
from .models import Claim, Contact, Correction, Membership, TermsAcceptance

TASK = _("Uppgift av allmänt intresse")
KEEP_CONTACTS = timedelta(days=365)
KEEP_CLAIMS = timedelta(days=365)
KEEP_CORRECTIONS = timedelta(days=365)
KEEP_REPLACED_TERMS = timedelta(days=10 * 365)
#: An invited colleague who never signs in is forgotten; the page and the mail say so.
KEEP_UNUSED_ROLES = timedelta(days=60)


def purge_contacts() -> int:
    """Remove contacts that were withdrawn over a year ago; return how many."""
    return Contact.objects.filter(withdrawn_at__lt=timezone.now() - KEEP_CONTACTS).delete()[0]


def purge_unused_roles() -> int:
    """Remove the roles of persons who were invited and never signed in; return how many."""
    old = timezone.now() - KEEP_UNUSED_ROLES
    return Membership.objects.filter(user__last_login__isnull=True, since__lt=old, granted_by__isnull=False).delete()[0]


def purge_claims() -> int:
    """Close claims that nobody answered in time and remove those answered over a year ago; return how many were
    removed.
    """
    now = timezone.now()
    waiting = Claim.objects.filter(state__in=[ClaimState.CODE_SENT, ClaimState.ASKED], expires_at__lt=now)
    waiting.update(state=ClaimState.EXPIRED, code_hash="", message="")
    closed = Q(state=ClaimState.EXPIRED, expires_at__lt=now - KEEP_CLAIMS) | Q(answered_at__lt=now - KEEP_CLAIMS)
    return Claim.objects.filter(closed).delete()[0]


def purge_corrections() -> int:
    """Forget the address of who wanted an answer, a year after it was given; return how many."""
    old = Correction.objects.filter(handled_at__lt=timezone.now() - KEEP_CORRECTIONS).exclude(reply_email="")
    return old.update(reply_email="")


def purge_terms() -> int:
    """Remove acceptances of terms that were replaced by a newer version over ten years ago; return how many."""
    newer = TermsAcceptance.objects.filter(
        Q(unit=OuterRef("unit")) | Q(unit=None),
        organisation=OuterRef("organisation"), version__gt=OuterRef("version"),
        accepted_at__lt=timezone.now() - KEEP_REPLACED_TERMS,
    )  # fmt: skip
    return TermsAcceptance.objects.filter(Exists(newer)).delete()[0]


declare(PersonalData(
    table="organisations_contact", what=_("Namn, roll, e-postadress, telefon och telefontid"),
    purpose=_("Att den andra parten ska veta vem den kan vända sig till"),
    kept=_("Tills organisationen tar bort kontakten, och sedan ett år; aldrig öppet utan att någon har valt det"),
    legal_basis=TASK, purge=purge_contacts, controller=Controller.WRITER,
))  # fmt: skip
declare(PersonalData(
    table="organisations_membership", what=_("Vem som får handla för en organisation, i vilken roll och varför"),
    purpose=_("Att bara behöriga ska kunna läsa, skriva och bekräfta"),
    kept=_("Så länge organisationen finns, för att se vem som hade vilken roll; 60 dagar om personen aldrig loggar in"),
    legal_basis=TASK, purge=purge_unused_roles, controller=Controller.WRITER,
))  # fmt: skip
declare(PersonalData(
    table="organisations_claim",
    what=_("Vem som har bett om att få företräda en organisation, roll och meddelande, och vem som svarade"),
    purpose=_("Att den som först handlar för en organisation ska höra dit"), kept=_("Ett år efter svaret"),
    legal_basis=TASK, purge=purge_claims,
))  # fmt: skip
declare(PersonalData(
    table="organisations_correction", what=_("Det en besökare skrev, och e-postadressen om hen ville ha svar"),
    purpose=_("Att rätta registret och svara"),
    kept=_("Adressen ett år efter svaret; texten så länge organisationen finns"),
    legal_basis=TASK, purge=purge_corrections,
))  # fmt: skip
declare(PersonalData(
    table="organisations_organisation", what=_("En förenings e-postadress och telefon, som kan vara en persons egen"),
    purpose=_("Att kunna nå föreningen"),
    kept=_("Så länge organisationen finns; visas bara om den hör till ett kansli eller föreningen har sagt ja"),
    legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="organisations_function", what=_("Ett kanslis e-postadress och telefon"),
    purpose=_("Att post ska nå rätt kontor"), kept=_("Så länge organisationen finns"), legal_basis=TASK,
))  # fmt: skip
declare(PersonalData(
    table="organisations_termsacceptance",
    what=_("Vem som har godkänt villkoren för en offentlig aktör, med namn, roll och tid"),
    purpose=_("Att båda sidor ska kunna visa vad som är överenskommet"),
    kept=_("Så länge villkoren gäller, och tio år efter att nyare villkor har godkänts"),
    legal_basis=TASK, purge=purge_terms,
))  # fmt: skip
