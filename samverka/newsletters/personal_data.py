"""What the tables of issues hold about persons, and how long."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.purge import PersonalData, declare

from .models import BlockDraft

#: What was typed in an issue and never saved.
DRAFT_KEPT = timedelta(days=90)

_PUBLIC_INTEREST = _("Uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen)")


def purge_block_drafts() -> int:
    """Remove what was typed in an issue and never saved; return how many."""
    return BlockDraft.objects.filter(saved_at__lt=timezone.now() - DRAFT_KEPT).delete()[0]


declare(
    PersonalData(
        table="newsletters_issue",
        what=_("Vem som har skrivit ett utskick, och vilka kontaktpersoner som står i det"),
        purpose=_("Så att den som får utskicket vet vem man frågar, och utskicket kan visas för den som begär det"),
        kept=_("Så länge utskicket finns i arkivet"),
        legal_basis=_PUBLIC_INTEREST,
    )
)
declare(
    PersonalData(
        table="newsletters_issuetemplate",
        what=_("Vem som har sparat en mall för utskick, och kontaktpersoner i de texter som sparades med den"),
        purpose=_("Så att nästa utskick går att börja på utan att skriva samma sak igen"),
        kept=_("Tills mallen tas bort"),
        legal_basis=_PUBLIC_INTEREST,
    )
)
declare(
    PersonalData(
        table="newsletters_sender",
        what=_("Adress och telefon till den som skickar utskick för en organisation"),
        purpose=_("Så att svar kommer fram till en person"),
        kept=_("Så länge organisationen skickar utskick"),
        legal_basis=_PUBLIC_INTEREST,
    )
)
declare(
    PersonalData(
        table="newsletters_blockdraft",
        what=_("Det någon håller på att skriva i ett utskick"),
        purpose=_("Så att texten inte går förlorad"),
        kept=_("Tills den sparas eller kastas, och högst 90 dagar"),
        legal_basis=_PUBLIC_INTEREST,
        purge=purge_block_drafts,
    )
)
