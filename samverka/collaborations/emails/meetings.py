"""The text of a meeting, to everybody who was there and gave an address."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext, gettext_lazy

from samverka.kernel.mail.emails import Email, register

from ..enums import NoticeKind
from ..letters import meeting_letter
from ..models import Attendee
from . import samples
from .notices import subject_line


@register
@dataclass(frozen=True)
class MeetingText(Email):
    """To somebody who was at a meeting. `title_of_collaboration` is "" in a sensitive field (users.md R10)."""

    code: ClassVar[str] = "meeting_text"
    title: ClassVar[Any] = gettext_lazy("Texten från ett möte")
    when: ClassVar[Any] = gettext_lazy("När mötet är slut, till var och en som var med och har gett en adress")
    late: ClassVar[bool] = True

    attendee_id: int
    title_of_collaboration: str
    diary_number: str

    @classmethod
    def sample(cls) -> "MeetingText":
        """Return one with invented content."""
        return cls(attendee_id=0, title_of_collaboration=samples.TITLE, diary_number="")

    @classmethod
    def sample_context(cls) -> dict[str, Any]:
        """Return an invented letter."""
        letter = samples.letter_with(samples.MATTERS[NoticeKind.MEETING_HELD])
        return {"letter": letter, "attendee": "Yusuf Testberg", "has_seat": True}

    def subject(self) -> str:
        """Return what can be filed: [title] text of the meeting, diary number."""
        return subject_line(self.title_of_collaboration, gettext("Texten från mötet"), self.diary_number)

    def build(self) -> dict[str, Any] | None:
        """Return the meeting's text as it is now, for this person."""
        around = ("meeting__collaboration", "meeting__started_by", "party__organisation", "party__unit", "user")
        attendee = Attendee.objects.filter(pk=self.attendee_id).select_related(*around).first()
        if attendee is None or not attendee.email_address:
            return None
        letter = meeting_letter(attendee)
        return {"letter": letter, "attendee": attendee.name, "has_seat": bool(letter.choice_url)}
