"""A round that is answered and closed, and the one after it, of the shipped questionnaire."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from samverka.organisations.models import Organisation
from samverka.questionnaires.models import Version
from samverka.surveys.models import Asked, Response, Round

from .answering import asked_in, open_round

#: What Exempelby answered the first time.
FIRST = {
    "tackning": "hela", "kontakt": "Kansliet, kansli@exempelby.example", "samordnare": "yes",
    "samordnare_tjanster": "1.5", "ersattare": {"no": "dont_know"}, "djup_kultur": "samrad",
    "utveckla": ["idrott", "other"], "utveckla_other": "Cykling", "form_iop": "yes",
    "iop": [{"iop_enhet": "Fritidsnämnden", "iop_start": "2025-01-01"}, {"iop_enhet": "Socialnämnden"}],
    "planerar": "yes", "rad_antal": "3",
}  # fmt: skip


def two_rounds(answers: dict[str, Any] | None = None, *, version: Version | None = None) -> tuple[Asked, Asked]:
    """Return Exempelby as it is asked in a round that is closed, which it has answered, and in the next, open one."""
    before = timezone.now() - timedelta(days=700)
    first = open_round(
        version, slug="2025", title="Kartläggning 2025", state="closed", opened_at=before, closed_at=before,
        published_at=before + timedelta(days=30), revision=1,
    )  # fmt: skip
    then = asked_in(first, state="handed_over", handed_over_at=before, handed_over_by="Olle Provsson, samordnare")
    body: Organisation = then.organisation
    then.response = Response.objects.create(
        round=first, respondent=body.public_id, organisation=body, answers=FIRST if answers is None else answers,
        received_on=before.date(),
    )  # fmt: skip
    then.save(update_fields=["response"])
    return then, asked_in(open_round(version, previous=first), body)


def answered(found: Round, body: Organisation, answers: dict[str, Any], **facts: Any) -> Asked:
    """Return a body that has handed over in a round."""
    asked = asked_in(found, body, state="handed_over", handed_over_at=timezone.now(), **facts)
    asked.response = Response.objects.create(
        round=found, respondent=body.public_id, organisation=body, answers=answers, received_on=timezone.localdate()
    )
    asked.save(update_fields=["response"])
    Round.objects.filter(pk=found.pk).update(revision=found.revision + 1)
    found.refresh_from_db()
    return asked
