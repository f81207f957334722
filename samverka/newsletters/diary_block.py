"""What the receiver's registrar may copy into a diary: plain text at the foot of a mail (users.md E3)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import Format, Matter
from .models import Issue
from .subjects import long_day


def diary_block(issue: Issue, subject: str, parts: Sequence[dict[str, Any]]) -> str:
    """Return the lines for a diary, in the language that is active; "" for a plain letter to associations, and
    for a magazine without a diary number: that is no matter to register.
    """
    if issue.format == Format.PLAIN or (issue.format == Format.MAGAZINE and not issue.diary_number):
        return ""
    sent = timezone.localdate(issue.sending_began_at or issue.send_at or timezone.now())
    lines = [
        (_("Avsändare"), str(issue.sender)),
        (_("Datum"), long_day(sent)),
        (_("Avsändarens dnr"), issue.diary_number),
        (_("Förslag till ärendemening"), subject.strip()),
        (_("Handlingstyp"), kind_of_document(issue)),
        (_("Bilagor"), issue.attachments or _("inga")),
        (_("Kontakt"), _contact(issue, parts)),
    ]
    if issue.matter == Matter.ANSWER_REQUIRED:
        lines.insert(5, (_("Svar krävs enligt"), issue.legal_basis))
    if issue.answer_by:
        lines.insert(5, (_("Svar senast"), long_day(issue.answer_by)))
    # A sender without a number has no line for it: the author was told before sending (checks.py).
    return "\n".join(f"{label}: {said}" for label, said in lines if said) + "\n" + closing(issue)


def kind_of_document(issue: Issue) -> str:
    """Return what an archivist would call it."""
    if issue.format == Format.MAGAZINE:
        return _("Nyhetsbrev")
    return _kind_words().get(issue.matter, _("Brev"))


def _kind_words() -> dict[str, str]:
    return {
        Matter.INFORMATION: _("Information för kännedom"), Matter.INVITATION: _("Inbjudan"),
        Matter.ANSWER_WISHED: _("Förfrågan, frivillig"), Matter.ANSWER_REQUIRED: _("Begäran om uppgifter"),
    }  # fmt: skip


def closing(issue: Issue) -> str:
    """Return whether such a thing usually is registered; the receiver decides."""
    if issue.matter in {Matter.ANSWER_WISHED, Matter.ANSWER_REQUIRED}:
        return _("Svaret kan bli en handling hos er. Ni avgör om det här ska diarieföras.")
    return _("Brukar inte behöva diarieföras; ni avgör.")


def _contact(issue: Issue, parts: Sequence[dict[str, Any]]) -> str:
    """Return the first person or function that one asks, or the reply address."""
    named = next((part["contact"] for part in parts if part.get("contact")), None)
    if named is None:
        return issue.reply_to or str(issue.sender)
    return ", ".join(said for said in (named["name"] or named["role"], named["email"], named["phone"]) if said)
