"""The subject of a mail: what is to be done with it stands first, the sender's diary number last (users.md E2)."""

import datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .enums import Matter
from .models import Issue

#: What a mail program shows of a subject before it cuts it, roughly; what is longer is said in the checks.
SHOWN = 70


def subject_line(issue: Issue, subject: str) -> str:
    """Return the whole subject in the language that is active; `subject` is the one that somebody has written."""
    parts = [f"[{first}]" if (first := matter_mark(issue)) else "", subject.strip()]
    line = " ".join(part for part in parts if part)
    return f"{line}, {_('dnr {number}').format(number=issue.diary_number)}" if issue.diary_number else line


def matter_mark(issue: Issue) -> str:
    """Return what stands in brackets first: the kind of matter, with the last day where there is one."""
    if not issue.matter:
        return ""
    last = short_day(issue.answer_by) if issue.answer_by else ""
    if issue.matter == Matter.ANSWER_REQUIRED and last:
        return _("Svar senast {day}").format(day=last)
    if issue.matter == Matter.ANSWER_WISHED and last:
        return _("Svar önskas senast {day}").format(day=last)
    if issue.matter == Matter.INVITATION and last:
        return _("Inbjudan, svar senast {day}").format(day=last)
    return str(issue.get_matter_display())


def matter_sentence(issue: Issue) -> str:
    """Return the same in a sentence, with the provision that requires an answer."""
    last = long_day(issue.answer_by) if issue.answer_by else ""
    if issue.matter == Matter.ANSWER_REQUIRED:
        return _("Ni ska svara senast {day}, enligt {provision}.").format(day=last, provision=issue.legal_basis)
    if issue.matter == Matter.ANSWER_WISHED:
        return _("Vi vill gärna ha ert svar senast {day}. Det är frivilligt.").format(day=last) if last else _(
            "Vi vill gärna ha ert svar. Det är frivilligt."
        )  # fmt: skip
    if issue.matter == Matter.INVITATION:
        return _("Det här är en inbjudan. Svara senast {day}.").format(day=last) if last else _(
            "Det här är en inbjudan."
        )  # fmt: skip
    return _("Det här är för kännedom. Ni behöver inte svara.") if issue.matter else ""


def short_day(value: datetime.date) -> str:
    """Write a day as it stands in a subject: without the year, unless it is another one."""
    same = value.year == timezone.localdate().year
    return format_date(value, "d MMMM" if same else "d MMMM y", locale=_locale())


def long_day(value: datetime.date) -> str:
    """Write a day with its year."""
    return format_date(value, "d MMMM y", locale=_locale())


def _locale() -> str:
    return (get_language() or "sv").split("-")[0]
