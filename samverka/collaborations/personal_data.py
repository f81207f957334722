"""What collaborations hold of persons, why and how long."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import Controller, PersonalData, declare

from .models import Draft, Guest, Invitation, Notice

#: How long the name and address of somebody who never answered, or said no, are kept after the link died.
KEEP_UNANSWERED = timedelta(days=90)


def purge_invitations() -> int:
    """Remove persons' details from invitations that led nowhere; that somebody was asked stays. Returns rows."""
    old = timezone.now() - KEEP_UNANSWERED
    led_nowhere = Invitation.objects.filter(expires_at__lt=old).exclude(state="accepted").exclude(email="")
    return led_nowhere.update(
        email="", message="", answered_name="", answered_role="", answered_email="", answered_phone="", reason=""
    )


declare(
    PersonalData(
        table="collaborations_invitation",
        what=_("E-postadress dit inbjudan skickades; namn, roll, telefon och svar från den som svarade"),
        purpose=_("Bjuda in till samverkan och visa vem som svarat för organisationen"),
        kept=_("90 dagar efter att länken slutat gälla; ett ja sparas så länge samverkan finns"),
        legal_basis=_("Uppgift av allmänt intresse"),
        purge=purge_invitations,
        controller=Controller.WRITER,
    )
)
#: How long a text that somebody began and never saved is kept.
KEEP_DRAFTS = timedelta(days=365)
#: How long it is kept that somebody was a guest, after the last day.
KEEP_GUESTS = timedelta(days=365)

#: How long it is kept that somebody was told of something.
KEEP_NOTICES = timedelta(days=60)

_PUBLIC_INTEREST = _("Uppgift av allmänt intresse")
_AS_LONG = _("Så länge samverkan finns")


def purge_drafts() -> int:
    """Remove texts that were begun and not touched since; return how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEEP_DRAFTS).delete()[0]


def purge_guests() -> int:
    """Remove guests whose last day is long past; return how many."""
    return Guest.objects.filter(until__lt=timezone.localdate() - KEEP_GUESTS).delete()[0]


def purge_notices() -> int:
    """Remove notes of what somebody has been told; what still waits stays. Returns how many."""
    old = timezone.now() - KEEP_NOTICES
    return Notice.objects.filter(due_at__lt=old).exclude(batch="").delete()[0]


declare(
    PersonalData(
        table="collaborations_notice",
        what=_("Vem som ska få veta vad, och när. Aldrig vad som är skrivet"),
        purpose=_("Skicka mejl om det som är nytt, en gång och i den takt personen vill"),
        kept=_("60 dagar efter mejlet"),
        legal_basis=_PUBLIC_INTEREST,
        controller=Controller.WRITER,
        purge=purge_notices,
    )
)
declare(
    PersonalData(
        table="collaborations_noticechoice",
        what=_("När en person vill ha mejl om det som är nytt"),
        purpose=_("Skicka mejlen i den takt personen vill"),
        kept=_("Så länge kontot finns"),
        legal_basis=_PUBLIC_INTEREST,
        controller=Controller.WRITER,
    )
)
declare(
    PersonalData(
        table="collaborations_draft",
        what=_("Det en person håller på att skriva i en samverkan"),
        purpose=_("Så att inget går förlorat om sidan stängs eller uppkopplingen bryts. Bara personen själv läser det"),
        kept=_("Tills texten sparas eller kastas, högst ett år"),
        legal_basis=_PUBLIC_INTEREST,
        controller=Controller.WRITER,
        purge=purge_drafts,
    )
)
declare(
    PersonalData(
        table="collaborations_guest",
        what=_("Vem som får läsa som gäst, adressen som bjöds in, varför och till vilken dag"),
        purpose=_("Visa för parterna vilka som läser det de delar"),
        kept=_("Ett år efter sista dagen"),
        legal_basis=_PUBLIC_INTEREST,
        controller=Controller.WRITER,
        purge=purge_guests,
    )
)
for table, what, purpose in (
    ("collaborations_collaboration", _("Vem som startade samverkan"), _("Visa för parterna vem de ska vända sig till")),
    (
        "collaborations_party",
        _("Vem som är kontakt och ersättare för en part"),
        _("Visa för parterna vem de ska vända sig till"),
    ),
    (
        "collaborations_entry",
        _("Vem som skrivit, ändrat, delat och bekräftat en anteckning, och när"),
        _("Visa för parterna vem som sagt vad, och för vem"),
    ),
    (
        "collaborations_attachment",
        _("Vem som bifogat en fil, och när"),
        _("Visa för parterna varifrån filen kommer"),
    ),
    (
        "collaborations_meeting",
        _("Vem som skrev vid ett möte"),
        _("Visa för parterna hur en anteckning kom till"),
    ),
    (
        "collaborations_attendee",
        _("Namn och e-postadress för den som var med på ett möte"),
        _("Skicka det som skrevs till alla som var med, så att de kan bekräfta eller rätta"),
    ),
    (
        "collaborations_stancetaken",
        _("Vem som skrev upp vad parterna tycker i en fråga, och när"),
        _("Visa för parterna hur långt de kommit"),
    ),
    (
        "collaborations_stepchange",
        _("Vem som ändrat läget för ett steg, när och varför"),
        _("Visa för parterna hur långt de kommit"),
    ),
    (
        "collaborations_phaseconfirmation",
        _("Vem som sagt att en fas är klar eller inte, och när"),
        _("Visa för parterna vem som bekräftat vad"),
    ),
    (
        "collaborations_outcome",
        _("Vem som skrivit det ett steg lämnar efter sig"),
        _("Visa för parterna vem som sagt vad, och för vem"),
    ),
    (
        "collaborations_commitment",
        _("Vem som håller i ett åtagande, vem som skrev upp det och vem som ändrat det"),
        _("Visa för parterna vem som gör vad till vilket datum"),
    ),
    (
        "collaborations_mandate",
        _("Namn på den som talar för en part och vad personen får lova"),
        _("Visa för parterna vad som kan bestämmas i rummet och vad som måste tas hem"),
    ),
    (
        "collaborations_decision",
        _("Vem som har beslutat och vem som skrev upp det"),
        _("Visa för parterna vilka beslut samverkan vilar på"),
    ),
):
    declare(
        PersonalData(
            table=table,
            what=what,
            purpose=purpose,
            kept=_AS_LONG,
            legal_basis=_PUBLIC_INTEREST,
            controller=Controller.WRITER,
        )
    )
