"""The mails to those who are asked: the invitation and the reminder. They hold the link to a form, so they are written
when they leave and are kept nowhere; one that should not leave any more is stopped.
"""

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register

from .letters import SAMPLE, letter

#: Of a round's title in a subject, so that what follows shows in a list of mails too.
LONGEST_TITLE = 120


def day(value: datetime.date) -> str:
    """Return a date in words in the language that is active: 12 mars 2027."""
    return in_words(value, "j F Y")


@dataclass(frozen=True)
class SurveyEmail(Email):
    """A mail to one who is asked, by public id. `link_number` is that of the link as it was when the mail was queued;
    `closes_on` is an ISO date, `must` 1 where answering is a duty.
    """

    late: ClassVar[bool] = True
    #: Whether it is stopped when the answer has been handed over.
    until_answered: ClassVar[bool] = False

    asked: str
    link_number: int
    title_of_round: str
    closes_on: str
    must: int
    diary_number: str

    @classmethod
    def sample(cls) -> Self:
        """Return one with invented content."""
        return cls("exempel", 1, SAMPLE["title"], "2027-04-30", 0, "0531/27")

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return an invented letter."""
        return {**SAMPLE, "closes_on_words": day(datetime.date(2027, 4, 30))}

    def build(self) -> dict[str, Any] | None:
        """Return the letter as it is now; None when the link is dead, the round closed or the answer there."""
        return letter(self.asked, self.link_number, until_answered=self.until_answered)

    def _when(self) -> str:
        return day(datetime.date.fromisoformat(self.closes_on)) if self.closes_on else ""

    def _filed(self, before: str) -> str:
        """Return a subject that can be filed without opening the mail: [what is asked] title, diary number."""
        subject = f"[{before}] {self.title_of_round[:LONGEST_TITLE]}"
        return f"{subject}, dnr {self.diary_number}" if self.diary_number else subject


@register
@dataclass(frozen=True)
class SurveyInvitation(SurveyEmail):
    """The first one, with the link to the form; also when the link is sent again."""

    code = "survey_invitation"
    title = _("Inbjudan att svara i en kartläggning")
    when = _("När en analytiker bjuder in dem som frågas, eller skickar länken igen")

    def subject(self) -> str:
        """Return what can be filed: whether an answer is wished or required, and by when."""
        if not self.closes_on:
            return self._filed(gettext("Svar krävs") if self.must else gettext("Svar önskas"))
        said = gettext("Svar krävs senast %(day)s") if self.must else gettext("Svar önskas senast %(day)s")
        return self._filed(said % {"day": self._when()})


@register
@dataclass(frozen=True)
class SurveyReminder(SurveyEmail):
    """A reminder, two at most, to those who have not handed over."""

    code = "survey_reminder"
    title = _("Påminnelse om en kartläggning")
    when = _("Tio och tre arbetsdagar före sista svarsdag, till dem som inte har lämnat in")
    until_answered = True

    def subject(self) -> str:
        """Return what can be filed, with the last day."""
        return self._filed(gettext("Påminnelse: svar senast %(day)s") % {"day": self._when()})
