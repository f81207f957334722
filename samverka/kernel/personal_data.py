"""What the kernel's own tables hold about persons, and how they are emptied in time.

Sessions and rate counters are declared by accounts, which knows what is counted.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import jobs
from .models import AuditEntry, IdempotencyKey, JobProgress, OutboxMessage, OutboxState, SinkMail
from .purge import PersonalData, declare
from .search.missed import purge_marks, purge_missed

AUDIT_KEPT = timedelta(days=10 * 365)
SINK_KEPT = timedelta(days=30)
PROGRESS_KEPT = timedelta(days=90)
KEYS_KEPT = timedelta(days=2)

_PUBLIC_INTEREST = _("Uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen)")


def purge_audit() -> int:
    """Remove audit rows older than AUDIT_KEPT; return how many."""
    return AuditEntry.objects.filter(at__lt=timezone.now() - AUDIT_KEPT).delete()[0]


def purge_outbox() -> int:
    """Remove messages whose day has come and that no longer wait; return how many."""
    done = OutboxMessage.objects.exclude(state=OutboxState.QUEUED)
    return done.filter(purge_on__lte=timezone.localdate()).delete()[0]


def purge_sink() -> int:
    """Remove caught mails older than SINK_KEPT; return how many."""
    return SinkMail.objects.filter(received_at__lt=timezone.now() - SINK_KEPT).delete()[0]


def purge_progress() -> int:
    """Remove notes of long work older than PROGRESS_KEPT; return how many."""
    return JobProgress.objects.filter(created_at__lt=timezone.now() - PROGRESS_KEPT).delete()[0]


def purge_keys() -> int:
    """Remove answered forms' keys older than KEYS_KEPT; return how many."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEYS_KEPT).delete()[0]


declare(
    PersonalData(
        table="kernel_auditentry",
        what=_("Vem som har gjort vad, och när"),
        purpose=_("Så att organisationer kan se vad som har gjorts för dem, och fel kan redas ut"),
        kept=_("10 år"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_audit,
    )
)
declare(
    PersonalData(
        table="kernel_outboxmessage",
        what=_("Mejl som tjänsten skickar: adress och innehåll"),
        purpose=_("Så att mejlet kommer fram, och går att skicka igen om det inte gör det"),
        kept=_(
            "Högst 30 dagar. Koder och länkar för inloggning tas bort så snart mejlet är skickat. "
            "Texter som bara några får läsa sparas inte här."
        ),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_outbox,
    )
)
declare(
    PersonalData(
        table="kernel_sinkmail",
        what=_("Mejl som fångas i stället för att skickas, när tjänsten provas"),
        purpose=_("Så att den som provar kan läsa dem; finns inte i drift"),
        kept=_("30 dagar"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_sink,
    )
)
declare(
    PersonalData(
        table="kernel_storedfile",
        what=_("Filer som någon har lämnat in, och vem det var"),
        purpose=_("Så att filen kan läsas av dem den är till för"),
        kept=_("Lika länge som det filen hör till"),
        legal_basis=_PUBLIC_INTEREST,
    )
)
declare(
    PersonalData(
        table="kernel_jobprogress",
        what=_("Vem som har startat ett längre arbete, till exempel en inläsning, och hur det gick"),
        purpose=_("Så att den som startade det kan komma tillbaka till det"),
        kept=_("90 dagar"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_progress,
    )
)
declare(
    PersonalData(
        table="kernel_idempotencykey",
        what=_("Att en inloggad person redan har skickat ett visst formulär"),
        purpose=_("Så att samma sak inte skapas två gånger"),
        kept=_("2 dygn"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_keys,
    )
)
declare(
    PersonalData(
        table="procrastinate_jobs",
        what=_("Jobb som körs i bakgrunden, med nummer på det de gällde"),
        purpose=_("Så att arbetet blir gjort en gång, och går att försöka igen"),
        kept=_("30 dagar efter att jobbet är klart"),
        legal_basis=_PUBLIC_INTEREST,
        purge=jobs.remove_finished,
    )
)
declare(
    PersonalData(
        table="kernel_missedsearch",
        what=_("Ord som flera har sökt på olika dagar utan att hitta något, och hur ofta. Inte vilka som sökte"),
        purpose=_("Så att redaktören ser vad som saknas"),
        kept=_("90 dagar. Nummer, e-postadresser och vanliga namn på personer sparas aldrig"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_missed,
    )
)
declare(
    PersonalData(
        table="kernel_missedmark",
        what=_("Att färre än tre har sökt på något utan att hitta det: märken i stället för orden och de som sökte"),
        purpose=_("Så att ett namn som någon söker på inte hamnar i listan över det som saknas"),
        kept=_("30 dagar, eller tills tre har sökt på samma sak"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_marks,
    )
)
